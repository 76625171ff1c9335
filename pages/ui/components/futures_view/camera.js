// Where one looks: screen = model * scale + (x, y), in CSS pixels.

import { clamp } from "../shared/numbers.js";

/** @typedef {{scale: number, x: number, y: number}} Camera */
/** @typedef {{left: number, right: number, top: number, bottom: number}} Box in model units */

const MOST_SCALE = 400; // px a model unit
const MOST_FITTED = 60;
const EDGE = 40; // px of the box that stay in sight

/** The camera that shows a box whole, in the middle. @param {Box} box @param {number} width @param {number} height @returns {Camera} */
export function fitted(box, width, height) {
  const scale = Math.min(width / (box.right - box.left), height / (box.bottom - box.top), MOST_FITTED);
  return { scale, x: (width - scale * (box.left + box.right)) / 2, y: (height - scale * (box.top + box.bottom)) / 2 };
}

/**
 * The camera so many times nearer; what is at (x, y) on the screen stays there.
 * @param {Camera} camera
 * @param {number} factor
 * @param {number} x
 * @param {number} y
 * @param {number} least scale
 * @returns {Camera}
 */
export function zoomed(camera, factor, x, y, least) {
  const scale = clamp(camera.scale * factor, least, MOST_SCALE), by = scale / camera.scale;
  return { scale, x: x - (x - camera.x) * by, y: y - (y - camera.y) * by };
}

/** The camera, moved so that some of the box stays in sight. @param {Camera} camera @param {Box} box @param {number} width @param {number} height @returns {Camera} */
export function kept({ scale, x, y }, box, width, height) {
  return {
    scale,
    x: clamp(x, EDGE - scale * box.right, width - EDGE - scale * box.left),
    y: clamp(y, EDGE - scale * box.bottom, height - EDGE - scale * box.top),
  };
}

/** Where a row of points is on the screen. @param {Float32Array} points @param {number} row @param {Camera} camera @returns {[number, number]} */
export const placed = (points, row, { scale, x, y }) => [points[2 * row] * scale + x, points[2 * row + 1] * scale + y];
