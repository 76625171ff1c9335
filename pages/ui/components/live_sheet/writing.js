// What stands on the sheet, and what the network has made of it: strokes of offsets, each read by the engine, with the way back.

import { startPen } from "../engine/pen.js";
import { firstPace, futuresAt, paceAfter } from "./pace.js";

/** @import { PenNumbers } from "../engine/data.js" */
/** @import { Record } from "../engine/lines.js" */
/** @import { Pace } from "./pace.js" */
/** @typedef {import("../engine/visit.js").Engine} Engine */

const GUESS_STEPS = 90, LEAST_GUESS = 6, SEED = 1;
const NOTHING = new Float32Array(0);
export const MOST_STEPS = 3000; // that the sheet takes

/** @typedef {{x: number, y: number}} Place in model units */
/** @typedef {{tail: Record, offsets: Float32Array, count: number, asked: number}} Futures of a pen that has gone on along the tail; when they were asked for */

/** @typedef {{nats: number[], cells: Float32Array[]}} Heard what each step was to the network: its surprise, and cell states (H,) after it */

export class Writing {
  /**
   * @param {Engine} engine
   * @param {PenNumbers} numbers
   * @param {number} line empty, of the engine
   * @param {() => void} changed something is to be painted anew
   */
  constructor(engine, numbers, line, changed) {
    this.engine = engine;
    this.numbers = numbers;
    this.line = line;
    this.changed = changed;
    /** @type {Place[]} one more than steps, once there is a stroke */
    this.points = [];
    /** @type {boolean[]} of each step: the pen lifts after it */
    this.lifts = [];
    /** @type {Heard} */
    this.heard = { nats: [], cells: [] };
    /** @type {{line: number, from: number}[]} of each stroke: the line and the number of steps before it */
    this.strokes = [];
    /** @type {Futures | null} at the moving pen */
    this.futures = null;
    /** @type {Float32Array} (T, 3), what the network would write next */
    this.guess = NOTHING;
    this.guesses = 0;
    /** @type {Pace} */
    this.pace = firstPace();
    this.bias = 0.5;
    this.pxPerUnit = 10;
    this.isDown = false;
    /** @type {("begin" | Float32Array)[]} what is to be read */
    this.waiting = [];
    /** @type {Float32Array} */
    this.tail = NOTHING;
    this.moved = false;
    /** @type {Promise<void>} */
    this.reading = Promise.resolve();
    this.isReading = false;
    this.isBusy = false; // the ink's end is being changed by others than the pen, which has to wait
    /** @type {Place} where a guess on an empty sheet begins */
    this.emptyStart = { x: 0, y: 0 };
    this.pen = startPen(numbers, this.pxPerUnit);
  }

  get steps() {
    return this.lifts.length;
  }

  /** A pen over a sheet of the present scale, that goes on from where the ink ends. */
  restart() {
    this.pen = startPen(this.numbers, this.pxPerUnit, this.points.at(-1) ?? null);
  }

  /** @param {number} pxPerUnit */
  setScale(pxPerUnit) {
    this.pxPerUnit = pxPerUnit;
    if (!this.isDown) this.restart();
  }

  // ---- The pen

  /** The pen sets down, in px. @param {number} x @param {number} y */
  down(x, y) {
    this.guess = NOTHING;
    this.isDown = this.moved = true;
    const { grid } = this.numbers;
    if (!this.points.length) this.points.push({ x: Math.round((x / this.pxPerUnit) * grid) / grid, y: Math.round((y / this.pxPerUnit) * grid) / grid });
    this.waiting.push("begin");
    this.hear(this.pen.down(x, y));
  }

  /** @param {number[]} px (n, 2) */
  move(px) {
    this.hear(this.pen.move(px));
  }

  up() {
    this.isDown = false;
    this.hear(this.pen.up());
  }

  /** @param {{settled: Float32Array, tail: Float32Array}} movement */
  hear(movement) {
    if (movement.settled.length) this.waiting.push(movement.settled);
    this.tail = movement.tail;
    this.moved = true;
    this.listen();
  }

  // ---- The network reads

  /** Let the network read what is waiting, if it is not at it. */
  listen() {
    if (this.isReading) return this.reading;
    this.isReading = true;
    this.reading = this.readOn().finally(() => (this.isReading = false));
    return this.reading;
  }

  async readOn() {
    while (this.waiting.length || this.moved) {
      const waiting = this.waiting.splice(0), began = performance.now();
      this.moved = false;
      const heard = waiting.map((item) => (item === "begin" ? this.begin() : this.read(item))); // the engine answers in turn
      if (!this.isDown) {
        await Promise.all(heard);
        this.futures = null;
        this.changed();
        continue;
      }
      const { count, steps } = futuresAt(this.pace), manner = { bias: this.bias, seed: SEED };
      const [{ tail, offsets }] = await Promise.all([this.engine.futures(this.line, count, steps, manner, this.tail), ...heard]);
      this.futures = { tail, offsets, count, asked: began };
      this.pace = paceAfter(this.pace, performance.now() - began);
      this.changed();
    }
  }

  async begin() {
    this.strokes.push({ line: await this.engine.copy(this.line), from: this.steps });
  }

  /** @param {Float32Array} offsets */
  async read(offsets) {
    const { nats, cells } = await this.engine.read(this.line, offsets), count = offsets.length / 3, width = cells.length / count;
    for (let step = 0; step < count; step++) {
      const { x, y } = this.points[this.points.length - 1];
      this.points.push({ x: x + offsets[3 * step], y: y + offsets[3 * step + 1] });
      this.lifts.push(offsets[3 * step + 2] > 0.5);
      this.heard.nats.push(nats[2 * step] + nats[2 * step + 1]);
      this.heard.cells.push(cells.subarray(step * width, (step + 1) * width));
    }
  }

  // ---- The network writes

  /** Think of how the network would go on, another way each time. @param {Place} middle of the left edge of what it writes on an empty sheet */
  async think(middle) {
    await this.reading;
    if (this.isDown) return;
    const copy = await this.engine.copy(this.line), manner = { bias: this.bias, seed: SEED + ++this.guesses };
    const { offsets } = await this.engine.write(copy, GUESS_STEPS, manner);
    await this.engine.close(copy);
    if (this.isDown) return;
    this.guess = finished(offsets, this.numbers.grid);
    this.emptyStart = beginOf(this.guess, middle);
    this.changed();
  }

  /** Whether a place is as near as this to one of the guess's points. @param {number} x @param {number} y @param {number} far in model units */
  isNearGuess(x, y, far) {
    let { x: atX, y: atY } = this.points[this.points.length - 1] ?? this.emptyStart;
    for (let at = 0; at < this.guess.length; at += 3) {
      atX += this.guess[at];
      atY += this.guess[at + 1];
      if (Math.hypot(atX - x, atY - y) < far) return true;
    }
    return false;
  }

  /** Make the guess ink, as if it had been written by hand. */
  async take() {
    const guess = this.guess;
    if (!guess.length) return;
    this.guess = NOTHING;
    if (!this.points.length) this.points.push(this.emptyStart);
    await this.readAll(["begin", guess]);
  }

  /** Read ink that came from elsewhere, on an empty sheet. @param {Place} start @param {Float32Array} offsets */
  async give(start, offsets) {
    if (!offsets.length) return;
    this.points.push(start);
    /** @type {("begin" | Float32Array)[]} */
    const strokes = [];
    for (let from = 0, step = 0; step < offsets.length / 3; step++) {
      if (offsets[3 * step + 2] < 0.5 && 3 * step + 3 < offsets.length) continue;
      strokes.push("begin", offsets.slice(3 * from, 3 * step + 3));
      from = step + 1;
    }
    await this.readAll(strokes);
  }

  /** @param {("begin" | Float32Array)[]} items */
  async readAll(items) {
    this.isBusy = this.moved = true;
    this.waiting.push(...items);
    await this.listen();
    this.restart();
    this.isBusy = false;
  }

  /** Take back the last strokes. @param {number} count */
  async undo(count) {
    this.isBusy = true;
    await this.reading;
    this.guess = NOTHING;
    for (; count > 0 && this.strokes.length; count--) {
      const { line, from } = /** @type {{line: number, from: number}} */ (this.strokes.pop());
      await this.engine.close(this.line);
      this.line = line;
      this.points.length = from ? from + 1 : 0;
      this.lifts.length = this.heard.nats.length = this.heard.cells.length = from;
    }
    this.restart();
    this.isBusy = false;
    this.changed();
  }

  /** The ink as Python takes it: where it begins, and (dx, dy, pen_up) of each step in turn. */
  ink() {
    const offsets = this.lifts.flatMap((lift, step) => {
      const here = this.points[step], there = this.points[step + 1];
      return [there.x - here.x, there.y - here.y].map((value) => Math.round(value * 1e4) / 1e4).concat(lift ? 1 : 0);
    });
    return { start: this.points.length ? [this.points[0].x, this.points[0].y] : [0, 0], offsets };
  }
}

/**
 * Where a guess begins that has this middle of its left edge: letters begin at their tops as well as on the line.
 * @param {Float32Array} guess (T, 3)
 * @param {Place} middle
 * @returns {Place}
 */
export function beginOf(guess, { x, y }) {
  let atX = 0, atY = 0, left = 0, sum = 0;
  for (let at = 0; at < guess.length; at += 3) {
    left = Math.min(left, (atX += guess[at]));
    sum += atY += guess[at + 1];
  }
  return { x: x - left, y: y - sum / (guess.length / 3) };
}

/**
 * A guess up to its last pen lift, or all of it where there is none, on the grid of drawn ink.
 * @param {Float32Array} offsets (T, 3)
 * @param {number} grid places in a model unit
 */
export function finished(offsets, grid) {
  let length = offsets.length / 3;
  for (let step = length; step > LEAST_GUESS; step--) {
    if (offsets[3 * step - 1] > 0.5) {
      length = step;
      break;
    }
  }
  const guess = offsets.slice(0, 3 * length);
  for (const axis of [0, 1]) {
    let sum = 0, before = 0;
    for (let at = axis; at < guess.length; at += 3) {
      const place = Math.round((sum += guess[at]) * grid) / grid;
      guess[at] = place - before;
      before = place;
    }
  }
  guess[guess.length - 1] = 1;
  return guess;
}
