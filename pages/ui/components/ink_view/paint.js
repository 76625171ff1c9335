// Ink on a canvas: curves through the middles between points, and one path a run of equal colour.

import { cssOf, rampOf } from "../shared/colour.js";
import { penOf, sharp } from "../shared/canvas.js";

/** @import { Layout } from "../shared/ink_layout.js" */
/** @import { Line } from "./data.js" */

const LEVELS = 256;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Layout} layout
 * @param {Line} line
 * @param {string[]} colours of the levels
 * @param {number} thickness px
 * @param {number} upto the last point that is painted
 */
export function paintInk(canvas, { x, y }, { inked, level }, colours, thickness, upto) {
  const { pen } = sharp(canvas), last = Math.min(upto, inked.length - 1);
  pen.lineWidth = thickness;
  /** @type {number | null} */
  let running = null;
  for (let i = 0; i <= last; i++) {
    const goesOn = i < last && inked[i + 1];
    if (!inked[i] && goesOn) continue; // its ink begins with the next point
    if (level[i] !== running) {
      if (running !== null) pen.stroke();
      pen.beginPath();
      pen.strokeStyle = colours[level[i]];
      running = level[i];
    }
    if (!inked[i]) {
      pen.moveTo(x[i], y[i]);
      pen.lineTo(x[i] + 0.01, y[i]); // a dot: canvases leave lines of no length out
      continue;
    }
    const atStart = !inked[i - 1], back = atStart ? 1 : 0.5;
    pen.moveTo(x[i] + (x[i - 1] - x[i]) * back, y[i] + (y[i - 1] - y[i]) * back);
    if (goesOn) pen.quadraticCurveTo(x[i], y[i], (x[i] + x[i + 1]) / 2, (y[i] + y[i + 1]) / 2);
    else pen.lineTo(x[i], y[i]);
  }
  if (running !== null) pen.stroke();
}

/**
 * Where the pen is: filled while it touches the paper.
 * @param {HTMLCanvasElement} canvas with the ink
 * @param {Layout} layout
 * @param {Line} line
 * @param {number} at the pen's point
 * @param {string} colour
 */
export function paintPen(canvas, layout, { inked }, at, colour) {
  const pen = penOf(canvas), i = Math.min(at, inked.length - 1);
  pen.beginPath();
  pen.arc(layout.x[i], layout.y[i], 4, 0, 2 * Math.PI);
  Object.assign(pen, { fillStyle: colour, strokeStyle: colour, lineWidth: 1.5 });
  if (inked[i]) pen.fill();
  else pen.stroke();
}

/**
 * The colours of all levels.
 * @param {string[]} palette
 * @param {boolean} spread see InkHeader
 * @returns {string[]}
 */
export function coloursOf(palette, spread) {
  return spread ? rampOf(palette, LEVELS - 1).map(cssOf) : Array.from({ length: LEVELS }, (_, level) => palette[level % palette.length]);
}
