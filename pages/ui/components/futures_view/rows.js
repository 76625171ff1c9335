// A long line in rows, as on a sheet: as large as the screen has room for.

import { inkedOf, layInk } from "../shared/ink_layout.js";
import { clamp } from "../shared/numbers.js";

const UNITS_A_ROW = 50; // about 200 points of writing
const LEAST_SCALE = 8, MOST_SCALE = 22; // px a model unit
const AROUND = 2.2; // model units above and below each row, for its futures

/**
 * The points (rows, 2), moved into rows that are so many pixels wide; they stay in model units.
 * @param {Float32Array} points
 * @param {Uint8Array} penUp
 * @param {number} width px
 */
export function inRows(points, penUp, width) {
  const scale = clamp(width / UNITS_A_ROW, LEAST_SCALE, MOST_SCALE);
  const laid = layInk(points, inkedOf(penUp), { width, margin: AROUND * scale, leastRow: 0, least: scale, filledAt: scale, most: 1.4 * scale });
  return Float32Array.from(points, (_, i) => (i % 2 ? laid.y[i >> 1] : laid.x[i >> 1]) / laid.scale);
}
