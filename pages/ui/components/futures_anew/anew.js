// Futures drawn anew on a page of its own, by the network that goes along: with another bias, with other random numbers, from another point, along a branch.

import { make } from "../shared/dom.js";
import { later } from "../shared/lifecycle.js";
import { fixed, percent } from "../shared/numbers.js";
import { arraysOf, curvesOf } from "./arrays.js";
import { followedBy, offsetsOf } from "./data.js";
import { branchesOf } from "./grouping.js";
import { nextStep } from "./next_step.js";

/** @import { Engine } from "../engine/visit.js" */
/** @import { Blob, DrawnWith, Ink } from "./data.js" */

/**
 * @typedef {object} Page what it asks of the page
 * @property {HTMLElement} host of the view
 * @property {() => Promise<Engine>} engine
 * @property {DrawnWith} made with what the first futures were drawn
 * @property {(blob: Blob) => void} show in the view
 */

const STRIDES = [16, 8, 4, 2, 1]; // all of the line at once, and ever finer
const RESTED_MS = 150; // of the slider
const MOST_BIAS = 3, BIAS_STEP = 0.05, MOST_SEED = 2 ** 31 - 1;

export class Anew {
  /** @type {Blob} as the file has it */
  first = later();
  /** @type {Blob} as it is now */
  given = later();
  /** @type {Ink} */
  ink = later();
  /** @type {Promise<number>[] | null} the line after each row, once it was read */
  lines = null;

  /** @param {Page} page @param {Blob} blob that is shown */
  constructor({ host, engine, made: drawn, show }, blob) {
    this.engine = engine;
    this.drawn = drawn;
    this.show = show;
    this.bias = drawn.bias;
    this.seed = drawn.seed;
    this.asked = 0; // changes with every wish: what was asked for before is given up
    this.slider = make("input", { type: "range", min: "0", max: String(MOST_BIAS), step: String(BIAS_STEP), value: String(drawn.bias) });
    this.sliderSays = make("output", { textContent: fixed(drawn.bias) });
    this.number = make("input", { type: "number", min: "0", max: String(MOST_SEED), value: String(drawn.seed) });
    this.back = make("button", { type: "button", textContent: "Back to the ink", hidden: true });
    this.status = make("output", { className: "status" });
    this.status.ariaLive = "polite";
    host.after(this.bar());
    this.follow(blob);
  }

  bar() {
    const bar = make("div", { className: "anew" }), other = make("button", { type: "button", textContent: "Other futures" });
    const [bias, seed] = ["Bias of the futures", "Seed"].map((words) => make("label", { textContent: words }));
    bias.append(this.slider, this.sliderSays);
    seed.append(this.number);
    bar.append(bias, seed, other, this.back, this.status);
    let rested = 0;
    this.slider.oninput = () => {
      this.sliderSays.textContent = fixed(Number(this.slider.value));
      clearTimeout(rested);
      rested = setTimeout(() => this.wish(Number(this.slider.value), this.seed), RESTED_MS);
    };
    this.number.onchange = () => this.wish(this.bias, Math.min(MOST_SEED, Math.max(0, Math.floor(Number(this.number.value) || 0))));
    other.onclick = () => this.wish(this.bias, this.seed + 1);
    this.back.onclick = () => {
      this.follow(this.first);
      this.show(this.first);
      if (this.bias !== this.drawn.bias || this.seed !== this.drawn.seed) this.wish(this.bias, this.seed);
    };
    return bar;
  }

  /** From now on, of other data. @param {Blob} blob */
  follow(blob) {
    this.asked++;
    this.first = this.given = blob;
    this.status.textContent = "";
    this.setInk(blob.arrays);
    this.back.hidden = true;
  }

  /** @param {Ink} ink */
  setInk({ points, pen_up }) {
    for (const line of this.lines ?? []) void line.then(async (number) => (await this.engine()).close(number));
    this.ink = { points, pen_up };
    this.lines = null;
  }

  /** The line after a row. @param {Engine} engine @param {number} row */
  async lineAt(engine, row) {
    this.lines ??= linesOf(engine, offsetsOf(this.ink));
    return this.lines[row];
  }

  /** @param {number} bias @param {number} seed */
  wish(bias, seed) {
    Object.assign(this, { bias, seed });
    this.number.value = String(seed);
    if (this.given.header.mode === "fan") void this.drawing((is) => this.fan(is, this.given.arrays.start[0], new Int32Array(0)));
    else void this.drawing((is) => this.along(is));
  }

  /** What the reader chose in the view. @param {{point: number, branch: number | null}} chosen */
  told({ point, branch }) {
    if (this.given.header.mode !== "fan") return;
    void this.drawing((is) => (branch === null ? this.fan(is, point + 1, this.given.arrays.forks) : this.take(is, branch)));
  }

  /** Draw, and say so, unless something else is wished meanwhile. @param {(isWished: () => boolean) => Promise<void>} draw */
  async drawing(draw) {
    const asked = ++this.asked, isWished = () => asked === this.asked;
    this.status.textContent = "Drawing …";
    try {
      await draw(isWished);
      if (isWished()) this.status.textContent = `Drawn here, with bias ${fixed(this.bias)} and seed ${this.seed}`;
    } catch (error) {
      if (isWished()) this.status.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  /** @param {Engine} engine @param {number} row @returns {Promise<Float32Array>} (N, S, 3) */
  async futures(engine, row) {
    const { samples, steps } = this.given.header;
    return (await engine.futures(await this.lineAt(engine, row), samples, steps, { bias: this.bias, seed: this.seed })).offsets;
  }

  /** The futures of all points, some at first and then those between. @param {() => boolean} isWished */
  async along(isWished) {
    const engine = await this.engine(), { header, arrays } = this.first, starts = arrays.start;
    /** @type {Map<number, Float32Array>} */
    const found = new Map();
    for (const stride of starts.length > STRIDES[0] ? STRIDES : [1]) {
      for (let p = 0; p < starts.length; p += stride) {
        if (found.has(p)) continue;
        found.set(p, await this.futures(engine, starts[p]));
        if (!isWished()) return;
        this.status.textContent = `Drawing: ${percent(found.size / starts.length)}`;
      }
      const chosen = [...found.keys()].sort((a, b) => a - b), offsets = chosen.map((p) => /** @type {Float32Array} */ (found.get(p)));
      const made = arraysOf(this.ink, Int32Array.from(chosen, (p) => starts[p]), offsets, header, this.drawn);
      const curves = arrays.curves && curvesOf(arrays.curves, starts.length, chosen, made, header, this.drawn);
      this.give({ header: { ...header, starts: chosen.length }, arrays: { ...made, ...(curves ? { curves } : {}) } });
    }
  }

  /** The fan of a row. @param {() => boolean} isWished @param {number} row @param {Int32Array} forks that are marked */
  async fan(isWished, row, forks) {
    const engine = await this.engine(), offsets = await this.futures(engine, row), raw = await engine.raw(await this.lineAt(engine, row));
    if (!isWished()) return;
    const made = arraysOf(this.ink, Int32Array.of(row), [offsets], this.given.header, this.drawn), { branch: numbers } = this.drawn;
    const units = Float32Array.from(made.paths, (place) => place / this.given.header.per_unit);
    const { label, branches } = branchesOf(units, made.lengths, made.lifted, numbers);
    const { gaussians, density, grid, pen_up_share } = nextStep(raw, this.bias, numbers.grid);
    const header = { ...this.given.header, starts: 1, branches, grid, pen_up_share };
    if (!header.taken) header.written_from = this.ink.pen_up.length;
    this.give({ header, arrays: { ...made, forks, branch: label, gaussians, density } });
  }

  /** Go along a branch, and let the network write on from there. @param {() => boolean} isWished @param {number} branch */
  async take(isWished, branch) {
    const { header, arrays } = this.given, row = arrays.start[0], typical = header.branches?.[branch].typical ?? 0, { steps, per_unit } = header;
    const length = arrays.lengths[typical], along = new Float32Array(3 * length);
    for (let step = 0; step < length; step++) {
      const at = 2 * (typical * steps + step);
      for (const axis of [0, 1]) along[3 * step + axis] = (arrays.paths[at + axis] - (step ? arrays.paths[at + axis - 2] : 0)) / per_unit;
    }
    if (arrays.lifted[typical]) along[3 * length - 1] = 1;
    const engine = await this.engine(), line = await engine.copy(await this.lineAt(engine, row));
    await engine.read(line, along);
    const { offsets } = await engine.write(line, this.drawn.goes_on, { bias: this.bias, seed: this.seed });
    await engine.close(line);
    if (!isWished()) return;
    this.setInk(followedBy(this.ink, row, Float32Array.of(...along, ...offsets)));
    const from = header.taken ? header.written_from : row;
    this.given = { header: { ...header, taken: (header.taken ?? 0) + 1, written_from: from }, arrays };
    this.back.hidden = false;
    await this.fan(isWished, row + length, arrays.forks.filter((fork) => fork <= row));
  }

  /** @param {Blob} blob */
  give(blob) {
    this.given = blob;
    this.show(blob);
  }
}

/** The lines after each row, from none read to all: not waited for, as the engine answers in the order of asking. @param {Engine} engine @param {Float32Array} offsets */
function linesOf(engine, offsets) {
  const lines = [engine.open()];
  for (let step = 0; step < offsets.length / 3; step++) {
    const own = lines[step];
    lines.push(own.then(async (before) => {
      const line = await engine.copy(before);
      await engine.read(line, offsets.subarray(3 * step, 3 * step + 3));
      return line;
    }));
  }
  return lines;
}

/** @param {Page} page @param {Blob} blob that is shown */
export const drawAnew = (page, blob) => new Anew(page, blob);
