// The text that the network is told, above the map: each letter over the steps at which it is written, and below a hill as high as its share of the
// window's weight, which is a little ahead.

import { penOf, sharp } from "../shared/canvas.js";
import { escaped } from "../shared/dom.js";
import { clamp } from "../shared/numbers.js";
import { thickness } from "./paint.js";

/** @import { Layout } from "../shared/ink_layout.js" */
/** @import { Theme } from "../shared/theme.js" */
/** @import { CellData } from "./data.js" */
/** @import { Window } from "./window.js" */

const LETTERS = 18; // px of the row that the letters stand in, above the hills
const BLANK = "␣", BREAK = "↵";
const SVG_HALF = 4; // px of half a letter in a drawing
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
 * A hill of one letter, as the data of an SVG path: its share at the steps from `first` to before `last`.
 * @param {CellData} data
 * @param {number} letter
 * @param {number} first
 * @param {number} last
 * @param {(step: number) => number} x px
 * @param {number} height px of the row
 */
function hill({ text, arrays: { window } }, letter, first, last, x, height) {
  const foot = height - 1, tall = (foot - LETTERS) / 255, at = (/** @type {number} */ value) => value.toFixed(1), points = [];
  for (let t = first; t < last; t++) points.push(`${at(x(t))} ${at(foot - window[t * text.length + letter] * tall)}`);
  return `M${[`${at(x(first))} ${foot}`, ...points, `${at(x(last - 1))} ${foot}`].join("L")}Z`;
}

/**
 * Where there is room for which letters, `lit` before the others.
 * @param {CellData} data
 * @param {number} first step
 * @param {number} last the one after
 * @param {number} lit letter
 * @param {(step: number) => number} x px
 * @param {(sign: string, isLit: boolean) => number} halfOf px of half a letter
 * @param {number} width px
 */
function placed({ text, arrays }, first, last, lit, x, halfOf, width) {
  /** @type {[number, number][]} px from and to which there is a letter already */
  const taken = [], steps = [...middles(arrays.letter, first, last)].sort(([a], [b]) => Number(b === lit) - Number(a === lit));
  return steps.flatMap(([letter, step]) => {
    const isLit = letter === lit, sign = seen(text[letter]), half = halfOf(sign, isLit), at = clamp(x(step), half, width - half);
    if (taken.some(([left, right]) => at - half < right && at + half > left)) return [];
    taken.push([at - half - 1, at + half + 1]);
    return [{ sign, isLit, at, alpha: isLit ? 1 : sign === BLANK || sign === BREAK ? 0.35 : 0.85 }];
  });
}

const shade = (/** @type {number} */ letter) => (letter % 2 ? 0.32 : 0.16); // of a hill, so that neighbours can be told apart

/**
 * The row of letters, those that there is room for, over their hills.
 * @param {HTMLCanvasElement} canvas
 * @param {Window} frame
 * @param {CellData} data
 * @param {number} lit the letter that stands out
 * @param {Theme} theme
 */
export function paintLetters(canvas, { x0, x1 }, data, lit, theme) {
  const { pen, width, height } = sharp(canvas), x = (/** @type {number} */ t) => ((t + 0.5 - x0) * width) / (x1 - x0);
  const first = Math.floor(x0), last = Math.min(data.steps, Math.ceil(x1));
  data.text.forEach((_, u) => {
    pen.globalAlpha = u === lit ? 0.95 : shade(u);
    pen.fillStyle = u === lit ? theme.accent : theme.text;
    pen.fill(new Path2D(hill(data, u, Math.max(0, first - 1), Math.min(data.steps, last + 1), x, height)));
  });
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const font = (/** @type {boolean} */ isLit) => `${isLit ? "700 15px" : "500 13px"} ${theme.font}`;
  const halfOf = (/** @type {string} */ sign, /** @type {boolean} */ isLit) => ((pen.font = font(isLit)), pen.measureText(sign).width / 2);
  for (const { sign, isLit, at, alpha } of placed(data, first, last, lit, x, halfOf, width)) {
    pen.font = font(isLit);
    pen.globalAlpha = alpha;
    pen.fillStyle = isLit ? theme.accent : theme.text;
    pen.fillText(sign, at, LETTERS / 2);
  }
  pen.globalAlpha = 1;
}

/**
 * The same as SVG, without a letter that stands out.
 * @param {CellData} data
 * @param {number} first step
 * @param {number} last the one after
 * @param {number} width px
 * @param {number} height px
 */
export function drawnLetters(data, first, last, width, height) {
  const x = (/** @type {number} */ t) => ((t + 0.5 - first) * width) / (last - first);
  const hills = data.text.map((_, u) => `<path d="${hill(data, u, first, last, x, height)}" fill-opacity="${shade(u)}"/>`);
  const signs = placed(data, first, last, -1, x, () => SVG_HALF, width);
  return hills.join("") + signs.map(({ sign, at, alpha }) => `<text x="${at.toFixed(1)}" y="13" text-anchor="middle" fill-opacity="${alpha}">${escaped(sign)}</text>`).join("");
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
