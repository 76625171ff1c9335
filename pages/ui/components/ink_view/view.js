// Lines of ink, one below the other or in a grid, painted as they were written. Python sends all of it at once; playing costs no round trip.

import { find, make } from "../shared/dom.js";
import { layInk } from "../shared/ink_layout.js";
import { View, mounted } from "../shared/lifecycle.js";
import { listenToLent } from "../shared/remote.js";
import { themeOf } from "../shared/theme.js";
import { linesOf } from "./data.js";
import { letterAt, lettersOf, markLetters, pickedOut } from "./letters.js";
import { coloursOf, paintInk, paintPen } from "./paint.js";

/** @import { Component } from "../shared/lifecycle.js" */
/** @import { Layout } from "../shared/ink_layout.js" */
/** @import { Theme } from "../shared/theme.js" */
/** @import { InkArrays, InkHeader, Line } from "./data.js" */

/**
 * @typedef {object} Panel
 * @property {HTMLCanvasElement} canvas
 * @property {HTMLElement | null} letters what the ink says
 * @property {Line} line
 * @property {number} first step of the writing at which the line is begun
 * @property {Layout | null} layout
 * @property {number | null} pointed letter
 */

const POINTS_PER_SECOND = 100; // of writing at speed 1: about what the tablets recorded
const MARGIN = 1.2; // model units around the ink of a row
const LEAST_ROW = 9; // model units of a row
const SAME = 0.05; // model units between points that the eye does not tell apart
const SQUEEZE = 1.3; // ink this much too wide is drawn smaller instead of broken into two rows
const PLAY = "M4 2.5v11l9-5.5z", PAUSE = "M4 2.5h3v11H4zM9 2.5h3v11H9z";

class InkView extends View {
  /** @param {ShadowRoot} root */
  constructor(root) {
    super(root);
    this.host = find(root, ".view");
    this.box = find(root, ".panels");
    this.place = find(root, ".place", HTMLInputElement);
    this.count = find(root, ".count");
    this.button = find(root, ".play");
    this.legend = make("div", { className: "legend" });
    this.host.prepend(this.legend);
    /** @type {{header: InkHeader, arrays: InkArrays, theme: Theme, colours: string[], steps: number} | null} */
    this.data = null;
    /** @type {Panel[]} */
    this.panels = [];
    this.state = { at: 0, playing: false, speed: 4 };
    this.frame = 0;
    this.hasMoved = false; // since the view is there
    /** @type {(index: number) => void} */
    this.pick = () => {};
    this.button.onclick = () => (this.state.playing ? this.pause() : this.play());
    this.place.oninput = () => (this.pause(), (this.state.at = Number(this.place.value)), this.paint());
    const speed = find(root, ".speed", HTMLSelectElement);
    speed.onchange = () => (this.state.speed = Number(speed.value));
    /** @type {{header: InkHeader, arrays: InkArrays} | null} what Python sent */
    this.given = null;
    listenToLent((to, blob) => this.given && to === this.given.header.name && this.show(blob ?? this.given), this.signal);
    this.onResize([this.box], () => this.arrange());
  }

  close() {
    this.pause();
    super.close();
  }

  /** @param {{header: InkHeader, arrays: InkArrays}} blob @param {Component} component */
  load(blob, { setTriggerValue }) {
    this.pick = (index) => setTriggerValue("picked", index);
    this.given = blob;
    this.show(blob);
  }

  /** @param {{header: InkHeader, arrays: InkArrays}} blob */
  show({ header, arrays }) {
    const before = this.data?.arrays.points, { at } = this.state;
    const sameInk = before?.length === arrays.points.length && before.every((value, i) => value === arrays.points[i]);
    const theme = themeOf(this.host), palette = header.palette?.[theme.name];
    const colours = coloursOf(palette ?? [theme.text], Boolean(palette && header.spread)), steps = stepsOf(header);
    this.data = { header, arrays, theme, colours, steps };
    this.showLegend(header, palette);
    this.place.max = String(steps);
    this.fill(header, linesOf(header, arrays));
    if (!sameInk) {
      this.pause();
      this.state.at = steps;
    }
    this.arrange();
    if (!header.play || sameInk || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const isOne = header.panels.length === 1 || header.one_by_one, stays = isOne ? Math.min(at, sameSteps(before, arrays.points)) : 0;
    if (stays >= steps) return;
    this.state.at = stays;
    this.play();
  }

  /** @param {InkHeader} header @param {string[]} [palette] */
  showLegend({ legend }, palette) {
    this.legend.replaceChildren();
    if (!legend || !palette) return;
    const ramp = make("i");
    ramp.style.background = `linear-gradient(to right, ${palette.join(", ")})`;
    const [what, low, high] = [legend.what, legend.low, legend.high].map((text) => make("span", { textContent: text }));
    what.className = "what";
    this.legend.append(what, low, ramp, high);
  }

  // ---- Panels

  /** @param {InkHeader} header @param {Line[]} lines */
  fill(header, lines) {
    const { columns, panels } = header, focused = this.panels.findIndex(({ canvas }) => canvas.parentElement === this.root.activeElement);
    const headed = columns.some(Boolean);
    this.box.classList.toggle("grid", columns.length > 0);
    this.box.classList.toggle("tiles", columns.length > 0 && !headed);
    this.box.style.setProperty("--columns", String(columns.length));
    this.box.replaceChildren();
    if (headed) this.box.append(heading("", "corner"), ...columns.map((name) => heading(name, "column")));
    let first = 0;
    this.panels = lines.map((line, index) => {
      if (headed && index % columns.length === 0) this.box.append(heading(panels[index].row, "row"));
      /** @type {Panel} */
      const panel = { line, first, canvas: this.addPanel(header, index), letters: null, layout: null, pointed: null };
      if (header.one_by_one) first += panels[index].count;
      if (panels[index].text) this.addLetters(panel, panels[index].text);
      return panel;
    });
    this.panels[focused]?.canvas.parentElement?.focus();
  }

  /** @param {InkHeader} header @param {number} index */
  addPanel({ panels, columns, chosen, one_by_one }, index) {
    const panel = panels[index], fixed = panels.length === 1 || one_by_one;
    const canvas = make("canvas"), element = make(fixed ? "div" : "button", { className: "panel" });
    if (fixed) {
      element.classList.add("only");
      Object.assign(canvas, { role: "img", ariaLabel: panel.note || `Ink: ${panel.label}` });
    } else {
      Object.assign(element, { type: "button", ariaLabel: `Choose ${panel.label}`, title: panel.note, ariaPressed: String(index === chosen) });
      element.onclick = () => this.pick(index);
    }
    element.append(canvas);
    if (panel.note && !columns.some(Boolean)) element.append(make("span", { className: "note", textContent: panel.note }));
    this.box.append(element);
    return canvas;
  }

  /** @param {Panel} panel @param {string} text */
  addLetters(panel, text) {
    const point = (/** @type {number | null} */ letter) => {
      if (letter === panel.pointed) return;
      panel.pointed = letter;
      this.paint();
    };
    panel.letters = lettersOf(text, point);
    panel.canvas.after(panel.letters);
    panel.canvas.onpointermove = (event) => point(panel.layout && letterAt(panel.layout, panel.line, event.offsetX, event.offsetY));
    panel.canvas.onpointerleave = () => point(null);
  }

  arrange() {
    if (!this.data) return;
    const most = this.data.header.px_per_unit;
    for (const panel of this.panels) {
      const width = panel.canvas.clientWidth;
      if (!width) continue;
      const room = { width, margin: MARGIN * most, leastRow: LEAST_ROW * most, most, least: most / SQUEEZE, filledAt: most };
      panel.layout = layInk(panel.line.points, panel.line.inked, room);
      panel.canvas.style.height = `${panel.layout.height}px`;
    }
    this.paint();
  }

  paint() {
    if (!this.data) return;
    const { header, colours, theme, steps } = this.data, upto = Math.floor(this.state.at);
    for (const { canvas, first, layout, letters, line, pointed } of this.panels) {
      if (!layout) continue;
      const at = upto - first, ends = line.inked.length - 1;
      if (pointed === null) paintInk(canvas, layout, line, colours, header.thickness, at);
      else paintInk(canvas, layout, pickedOut(line, pointed), [theme.line, theme.accent], header.thickness, at);
      if (at >= 0 && at < ends) paintPen(canvas, layout, line, at, theme.accent);
      if (letters) markLetters(letters, at < 0 ? -1 : at < ends ? line.letter[at] : letters.children.length, pointed);
    }
    this.place.value = String(upto);
    this.count.textContent = `${upto} / ${steps}`;
  }

  // ---- Playing

  play() {
    const { state } = this, steps = this.data?.steps ?? 0;
    if (state.at >= steps) state.at = 0;
    this.setPlaying(true);
    let before = performance.now();
    const frame = (/** @type {number} */ now) => {
      if (!state.playing) return;
      state.at = Math.min(steps, state.at + ((now - before) / 1000) * state.speed * POINTS_PER_SECOND);
      before = now;
      this.paint();
      if (!this.hasMoved && state.at >= 2) {
        this.hasMoved = true;
        performance.mark("ink moves"); // for the benchmark
      }
      if (state.at >= steps) this.setPlaying(false);
      else this.frame = requestAnimationFrame(frame);
    };
    this.frame = requestAnimationFrame(frame);
  }

  pause() {
    cancelAnimationFrame(this.frame);
    this.setPlaying(false);
  }

  /** @param {boolean} playing */
  setPlaying(playing) {
    this.state.playing = playing;
    this.button.ariaLabel = playing ? "Pause the writing" : "Play the writing";
    find(this.button, "path", SVGPathElement).setAttribute("d", playing ? PAUSE : PLAY);
  }
}

/** How many of the first steps are the same. @param {Float32Array | undefined} before points @param {Float32Array} now */
function sameSteps(before, now) {
  const other = now.findIndex((value, i) => !(Math.abs(value - (before?.[i] ?? NaN)) < SAME));
  return Math.max(0, Math.floor((other < 0 ? now.length : other) / 2) - 1);
}

/** How many steps the writing takes. @param {InkHeader} header */
function stepsOf({ panels, one_by_one }) {
  const counts = panels.map((panel) => panel.count);
  return (one_by_one ? counts.reduce((sum, count) => sum + count, 0) : Math.max(...counts)) - 1;
}

/** @param {string} text @param {string} kind */
const heading = (text, kind) => make("span", { className: `head ${kind}`, textContent: text });

export default mounted(InkView);
