// The live sheet: pen, network and cells in one place, without the server. After a stroke the ink goes to Python.

import { penOf } from "../shared/canvas.js";
import { find, findCanvas } from "../shared/dom.js";
import { View, later, mounted, onceAFrame } from "../shared/lifecycle.js";
import { clamp, percent } from "../shared/numbers.js";
import { themeOf } from "../shared/theme.js";
import { CellPicture, listenToMap } from "./cells.js";
import { NoKernel, engineOf } from "./network.js";
import { TOO_SLOW } from "./pace.js";
import { paintInk, paintMoving, paintSheet } from "./paint.js";
import { listenToPen } from "./pointer.js";
import { MOST_STEPS, Writing } from "./writing.js";

/** @import { Component } from "../shared/lifecycle.js" */
/** @import { Theme } from "../shared/theme.js" */
/** @import { LiveData } from "./data.js" */
/** @typedef {import("../engine/visit.js").Engine} Engine */

const REST_MS = 500; // of the pen, before the network goes on
const SEND_MS = 1500; // of the pen, before the ink goes to Python
const GUESS_A_SECOND = 70; // steps
const NEAR_PX = 18; // of a tap from the guess
const MORE_STEPS = 1000; // of a stroke that was begun when the sheet was all but full

class LiveSheet extends View {
  /** @type {LiveData} */
  data = later();
  /** @type {Theme} */
  theme = later();
  /** @type {CellPicture} */
  picture = later();
  /** @type {(name: string, value: unknown) => void} */
  send = later();

  /** @param {ShadowRoot} root */
  constructor(root) {
    super(root);
    this.host = find(root, ".live");
    this.sheet = find(root, ".sheet");
    this.canvases = { ink: findCanvas(root, ".ink"), moving: findCanvas(root, ".moving"), cells: findCanvas(root, ".cells") };
    this.status = find(root, ".status");
    this.note = find(root, ".note");
    const [write, take, undo, clear] = ["write", "take", "undo", "clear"].map((name) => find(root, `.${name}`, HTMLButtonElement));
    this.buttons = { write, take, undo, clear };
    write.onclick = () => void this.think();
    take.onclick = () => void this.take();
    undo.onclick = () => void this.undo(1);
    clear.onclick = () => void this.undo(Infinity);
    /** @type {Writing | null} */
    this.writing = null;
    /** @type {{scale: number, base: number, guide: number, chosen: number | null}} */
    this.look = { scale: 10, base: 100, guide: 30, chosen: null };
    this.shown = 0;
    /** @type {number | null} when the pen moved first of those times that no futures have answered */
    this.eventAt = null;
    this.painted = 0; // steps
    this.isDirty = false;
    this.timers = { rest: 0, send: 0 };
    /** @type {Set<string>} names of what was sent, which comes back with Python's answer */
    this.sent = new Set();
    this.isOld = { ink: true, map: true };
    this.paint = onceAFrame(() => this.paintNow());
    this.listenToPen();
    const choose = (/** @type {number | null} */ chosen) => {
      this.look = { ...this.look, chosen };
      this.isOld.ink = true;
      this.changed();
    };
    listenToMap(find(root, ".map"), { data: () => this.data, chosen: () => this.look.chosen, choose }, this.signal);
    this.onResize([this.sheet], () => this.arrange());
    document.addEventListener("pointerdown", (event) => !event.composedPath().includes(this.sheet) && this.sendInk(), { capture: true, signal: this.signal });
  }

  close() {
    void this.sendInk();
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    super.close();
  }

  /** @param {LiveData} data @param {Component} component */
  load(data, { setStateValue, setTriggerValue }) {
    const before = this.data;
    this.data = data;
    this.theme = themeOf(this.host);
    this.send = (name, value) => (name === "ink" ? setStateValue(name, value) : setTriggerValue(name, value));
    if (before?.header.fingerprint !== data.header.fingerprint) void this.begin();
    else if (data.header.sent === null && !data.arrays.offsets.length && this.writing?.steps) this.tellAgain();
    else if (!this.sent.has(data.header.sent ?? "") && !isSameInk(before, data)) void this.open();
    if (this.writing) this.writing.bias = data.header.bias;
    this.arrange();
  }

  /** Get the network, and put the ink that was given on the sheet. */
  async begin() {
    this.writing = null;
    const { fingerprint } = this.data.header;
    try {
      this.engine = await engineOf(this.data, (share) => this.say(`The network is coming: ${percent(share)}`));
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
      if (error instanceof NoKernel) this.send("plain", "this browser has no WebAssembly");
      return;
    }
    if (fingerprint === this.data.header.fingerprint) await this.open();
  }

  /** Begin with the ink that Python gave. */
  async open() {
    const { engine, data: { header, arrays } } = this;
    if (!engine) return;
    const writing = new Writing(engine, header.pen, await engine.open(), () => this.changed());
    writing.bias = header.bias;
    this.picture = new CellPicture(this.data, MOST_STEPS + MORE_STEPS);
    this.writing = writing;
    this.arrange();
    await writing.give({ x: header.start[0], y: header.start[1] }, arrays.offsets);
    this.sheet.dataset.ready = "true";
    this.say("");
    this.changed();
  }

  arrange() {
    const width = this.sheet.clientWidth;
    if (!width || !this.data) return;
    const { header } = this.data, guide = Math.round(clamp(width / 22, 24, 38));
    const right = Math.max(...(this.writing?.points ?? []).map(({ x }) => x), 1);
    this.look = { ...this.look, guide, base: 3.6 * guide, scale: Math.min(guide / header.x_height, (width - 8) / right) };
    this.sheet.style.height = `${6 * guide}px`;
    this.writing?.setScale(this.look.scale);
    this.isOld = { ink: true, map: true };
    this.paint();
  }

  /** @param {string} text */
  say(text) {
    tell(this.status, text);
  }

  /** Something was read, or comes next. */
  changed() {
    const { writing } = this;
    if (!writing) return;
    if (writing.pace.slow >= TOO_SLOW) {
      writing.pace = { ...writing.pace, slow: 0 }; // told once
      void this.sendInk();
      this.send("plain", "this device is too slow for it");
    }
    this.isOld.map = true;
    const isEmpty = !writing.steps;
    this.buttons.write.disabled = false;
    this.buttons.take.disabled = !writing.guess.length;
    this.buttons.undo.disabled = this.buttons.clear.disabled = isEmpty;
    tell(this.note, isEmpty ? `All ${this.picture.rows} cells follow your pen here, a row each.` : this.noteOf(this.look.chosen));
    this.paint();
  }

  /** @param {number | null} cell */
  noteOf(cell) {
    const all = `Thick ink surprised the network. ${this.data.arrays.permutation.length} cells, those that do alike side by side`;
    return cell === null ? `${all}: choose one, and it colours the ink.` : `${all}: cell ${cell} colours the ink.`;
  }

  paintNow() {
    const { writing, data, theme, canvases, look } = this;
    if (!data || !writing) return;
    if (this.isOld.ink || writing.steps < this.painted || look.chosen !== null) paintSheet(canvases.ink, writing, look, data, theme);
    else if (writing.steps > this.painted) paintInk(penOf(canvases.ink), writing, look, this.painted, data, theme);
    this.painted = writing.steps;
    paintMoving(canvases.moving, writing, look.scale, Math.floor(this.shown), data, theme);
    if (writing.futures && this.eventAt !== null && this.eventAt <= writing.futures.asked) {
      performance.measure("pen to futures", { start: this.eventAt, end: performance.now() });
      this.eventAt = null;
    }
    if (this.isOld.map) this.picture.paint(canvases.cells, writing, look.chosen, theme);
    this.isOld = { ink: false, map: false };
  }

  // ---- The pen

  listenToPen() {
    const { sheet, signal } = this;
    listenToPen(sheet, {
      isReady: () => this.isReady(),
      mayTap: (x, y) => !!this.writing?.isNearGuess(x / this.look.scale, y / this.look.scale, NEAR_PX / this.look.scale),
      tap: () => void this.take(),
      down: (x, y) => {
        this.rest(false);
        this.say("");
        this.shown = 0;
        performance.clearMeasures();
        this.writing?.down(x, y);
      },
      move: (px, at) => {
        this.writing?.move(px);
        this.eventAt ??= at;
      },
      up: () => {
        this.writing?.up();
        this.isDirty = true;
        this.rest(true);
      },
    }, signal);
    sheet.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.sendInk(), { signal });
    sheet.addEventListener("keydown", (event) => {
      if (event.key === "Enter") void this.take();
      else if (event.key === "z" && (event.ctrlKey || event.metaKey)) void this.undo(1);
      else return;
      event.preventDefault();
    }, { signal });
  }

  isReady() {
    const { writing } = this;
    if (!writing || writing.isBusy) return false;
    if (writing.steps > MOST_STEPS) this.say("The sheet is full: clear it to go on.");
    return writing.steps <= MOST_STEPS;
  }

  // ---- While it rests

  /** @param {boolean} isResting */
  rest(isResting) {
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    if (!isResting) return;
    this.timers.rest = setTimeout(() => void this.think(), REST_MS);
    this.timers.send = setTimeout(() => void this.sendInk(), SEND_MS);
  }

  /** Let the network go on, faintly, as fast as a hand. */
  async think() {
    const { writing, look } = this;
    if (!writing) return;
    await writing.think({ x: (0.6 * look.guide) / look.scale, y: (look.base - look.guide / 2) / look.scale });
    if (!writing.guess.length) return;
    this.shown = matchMedia("(prefers-reduced-motion: reduce)").matches ? Infinity : 0;
    const guess = writing.guess;
    let before = performance.now();
    const frame = (/** @type {number} */ now) => {
      if (writing.guess !== guess) return;
      this.shown += (Math.max(0, now - before) / 1000) * GUESS_A_SECOND;
      before = now;
      this.paint();
      if (this.shown < guess.length / 3) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  async take() {
    const { writing } = this;
    if (!writing?.guess.length) return;
    const steps = writing.guess.length / 3;
    await writing.take();
    this.say(`The network wrote ${steps} steps`);
    this.isDirty = true;
    this.rest(true);
  }

  /** @param {number} strokes */
  async undo(strokes) {
    const { writing } = this;
    if (!writing) return;
    this.rest(false);
    await writing.undo(strokes);
    this.picture.restart();
    this.isOld.ink = true;
    this.changed();
    this.isDirty = true;
    this.timers.send = setTimeout(() => void this.sendInk(), SEND_MS);
  }

  /** The server was started anew, and has forgotten the ink that is here. */
  tellAgain() {
    this.isDirty = true;
    void this.sendInk();
  }

  /** Tell Python of ink that it does not know. */
  async sendInk() {
    const { writing } = this;
    if (!this.isDirty || !writing || writing.isDown) return;
    this.isDirty = false;
    if (writing.isReading) await writing.reading;
    const name = crypto.getRandomValues(new Uint32Array(2)).join("-");
    this.sent.add(name);
    this.send("ink", { name, ...writing.ink() });
  }

}

/** Set a text, where it is another: each setting makes the browser lay out the page anew. @param {HTMLElement} place @param {string} text */
function tell(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** @param {LiveData} one @param {LiveData} other */
function isSameInk(one, other) {
  const { offsets } = other.arrays;
  return offsets.length === one.arrays.offsets.length && offsets.every((value, i) => value === one.arrays.offsets[i]);
}

export default mounted(LiveSheet);
