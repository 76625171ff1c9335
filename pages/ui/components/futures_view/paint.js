// Ink, futures and curves, in the theme's colours.

import { dot, sharp } from "../shared/canvas.js";
import { clamp } from "../shared/numbers.js";
import { placed } from "./camera.js";

/** @import { Pen } from "../shared/canvas.js" */
/** @import { Theme } from "../shared/theme.js" */
/** @import { Camera } from "./camera.js" */
/** @import { FuturesData } from "./data.js" */

/**
 * Ink from one row of the points to another.
 * @param {Pen} pen
 * @param {FuturesData} data
 * @param {Camera} camera
 * @param {number} first row
 * @param {number} last row
 * @param {number} thickness px
 * @param {(row: number) => string} colourAt of the movement that ends there
 */
export function drawInk(pen, { points, pen_up }, camera, first, last, thickness, colourAt) {
  pen.lineWidth = thickness;
  let colour = "", open = false;
  const flush = () => open && pen.stroke();
  for (let row = first + 1; row <= last; row++) {
    const [x, y] = placed(points, row, camera), [beforeX, beforeY] = placed(points, row - 1, camera);
    if (row > 1 && pen_up[row - 2]) {
      if (!pen_up[row - 1]) continue;
      flush();
      open = false; // a dot is a path of its own
      dot(pen, x, y, thickness, colourAt(row));
      continue;
    }
    const wanted = colourAt(row);
    if (wanted !== colour || !open) {
      flush();
      pen.beginPath();
      pen.strokeStyle = colour = wanted;
      open = true;
    }
    pen.moveTo(beforeX, beforeY);
    pen.lineTo(x + (x === beforeX && y === beforeY ? 0.01 : 0), y); // canvases leave lines of no length out
  }
  flush();
}

/**
 * The futures of start p, as lines.
 * @param {Pen} pen
 * @param {FuturesData} data
 * @param {Camera} camera
 * @param {number} p
 * @param {(n: number) => {colour: string, alpha: number, width: number} | null} styleOf null leaves a future out
 */
export function drawFutures(pen, { points, pen_up, start, paths, lengths, samples, steps, per_unit, air }, camera, p, styleOf) {
  const row = start[p], [x, y] = placed(points, row, camera), part = camera.scale / per_unit;
  for (let n = 0; n < samples; n++) {
    const style = styleOf(n);
    if (!style) continue;
    const future = p * samples + n;
    pen.beginPath();
    let at = future * steps * 2;
    if (!pen_up[row - 1]) pen.moveTo(x, y);
    for (let s = 0; s < lengths[future]; s++, at += 2) {
      const nextX = x + paths[at] * part, nextY = y + paths[at + 1] * part;
      if (air?.[future * steps + s]) pen.moveTo(nextX, nextY);
      else pen.lineTo(nextX, nextY);
    }
    Object.assign(pen, { strokeStyle: style.colour, globalAlpha: style.alpha, lineWidth: style.width });
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

/**
 * A ring around a point, that is seen on any ground.
 * @param {Pen} pen
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string} colour
 * @param {string} paper
 */
export function ring(pen, x, y, radius, colour, paper) {
  for (const { lineWidth, strokeStyle } of [{ lineWidth: 4.5, strokeStyle: paper }, { lineWidth: 2, strokeStyle: colour }]) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    Object.assign(pen, { lineWidth, strokeStyle });
    pen.stroke();
  }
}

/**
 * One measure along the line, from its low to its high.
 * @typedef {object} Curve
 * @property {Float32Array} values of each start, NaN where there is none
 * @property {number} low
 * @property {number} high
 * @property {(value: number) => string} colourOf
 */

/** @typedef {{first: number, last: number}} Span of starts */
/** @typedef {{chosen: number, hovered: number | null, forks: number[]}} Marks starts */
/** @typedef {{value: (value: number) => string, name: string, first: string, last: string}} AxisWords */

/**
 * A piece of a curve with forks as small triangles on top. Returns where its frame lies.
 * @param {HTMLCanvasElement} canvas
 * @param {Curve} curve
 * @param {Span} span
 * @param {Marks} marks
 * @param {AxisWords} words
 * @param {Theme} theme
 */
export function drawCurve(canvas, { values, low, high, colourOf }, { first, last }, { chosen, hovered, forks }, words, theme) {
  const { pen, width, height } = sharp(canvas), left = 44, right = width - 8, top = 30, bottom = height - 20, count = last - first + 1;
  /** @param {number} p */
  const x = (p) => left + ((p - first + 0.5) / count) * (right - left);
  /** @param {number} value */
  const y = (value) => bottom - clamp((value - low) / (high - low || 1), 0, 1) * (bottom - top);
  pen.font = `11px ${theme.font}`;
  Object.assign(pen, { fillStyle: theme.text, textAlign: "right", textBaseline: "middle", globalAlpha: 0.75 });
  for (const value of [low, high]) pen.fillText(words.value(value), left - 6, y(value));
  pen.fillText(words.last, right, height - 8);
  pen.textAlign = "left";
  pen.fillText(words.first, left, height - 8);
  pen.fillText(words.name, left, 8);
  Object.assign(pen, { globalAlpha: 1, strokeStyle: theme.line, lineWidth: 1 });
  pen.strokeRect(left, top, right - left, bottom - top);
  pen.lineWidth = 1.6;
  for (let p = first + 1; p <= last; p++) {
    if (Number.isNaN(values[p]) || Number.isNaN(values[p - 1])) continue;
    pen.beginPath();
    pen.strokeStyle = colourOf(values[p]);
    pen.moveTo(x(p - 1), y(values[p - 1]));
    pen.lineTo(x(p), y(values[p]));
    pen.stroke();
  }
  const inside = (/** @type {number | null} */ p) => p !== null && p >= first && p <= last;
  for (const p of forks) if (inside(p)) triangle(pen, x(p), top - 3, theme.text);
  for (const { p, colour } of [{ p: chosen, colour: theme.accent }, { p: hovered, colour: theme.text }]) {
    if (p === null || !inside(p)) continue;
    Object.assign(pen, { strokeStyle: colour, lineWidth: 1.2 });
    pen.strokeRect(x(p), top, 0, bottom - top);
    if (!Number.isNaN(values[p])) dot(pen, x(p), y(values[p]), 7, colour);
  }
  return { left, right };
}

/** Pointing down, its tip at (x, y). @param {Pen} pen @param {number} x @param {number} y @param {string} colour */
export function triangle(pen, x, y, colour) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x - 4.5, y - 8);
  pen.lineTo(x + 4.5, y - 8);
  pen.fill();
}
