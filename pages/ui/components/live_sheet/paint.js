// Sheet and map, painted: plain functions from what was written to canvases. Places are in model units, `scale` px a unit.

import { sharp } from "../shared/canvas.js";
import { cssOf, mixed } from "../shared/colour.js";
import { clamp } from "../shared/numbers.js";
import { shareOf } from "./data.js";
import { likeliest, sidesOf, waysOf } from "./sides.js";

/** @import { Theme } from "../shared/theme.js" */
/** @import { Pen } from "../shared/canvas.js" */
/** @import { LiveData } from "./data.js" */
/** @import { Futures, Place, Writing } from "./writing.js" */

const THIN = 2.2, THICKER = 4; // px of ink that was expected, and how much more where nothing was
const EXPECTED = -2.5, SURPRISING = 3; // nats of a step: about what a step costs on average, and what few reach
export const COLUMN = 3; // px of a step in the map

/**
 * How thick a step is drawn, in px: thicker where it surprised the network.
 * @param {number} nats
 */
export const thicknessOf = (nats) => THIN + THICKER * clamp((nats - EXPECTED) / (SURPRISING - EXPECTED), 0, 1) ** 1.5;

/**
 * The sheet's lines, and all that has been read, in the colours of a cell where one is chosen.
 * @param {HTMLCanvasElement} canvas
 * @param {Writing} writing
 * @param {{scale: number, base: number, guide: number, chosen: number | null}} look
 * @param {LiveData} data
 * @param {Theme} theme
 */
export function paintSheet(canvas, writing, look, data, theme) {
  const { pen, width } = sharp(canvas), { base, guide } = look;
  pen.strokeStyle = theme.line;
  pen.lineWidth = 1;
  line(pen, 0, base, width, base);
  pen.setLineDash([2, 6]);
  line(pen, 0, base - guide, width, base - guide);
  pen.setLineDash([]);
  paintInk(pen, writing, look, 0, data, theme);
}

/**
 * What has been read from a step on, over what is painted.
 * @param {Pen} pen
 * @param {Writing} writing
 * @param {{scale: number, chosen: number | null}} look
 * @param {number} first
 * @param {LiveData} data
 * @param {Theme} theme
 */
export function paintInk(pen, { points, lifts, heard }, { scale, chosen }, first, data, theme) {
  for (const isEdge of chosen === null ? [false] : [true, false]) {
    pen.globalAlpha = isEdge ? 0.45 : 1;
    for (let step = first; step < lifts.length; step++) {
      if (step && lifts[step - 1] && !(lifts[step] && same(points[step], points[step + 1]))) continue;
      pen.lineWidth = thicknessOf(heard.nats[step]) + (isEdge ? 1.6 : 0);
      pen.strokeStyle = isEdge || chosen === null ? theme.text : colourOf(data, theme, chosen, heard.cells[step][chosen]);
      const from = points[step], to = points[step + 1];
      line(pen, from.x * scale, from.y * scale, to.x * scale, to.y * scale);
    }
  }
  pen.globalAlpha = 1;
}

/** @param {LiveData} data @param {Theme} theme @param {number} cell @param {number} state */
const colourOf = ({ header, arrays }, theme, cell, state) => cssOf(mixed(header.ramp[theme.name], shareOf(arrays, cell, state)));

/** @param {Place} a @param {Place} b */
const same = (a, b) => a.x === b.x && a.y === b.y;

/** @param {Pen} pen @param {number} x @param {number} y @param {number} toX @param {number} toY */
function line(pen, x, y, toX, toY) {
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(toX, toY);
  pen.stroke();
}

/**
 * What moves: the way from what was read to the pen with the futures at its tip, or what the network would write, as far as it has come.
 * @param {HTMLCanvasElement} canvas
 * @param {Writing} writing
 * @param {number} scale
 * @param {number} shown steps of the guess
 * @param {LiveData} data
 * @param {Theme} theme
 */
export function paintMoving(canvas, writing, scale, shown, data, theme) {
  const { pen } = sharp(canvas), end = writing.points[writing.points.length - 1];
  if (writing.futures && end) paintFutures(pen, end, writing.futures, scale, data, theme);
  else if (writing.guess.length) paintGuess(pen, end ?? writing.emptyStart, writing.guess, scale, shown, writing.points.length > 0, theme);
}

/**
 * @param {Pen} pen
 * @param {Place} end of what was read
 * @param {Futures} futures
 * @param {number} scale
 * @param {LiveData} data
 * @param {Theme} theme
 */
function paintFutures(pen, { x, y }, { tail, offsets, count }, scale, { header }, theme) {
  pen.strokeStyle = theme.text;
  for (let step = 0; step < tail.offsets.length / 3; step++) {
    pen.lineWidth = thicknessOf(tail.nats[2 * step] + tail.nats[2 * step + 1]);
    const toX = x + tail.offsets[3 * step], toY = y + tail.offsets[3 * step + 1];
    line(pen, x * scale, y * scale, toX * scale, toY * scale);
    x = toX;
    y = toY;
  }
  const ways = waysOf(offsets, count), straight = likeliest(ways), sides = sidesOf(ways, ways[straight], header.full_turn);
  pen.globalAlpha = 0.75;
  pen.lineWidth = 1.3;
  for (const [row, way] of ways.entries()) {
    pen.strokeStyle = cssOf(mixed(header.sides[theme.name], (sides[row] + 1) / 2));
    pen.beginPath();
    pen.moveTo(x * scale, y * scale);
    for (let step = 0; step < way.x.length; step++) pen.lineTo((x + way.x[step]) * scale, (y + way.y[step]) * scale);
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

/**
 * @param {Pen} pen
 * @param {Place} start
 * @param {Float32Array} guess (T, 3)
 * @param {number} scale
 * @param {number} shown steps
 * @param {boolean} isLifted before it begins: the way to its first stroke is no ink
 * @param {Theme} theme
 */
function paintGuess(pen, start, guess, scale, shown, isLifted, theme) {
  let { x, y } = start, lifted = isLifted;
  pen.strokeStyle = theme.accent;
  pen.globalAlpha = 0.5;
  pen.lineWidth = THIN;
  pen.beginPath();
  pen.moveTo(x * scale, y * scale);
  for (let step = 0; step < Math.min(shown, guess.length / 3); step++) {
    x += guess[3 * step];
    y += guess[3 * step + 1];
    if (lifted) pen.moveTo(x * scale, y * scale);
    else pen.lineTo(x * scale, y * scale);
    lifted = guess[3 * step + 2] > 0.5;
  }
  pen.stroke();
  pen.globalAlpha = 1;
}

/**
 * The cells in their order, a column for each step that was read and then for the pen's way from there; the last columns where there is no room for all.
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLCanvasElement} image as `growImage` makes it
 * @param {number} columns of it
 * @param {number | null} row that is chosen
 * @param {number} rows
 * @param {Theme} theme
 */
export function paintMap(canvas, image, columns, row, rows, theme) {
  const { pen, width, height } = sharp(canvas), shown = Math.min(columns, Math.floor(width / COLUMN));
  pen.globalAlpha = 0.35;
  pen.fillStyle = theme.line;
  pen.fillRect(0, 0, width, height);
  pen.globalAlpha = 1;
  if (shown) pen.drawImage(image, columns - shown, 0, shown, rows, 0, 0, shown * COLUMN, height);
  if (row === null) return;
  const y = ((row + 0.5) / rows) * height;
  pen.strokeStyle = theme.paper;
  pen.lineWidth = 3;
  line(pen, 0, y, width, y);
  pen.strokeStyle = theme.text;
  pen.lineWidth = 1;
  line(pen, 0, y, width, y);
}

/**
 * Put cell states into columns of an image whose rows are the cells in their order.
 * @param {HTMLCanvasElement} image
 * @param {number} column the first
 * @param {Float32Array[]} cells (H,) each
 * @param {LiveData} data
 * @param {Uint32Array} words colours of the ramp, as an image's data
 */
export function putColumns(image, column, cells, { arrays }, words) {
  if (!cells.length) return;
  const pen = /** @type {Pen} */ (image.getContext("2d")), pixels = pen.createImageData(cells.length, arrays.permutation.length);
  const target = new Uint32Array(pixels.data.buffer);
  for (let row = 0; row < arrays.permutation.length; row++) {
    const cell = arrays.permutation[row];
    for (let at = 0; at < cells.length; at++) {
      target[row * cells.length + at] = words[Math.round(shareOf(arrays, cell, cells[at][cell]) * (words.length - 1))];
    }
  }
  pen.putImageData(pixels, column, 0);
}
