// While a reader types into the page's text field, the network in the browser writes what stands there, and a view of ink shows it.

import { engineAt } from "../engine/visit.js";
import { writing } from "../ink_anew/typed.js";
import { find } from "../shared/dom.js";
import { View, later, mounted } from "../shared/lifecycle.js";
import { percent } from "../shared/numbers.js";
import { lend } from "../shared/remote.js";
import { lookOf } from "./data.js";

/** @import { LiveTextHeader } from "./data.js" */

const IDLE = "Type, and it writes at once, here in your browser.";

class LiveTextView extends View {
  /** @type {LiveTextHeader} */
  data = later();
  /** @type {string | null} what the reader has typed, and Python does not know of */
  typed = null;
  /** @type {HTMLTextAreaElement | null} */
  field = null;

  /** @param {ShadowRoot} root */
  constructor(root) {
    super(root);
    const status = find(root, ".status"), say = (/** @type {string} */ words) => (status.textContent = words || IDLE);
    say("");
    const engine = () => engineAt(this.data.engine, this.data.fingerprint, (share) => say(`The network is coming: ${percent(share)}`));
    this.say = say;
    this.write = writing({
      engine,
      show: (blob, told) => told.text === this.typed && lend(this.data.to, blob),
      say: (words) => say(this.typed === null ? "" : words && `${words}. Write takes the most legible of several.`),
    });
    document.addEventListener("focusin", (event) => this.isField(event.target) && void engine().then(() => say(""), () => {}), { signal: this.signal });
    document.addEventListener("input", ({ target }) => {
      if (!this.isField(target)) return;
      this.field = /** @type {HTMLTextAreaElement} */ (target);
      this.typed = this.field.value;
      this.wish();
    }, { signal: this.signal });
  }

  /** @param {{header: LiveTextHeader}} blob */
  load({ header }) {
    const isNews = header.told.text !== this.data?.told.text;
    this.data = header;
    if (this.typed === null) return;
    if (header.told.text === this.typed) this.forget();
    else if (!isNews) this.wish();
    else requestAnimationFrame(() => (this.field?.value === this.typed ? this.wish() : this.forget())); // typed on, or another text was put there
  }

  /** Python knows of the text: what it writes is shown. */
  forget() {
    this.typed = null;
    this.say("");
  }

  wish() {
    if (this.typed !== null) this.write({ told: { ...this.data.told, text: this.typed }, look: lookOf(this.data) });
  }

  /** @param {EventTarget | null} target */
  isField(target) {
    return target instanceof HTMLTextAreaElement && target.getAttribute("aria-label") === this.data?.label;
  }
}

export default mounted(LiveTextView);
