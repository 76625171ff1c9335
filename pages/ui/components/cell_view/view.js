// The cell view: one ink and what every cell does while it is read. All looking happens here; only what is chosen goes back to Python.

import { find, findCanvas } from "../shared/dom.js";
import { View, later, mounted, onceAFrame } from "../shared/lifecycle.js";
import { clamp } from "../shared/numbers.js";
import { Remote } from "../shared/remote.js";
import { themeOf } from "../shared/theme.js";
import { fillControls } from "./controls.js";
import { CellData } from "./data.js";
import { makeImages } from "./paint.js";
import { savePicture } from "./picture.js";
import { listen } from "./pointer.js";
import { paintAll, paintOver } from "./scene.js";
import { first, shifted, whole, within, zoomed } from "./window.js";

/** @import { Component } from "../shared/lifecycle.js" */
/** @import { Layout } from "../shared/ink_layout.js" */
/** @import { Theme } from "../shared/theme.js" */
/** @import { CellArrays, CellHeader, Chosen } from "./data.js" */
/** @import { CurveFrame } from "./paint.js" */
/** @import { Window } from "./window.js" */

/**
 * @typedef {object} State what the reader has done
 * @property {Chosen} chosen
 * @property {Window} window what is looked at
 * @property {{cell: number, step: number, letter?: number} | null} hovered what is pointed at; `letter`, where that is one of the text's
 */

const TURN_MS = 750; // a change of order
const REPORT_MS = 160; // after the last key

export class CellView extends View {
  /** @type {CellData} */
  data = later();
  /** @type {(value: unknown) => void} */
  send = later();
  /** @type {Float32Array} level of each step, of what is chosen */
  series = later();
  /** @type {HTMLCanvasElement[]} the map, plain and turned */
  images = later();
  /** @type {Theme} */
  theme = later();
  /** @type {Layout} of the ink */
  inkPlace = later();
  /** @type {CurveFrame} */
  curveFrame = later();

  /** @param {ShadowRoot} root */
  constructor(root) {
    super(root);
    const parts = [".map", ".ink", ".curve", ".heat", ".down", ".across", ".letters"].map((query) => find(root, query));
    const [map, ink, curve, heat, down, across, letters] = parts;
    this.parts = { map, ink, curve, heat, down, across, letters, strip: findCanvas(root, ".strip") };
    /** @type {State} */
    this.state = { chosen: { cell: 0, step: 0, order: 0, band: null, scale: "centred", only: "all" }, window: { x0: 0, x1: 1, y0: 0, y1: 1 }, hovered: null };
    /** @type {{from: {place: Float32Array, turn: Float32Array}, start: number} | null} rows on their way to another order */
    this.mixing = null;
    /** @type {string | null} scale and paper of the images */
    this.painted = null;
    this.only = -1; // the group of cells that alone is shown
    this.sent = "";
    this.waiting = 0;
    this.askFrame = onceAFrame(() => this.paintFrame());
    this.remote = new Remote((value, first) => this.follow(value, first), this.signal);
    listen(this);
    find(root, ".whole").onclick = () => this.whole();
    find(root, ".unband").onclick = () => (this.choose({ band: null }), this.report());
    find(root, ".png").onclick = () => savePicture(this, "png");
    find(root, ".svg").onclick = () => savePicture(this, "svg");
    this.onResize([map, ink], () => this.data && this.paint());
  }

  /** @param {{header: CellHeader, arrays: CellArrays}} blob @param {Component} component */
  load({ header, arrays }, { setStateValue }) {
    const cells = this.data?.cells, steps = this.data?.steps;
    this.data = new CellData(header, arrays);
    this.send = (value) => setStateValue("chosen", value);
    this.painted = this.mixing = null;
    const { letters } = this.parts;
    letters.hidden = find(this.root, ".looked").hidden = !header.text;
    letters.ariaLabel = `The network is told “${header.text}”: where its window stands`;
    if (steps !== header.steps || cells !== header.cells) this.state.window = first(this.data);
    this.choose(this.state.chosen);
    this.remote.listenAs(header.name);
  }

  // ---- What is chosen

  /** @param {Omit<Chosen, "order"> & {order: string}} value @param {boolean} first */
  follow({ order, cell, step, band, scale, only }, first) {
    this.changeOrder(Math.max(0, this.data.header.orders.indexOf(order)));
    if (first) this.mixing = null;
    this.choose({ cell, step, band, scale, only });
    this.reveal();
  }

  /** @param {Partial<Chosen>} change */
  choose(change) {
    const { data } = this, next = { ...this.state.chosen, ...change };
    next.order = clamp(next.order, 0, data.header.orders.length - 1);
    next.cell = clamp(next.cell, 0, data.cells - 1);
    next.step = this.clampStep(next.step);
    const regrouped = next.only !== this.state.chosen.only;
    this.state.chosen = next;
    this.only = data.header.groups.findIndex(({ label }) => label === next.only);
    if (regrouped) fillControls(this, data);
    this.series = data.series(next);
    this.paint();
  }

  report() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      const value = { ...this.state.chosen, order: this.data.header.orders[this.state.chosen.order] };
      if (JSON.stringify(value) !== this.sent) this.send(value);
      this.sent = JSON.stringify(value);
    }, REPORT_MS);
  }

  /** Ask Python for an order that is made only then. @param {string} order */
  ask(order) {
    this.send({ ...this.state.chosen, band: null, order });
    this.sent = "";
  }

  /** It is not among the cells that alone are shown. @param {number} cell */
  faded = (cell) => this.only !== -1 && this.data.arrays.group[cell] !== this.only;
  rank = (/** @type {number} */ cell) => this.data.ranks[this.state.chosen.order][cell];
  cellAt = (/** @type {number} */ rank) => this.data.permutations[this.state.chosen.order][rank];
  clampStep = (/** @type {number} */ step) => clamp(Math.floor(step), 0, this.data.steps - 1);
  clampRank = (/** @type {number} */ rank) => clamp(Math.floor(rank), 0, this.data.cells - 1);

  /** The step after which the pen was nearest to a place on the ink's canvas. @param {number} x @param {number} y */
  stepNear(x, y) {
    let best = 0, nearest = Infinity;
    for (let t = 0; t < this.data.steps; t++) {
      const away = (this.inkPlace.x[t + 1] - x) ** 2 + (this.inkPlace.y[t + 1] - y) ** 2;
      if (away < nearest) [best, nearest] = [t, away];
    }
    return best;
  }

  // ---- Orders

  nextOrder() {
    this.changeOrder((this.state.chosen.order + 1) % this.data.header.orders.length);
    this.report();
  }

  /** @param {number} order */
  changeOrder(order) {
    if (order === this.state.chosen.order) return;
    this.mixing = { from: this.arrangement(), start: performance.now() };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.mixing = null;
    this.choose({ order, band: null });
    fillControls(this, this.data);
  }

  /** Where each row lies now and how far its sign is turned: on the way between two orders, or at rest. */
  arrangement() {
    const { order } = this.state.chosen, place = this.data.ranks[order], turn = this.data.turns[order];
    const done = this.mixing ? (performance.now() - this.mixing.start) / TURN_MS : 1;
    if (!this.mixing || done >= 1) {
      this.mixing = null;
      return { place, turn };
    }
    const part = done * done * (3 - 2 * done), { from } = this.mixing;
    /** @type {(a: Float32Array, b: Float32Array) => Float32Array} */
    const between = (a, b) => a.map((value, c) => value + (b[c] - value) * part);
    return { place: between(from.place, place), turn: between(from.turn, turn) };
  }

  // ---- What is looked at; each says whether that changed

  /** @param {Window} window */
  look(window) {
    const next = within(window, this.data), { x0, x1, y0, y1 } = this.state.window;
    this.state.window = next;
    this.paint();
    return next.x0 !== x0 || next.x1 !== x1 || next.y0 !== y0 || next.y1 !== y1;
  }

  /** @param {number} fx @param {number} fy @param {number} nearerX @param {number} nearerY */
  zoom(fx, fy, nearerX, nearerY) {
    return this.look(zoomed(this.state.window, fx, fy, nearerX, nearerY, this.data));
  }

  /** @param {number} nearer */
  zoomAtChosen(nearer) {
    const { chosen, window: { x0, x1, y0, y1 } } = this.state;
    this.zoom((chosen.step + 0.5 - x0) / (x1 - x0), (this.rank(chosen.cell) + 0.5 - y0) / (y1 - y0), nearer, nearer);
  }

  /** @param {number} x steps @param {number} y rows */
  shift(x, y) {
    return this.look(shifted(this.state.window, x, y));
  }

  whole() {
    this.look(whole(this.data));
  }

  /** Move what is looked at just so far that the chosen cell and step are in it. */
  reveal() {
    const { chosen, window: { x0, x1, y0, y1 } } = this.state;
    /** @type {(at: number, low: number, high: number) => number} */
    const into = (at, low, high) => Math.min(0, at - low) + Math.max(0, at + 1 - high);
    this.shift(into(chosen.step, x0, x1), into(this.rank(chosen.cell), y0, y1));
  }

  /** @param {{cell?: number, step?: number, letter?: number} | null} spot */
  hover(spot) {
    this.state.hovered = spot && { ...this.state.chosen, ...spot };
    if (this.inkPlace) paintOver(this);
  }

  // ---- Pictures; everything at most once a frame

  paint() {
    this.askFrame();
  }

  paintFrame() {
    if (!this.root.isConnected || !this.parts.map.clientWidth) return;
    this.theme = themeOf(find(this.root, ".view"));
    const { data, theme, state: { chosen: { scale } } } = this, painted = `${scale} ${theme.name}`;
    if (this.painted !== painted) {
      data.useRamp(theme.name);
      this.images = makeImages(data, scale);
      this.painted = painted;
      fillControls(this, data);
    }
    paintAll(this);
    paintOver(this);
    if (this.mixing) this.paint();
  }
}

export default mounted(CellView);
