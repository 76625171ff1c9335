// Ink written anew on a page of its own, by the network that goes along: another text, bias or seed.

import { make } from "../shared/dom.js";
import { fixed } from "../shared/numbers.js";
import { writing } from "./typed.js";

/** @import { Engine } from "../engine/visit.js" */
/** @import { Blob, WrittenWith } from "./data.js" */

/**
 * @typedef {object} Page what it asks of the page
 * @property {HTMLElement} host of the view
 * @property {() => Promise<Engine>} engine
 * @property {WrittenWith} made with what the first ink was written
 * @property {(blob: Blob) => void} show in the view
 */

const MOST_BIAS = 3, BIAS_STEP = 0.05, MOST_SEED = 2 ** 31 - 1, ROWS = 2;

export class InkAnew {
  /** @param {Page} page @param {Blob} blob that is shown */
  constructor({ host, engine, made, show }, blob) {
    this.made = made;
    this.look = blob.header;
    this.field = make("textarea", { rows: ROWS, value: made.text, maxLength: made.numbers.most_characters, spellcheck: false });
    this.slider = make("input", { type: "range", min: "0", max: String(MOST_BIAS), step: String(BIAS_STEP), value: String(made.bias) });
    this.sliderSays = make("output", { textContent: fixed(made.bias) });
    this.number = make("input", { type: "number", min: "0", max: String(MOST_SEED), value: String(made.seed) });
    this.status = make("output", { className: "status" });
    this.status.ariaLive = "polite";
    this.write = writing({ engine, show: (blob) => blob && show(blob), say: (words) => (this.status.textContent = words) });
    host.before(this.bar());
  }

  bar() {
    const bar = make("div", { className: "anew" }), again = make("button", { type: "button", textContent: "Again" });
    const [what, bias, seed] = ["Type, and it writes", "Bias", "Seed"].map((words) => make("label", { textContent: words }));
    what.className = "what";
    what.append(this.field);
    bias.append(this.slider, this.sliderSays);
    seed.append(this.number);
    bar.append(what, bias, seed, again, this.status);
    const wish = () => this.wish();
    this.field.oninput = this.number.onchange = wish;
    this.slider.oninput = () => ((this.sliderSays.textContent = fixed(Number(this.slider.value))), wish());
    again.onclick = () => ((this.number.value = String((this.seed() + 1) % MOST_SEED)), wish());
    return bar;
  }

  seed() {
    return Math.min(MOST_SEED, Math.max(0, Math.floor(Number(this.number.value) || 0)));
  }

  wish() {
    this.write({ told: { ...this.made, text: this.field.value, bias: Number(this.slider.value), seed: this.seed() }, look: this.look });
  }

  /** There is one ink only. */
  follow() {}

  /** Nothing can be chosen in it. */
  told() {}
}

/** @param {Page} page @param {Blob} blob that is shown */
export const writeAnew = (page, blob) => new InkAnew(page, blob);
