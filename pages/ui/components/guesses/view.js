// The plain sheet's guesses: the one that is pointed at, itself or its button, stands out, and the others recede into the paper. They are painted by
// the drawing widget, which has no place for more than one picture behind the ink; what is added here lies between that picture and the ink.

import { View, mounted } from "../shared/lifecycle.js";
import { themeOf } from "../shared/theme.js";

/**
 * What Python sends: pages/ui/components/guesses/__init__.py.
 * @typedef {{path: string, colour: string, button: string}} Guess
 * @typedef {{guesses: Guess[], width: number, sheet: string}} Sent
 */

const SVG = "http://www.w3.org/2000/svg";
const NEAR = [4, 10, 18]; // px: the width of a line that the pointer is on, tried from the first on
const RECEDED = 0.75;
const TOLD = "data-told"; // on the button whose guess stands out
const BARE = new CSSStyleSheet();
BARE.replaceSync(".dc-toolbar { display: none !important; }");

class Guesses extends View {
  /** @param {ShadowRoot} root */
  constructor(root) {
    super(root);
    this.layer = document.createElementNS(SVG, "svg");
    Object.assign(this.layer.style, { position: "absolute", inset: "0", zIndex: "5", pointerEvents: "none", fill: "none" });
    this.layer.setAttribute("class", "guesses");
    for (const [name, value] of [["stroke-linecap", "round"], ["stroke-linejoin", "round"], ["width", "100%"], ["height", "100%"]]) this.layer.setAttribute(name, value);
    this.looking = 0;
    this.paper = "";
    /** @type {Element | null} */
    this.sheet = null;
    /** @type {SVGPathElement[]} */
    this.lines = [];
    /** @type {Sent} */
    this.sent = { guesses: [], width: 1, sheet: "" };
    const onButton = (/** @type {Event} */ { target }) => this.tell(this.ofButton(target));
    for (const name of ["pointerover", "focusin"]) document.addEventListener(name, onButton, { signal: this.signal });
  }

  /** @param {any} sent as Sent */
  load(sent) {
    this.sent = sent;
    this.paper = themeOf(this.root.host).paper;
    this.lines = this.sent.guesses.map(({ path }) => {
      const line = document.createElementNS(SVG, "path");
      line.setAttribute("d", path);
      return line;
    });
    this.layer.replaceChildren(...this.lines);
    this.tell(-1);
    this.lookForSheet();
  }

  /** The widget comes to stand after its Python has run, and a new one with each drawing that Python changes. */
  lookForSheet() {
    cancelAnimationFrame(this.looking);
    const parts = document.querySelectorAll(`.st-key-${this.sent.sheet} *`);
    const sheet = [...parts].map(({ shadowRoot }) => shadowRoot?.querySelector(".dc-container")).find(Boolean);
    if (!sheet) {
      this.looking = requestAnimationFrame(() => this.lookForSheet());
      return;
    }
    if (sheet === this.sheet) return;
    this.sheet = sheet;
    /** @type {ShadowRoot} */ (sheet.getRootNode()).adoptedStyleSheets.push(BARE);
    sheet.append(this.layer);
    const listening = { signal: this.signal, capture: true };
    sheet.addEventListener("pointermove", (event) => this.tell(this.at(/** @type {PointerEvent} */ (event))), listening);
    sheet.addEventListener("pointerleave", () => this.tell(-1), listening);
  }

  /** Which guess is under a pointer that does not write; -1: none. @param {PointerEvent} event */
  at({ clientX, clientY, buttons }) {
    if (buttons) return -1;
    const { left, top } = this.layer.getBoundingClientRect(), place = new DOMPoint(clientX - left, clientY - top);
    for (const width of NEAR) {
      const found = this.lines.findLastIndex((line) => ((line.style.strokeWidth = `${width}px`), line.isPointInStroke(place)));
      if (found !== -1) return found;
    }
    return -1;
  }

  /** Which guess's button something is, or is in; -1: none. @param {EventTarget | null} target */
  ofButton(target) {
    return target instanceof Element ? this.sent.guesses.findIndex(({ button }) => target.closest(`.st-key-${button}`)) : -1;
  }

  /** @param {number} chosen guess, -1: none */
  tell(chosen) {
    const { guesses, width } = this.sent, apart = guesses.length > 1 && chosen !== -1;
    this.lines.forEach((line, k) => {
      const own = k === chosen;
      line.style.visibility = apart ? "" : "hidden"; // where it is not displayed at all, no point is in its stroke
      line.style.stroke = own ? guesses[k].colour : this.paper;
      line.style.strokeOpacity = String(own ? 1 : RECEDED);
      line.style.strokeWidth = `${own ? 2 * width : width + 1}px`;
    });
    if (apart) this.layer.append(this.lines[chosen]);
    guesses.forEach(({ button }, k) => document.querySelector(`.st-key-${button}`)?.toggleAttribute(TOLD, apart && k === chosen));
  }

  close() {
    cancelAnimationFrame(this.looking);
    this.layer.remove();
    super.close();
  }
}

export default mounted(Guesses);
