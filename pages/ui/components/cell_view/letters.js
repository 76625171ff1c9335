// The text that the network is told, above the map: each letter over the steps at which it is written, and below a hill as high as its share of the
// window's weight, which is a little ahead.

import { penOf, sharp } from "../shared/canvas.js";
import { clamp } from "../shared/numbers.js";
import { thickness } from "./paint.js";

/** @import { Layout } from "../shared/ink_layout.js" */
/** @import { Theme } from "../shared/theme.js" */
/** @import { CellData } from "./data.js" */
/** @import { Window } from "./window.js" */

const LETTERS = 18; // px of the row that the letters stand in, above the hills
const BLANK = "␣", BREAK = "↵";
const VEIL = 0.72; // how much of what is not meant is hidden

/**
 * The middle one of the steps from `first` to before `last` at which each letter is written; none for one that is not.
 * @param {Uint16Array} letter of each step
 * @param {number} first
 * @param {number} last
 */
export function middles(letter, first, last) {
  /** @type {Map<number, number[]>} */
  const steps = new Map();
  for (let t = first; t < last; t++) steps.set(letter[t], [...(steps.get(letter[t]) ?? []), t]);
  return new Map([...steps].map(([each, at]) => [each, at[at.length >> 1]]));
}

/** A character as it can be seen. @param {string} sign */
export const seen = (sign) => (sign === " " ? BLANK : sign === "\n" ? BREAK : sign);

/**
 * The row of letters, those that there is room for, over their hills.
 * @param {HTMLCanvasElement} canvas
 * @param {Window} frame
 * @param {CellData} data
 * @param {number} lit the letter that stands out
 * @param {Theme} theme
 */
export function paintLetters(canvas, frame, data, lit, theme) {
  const { pen, width, height } = sharp(canvas), { x0, x1 } = frame, { text, steps, arrays: { window, letter } } = data;
  const wide = width / (x1 - x0), foot = height - 1, tall = (foot - LETTERS) / 255;
  const first = Math.max(0, Math.floor(x0) - 1), last = Math.min(steps, Math.ceil(x1) + 1);
  text.forEach((_, u) => {
    const hill = new Path2D(), x = (/** @type {number} */ t) => (t + 0.5 - x0) * wide;
    hill.moveTo(x(first), foot);
    for (let t = first; t < last; t++) hill.lineTo(x(t), foot - window[t * text.length + u] * tall);
    hill.lineTo(x(last - 1), foot);
    pen.globalAlpha = u === lit ? 0.95 : u % 2 ? 0.32 : 0.16;
    pen.fillStyle = u === lit ? theme.accent : theme.text;
    pen.fill(hill);
  });
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  /** @type {[number, number][]} px from and to which there is a letter already */
  const taken = [], places = [...middles(letter, Math.floor(x0), Math.min(steps, Math.ceil(x1)))];
  for (const [each, step] of places.sort(([a], [b]) => Number(b === lit) - Number(a === lit))) {
    const isLit = each === lit, sign = seen(text[each]);
    pen.font = `${isLit ? "700 15px" : "500 13px"} ${theme.font}`;
    const half = pen.measureText(sign).width / 2, x = clamp((step + 0.5 - x0) * wide, half, width - half);
    if (taken.some(([left, right]) => x - half < right && x + half > left)) continue;
    taken.push([x - half - 1, x + half + 1]);
    pen.globalAlpha = isLit ? 1 : sign === BLANK || sign === BREAK ? 0.35 : 0.85;
    pen.fillStyle = isLit ? theme.accent : theme.text;
    pen.fillText(sign, x, LETTERS / 2);
  }
  pen.globalAlpha = 1;
}

/**
 * A veil over all columns but a letter's.
 * @param {HTMLCanvasElement} canvas that is painted already
 * @param {Window} frame
 * @param {Uint16Array} letter of each step
 * @param {number} picked letter
 * @param {Theme} theme
 */
export function veilColumns(canvas, { x0, x1 }, letter, picked, theme) {
  const pen = penOf(canvas), wide = canvas.clientWidth / (x1 - x0);
  pen.globalAlpha = VEIL;
  pen.fillStyle = theme.paper;
  for (let from = 0, to = 0; from < letter.length; from = to) {
    while (to < letter.length && letter[to] === letter[from]) to++;
    if (letter[from] !== picked) pen.fillRect((from - x0) * wide, 0, (to - from) * wide, canvas.clientHeight);
  }
  pen.globalAlpha = 1;
}

/**
 * A letter's ink alone, over the rest under a veil.
 * @param {HTMLCanvasElement} canvas that is painted already
 * @param {Layout} place
 * @param {CellData} data
 * @param {number} picked letter
 * @param {Theme} theme
 */
export function pickInk(canvas, place, { inked, arrays: { letter } }, picked, theme) {
  const pen = penOf(canvas), ink = new Path2D();
  pen.globalAlpha = VEIL;
  pen.fillStyle = theme.paper;
  pen.fillRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  letter.forEach((each, t) => {
    if (each !== picked || !inked[t + 1] || place.row[t] !== place.row[t + 1]) return;
    ink.moveTo(place.x[t], place.y[t]);
    ink.lineTo(place.x[t + 1], place.y[t + 1]);
  });
  pen.globalAlpha = 1;
  pen.lineWidth = thickness(place) + 1;
  pen.strokeStyle = theme.accent;
  pen.stroke(ink);
}
