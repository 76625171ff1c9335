// What is looked at of the map: steps x0 to x1, rows y0 to y1.

import { clamp } from "../shared/numbers.js";

/** @typedef {{x0: number, x1: number, y0: number, y1: number}} Window */
/** @typedef {{steps: number, cells: number}} Size of the whole map */

const LEAST_ROWS = 8, LEAST_STEPS = 10, FIRST_STEPS = 300;

/** @param {Size} size @returns {Window} */
export const whole = ({ steps, cells }) => ({ x0: 0, x1: steps, y0: 0, y1: cells });

/** So many steps can be told apart; the rest is scrolled to. @param {Size} size @returns {Window} */
export const first = ({ steps, cells }) => ({ x0: 0, x1: Math.min(steps, FIRST_STEPS), y0: 0, y1: cells });

/**
 * A window moved into the map, and made neither too small nor larger than it.
 * @param {Window} window
 * @param {Size} size
 * @returns {Window}
 */
export function within({ x0, x1, y0, y1 }, { steps, cells }) {
  const [left, right] = span(x0, x1, steps, LEAST_STEPS), [top, bottom] = span(y0, y1, cells, LEAST_ROWS);
  return { x0: left, x1: right, y0: top, y1: bottom };
}

/** @param {number} low @param {number} high @param {number} most @param {number} least */
function span(low, high, most, least) {
  const size = clamp(high - low, Math.min(least, most), most), from = clamp(low, 0, most - size);
  return [from, from + size];
}

/** @param {Window} window @param {number} x steps @param {number} y rows @returns {Window} */
export const shifted = ({ x0, x1, y0, y1 }, x, y) => ({ x0: x0 + x, x1: x1 + x, y0: y0 + y, y1: y1 + y });

/**
 * The window, so many times nearer; what is at (fx, fy), in shares of it, stays there.
 * @param {Window} window
 * @param {number} fx
 * @param {number} fy
 * @param {number} nearerX
 * @param {number} nearerY
 * @param {Size} size
 * @returns {Window}
 */
export function zoomed({ x0, x1, y0, y1 }, fx, fy, nearerX, nearerY, { steps, cells }) {
  const x = x0 + fx * (x1 - x0), y = y0 + fy * (y1 - y0);
  const wide = clamp((x1 - x0) / nearerX, Math.min(LEAST_STEPS, steps), steps), tall = clamp((y1 - y0) / nearerY, Math.min(LEAST_ROWS, cells), cells);
  return { x0: x - fx * wide, x1: x + (1 - fx) * wide, y0: y - fy * tall, y1: y + (1 - fy) * tall };
}
