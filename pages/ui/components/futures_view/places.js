// Where things stand on the paper, in model units or on the screen.

import { placed } from "./camera.js";

/** @import { Box, Camera } from "./camera.js" */
/** @import { FanData, FuturesData } from "./data.js" */

const NEAR_PX = 12; // a future is meant when the pointer is so near
const BEFORE = 40; // rows before a fan's point that are shown with it
const FAR = 4; // model units beside a line: a single future that leaps farther makes nobody's picture smaller

/** A box around some rows of points. @param {Float32Array} points @param {number} first @param {number} last @returns {Box} */
export function boxAround(points, first, last) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (let row = first; row <= last; row++) take(box, points[2 * row], points[2 * row + 1]);
  return box;
}

/** @param {Box} box @param {number} x @param {number} y */
function take(box, x, y) {
  box.left = Math.min(box.left, x), box.right = Math.max(box.right, x);
  box.top = Math.min(box.top, y), box.bottom = Math.max(box.bottom, y);
}

/** A box with room around it, and at least so wide and tall before that. @param {Box} box @param {[number, number]} least @param {[number, number]} room @returns {Box} */
export function widened(box, least, room) {
  const wide = Math.max(0, least[0] - (box.right - box.left)) / 2 + room[0], tall = Math.max(0, least[1] - (box.bottom - box.top)) / 2 + room[1];
  return { left: box.left - wide, right: box.right + wide, top: box.top - tall, bottom: box.bottom + tall };
}

/** What is to be seen of the ink and its futures: the one point's where there is one, else all of the line. @param {FuturesData} data @returns {Box} */
export function boxOf(data) {
  const { points, start, samples, mode, last } = data, alone = start.length === 1;
  const ink = boxAround(points, mode === "fan" ? Math.max(0, start[0] - BEFORE) : 0, alone ? start[0] : last), box = { ...ink };
  for (let p = 0; p < start.length; p++) for (let n = 0; n < samples; n++) takeFuture(box, data, p, n);
  return alone ? widened(box, [10, 6], [1.5, 2]) : widened(within(box, widened(ink, [0, 0], [FAR, FAR])), [10, 6], [0.5, 0.5]);
}

/** Some of the ink and one future of the only start. @param {FuturesData} data @param {number} n @param {number} first row @returns {Box} */
export function boxOfFuture(data, n, first) {
  const box = boxAround(data.points, first, data.start[0]);
  takeFuture(box, data, 0, n);
  return widened(box, [3, 3], [0.4, 0.4]);
}

/** @param {Box} box @param {FuturesData} data @param {number} p start @param {number} n future */
function takeFuture(box, { points, start, paths, lengths, samples, steps, per_unit }, p, n) {
  const future = p * samples + n, x = points[2 * start[p]], y = points[2 * start[p] + 1];
  for (let at = future * steps; at < future * steps + lengths[future]; at++) take(box, x + paths[2 * at] / per_unit, y + paths[2 * at + 1] / per_unit);
}

/** What both boxes hold. @param {Box} box @param {Box} other @returns {Box} */
const within = (box, other) => ({
  left: Math.max(box.left, other.left), right: Math.min(box.right, other.right), top: Math.max(box.top, other.top), bottom: Math.min(box.bottom, other.bottom),
});

/** The branch of the future whose drawing passes nearest to a place on the screen. @param {FanData} fan @param {Camera} camera @param {number} x @param {number} y */
export function branchNear({ points, start, paths, lengths, steps, samples, per_unit, branch }, camera, x, y) {
  const part = camera.scale / per_unit, [startX, startY] = placed(points, start[0], camera), left = x - startX, top = y - startY;
  let best = /** @type {number | null} */ (null), least = NEAR_PX * NEAR_PX;
  for (let n = 0; n < samples; n++) {
    for (let s = 0; s < lengths[n]; s++) {
      const at = 2 * (n * steps + s), away = (paths[at] * part - left) ** 2 + (paths[at + 1] * part - top) ** 2;
      if (away < least) [best, least] = [branch[n], away];
    }
  }
  return best;
}

/**
 * The row that is nearest to a place on the screen, at most `reach` px away; `y` null: only across counts.
 * @param {FuturesData} data
 * @param {Camera} camera
 * @param {number} x
 * @param {number | null} y
 * @param {number} reach
 */
export function nearestRow({ points, last }, camera, x, y, reach = Infinity) {
  let best = /** @type {number | null} */ (null), least = reach * reach;
  for (let row = 1; row <= last; row++) {
    const [px, py] = placed(points, row, camera), away = (px - x) ** 2 + (y === null ? 0 : (py - y) ** 2);
    if (away < least) [best, least] = [row, away];
  }
  return best;
}
