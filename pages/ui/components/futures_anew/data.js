// What Python sends: hwmodel/views/futures_anew.py, DrawnWith and its numbers, which that file's sources explain.

/**
 * @typedef {object} DrawnWith
 * @property {number} bias
 * @property {number} seed
 * @property {number} full_turn radians to a side that have its full colour
 * @property {number} goes_on steps that the network writes along a chosen branch
 * @property {ForkNumbers} fork
 * @property {BranchNumbers} branch
 * @property {CurveNumbers} curve
 */

/**
 * @typedef {object} ForkNumbers hwmodel/futures/forks.py
 * @property {number} least_share
 * @property {number} least_gap
 * @property {number} least_cut
 * @property {number} apart points
 */

/**
 * @typedef {object} BranchNumbers hwmodel/futures/grouping.py
 * @property {number} marks
 * @property {number} most_branches
 * @property {number} least_share
 * @property {number} least_silhouette
 * @property {number} nearly_best
 * @property {number} grid cells of the next step's density to a side
 */

/**
 * @typedef {object} CurveNumbers which of the measures these are
 * @property {number} spread
 * @property {number} lifts
 */

/** @import { FuturesArrays, FuturesHeader } from "../futures_view/data.js" */

/** @typedef {{header: FuturesHeader, arrays: FuturesArrays}} Blob as the view of futures takes it */
/** @typedef {{points: Float32Array, pen_up: Uint8Array}} Ink row r of the points (rows, 2) is where the pen was after step r */

/** Offsets (T, 3) of an ink. @param {Ink} ink */
export function offsetsOf({ points, pen_up }) {
  const offsets = new Float32Array(3 * pen_up.length);
  for (let step = 0; step < pen_up.length; step++) {
    offsets[3 * step] = points[2 * step + 2] - points[2 * step];
    offsets[3 * step + 1] = points[2 * step + 3] - points[2 * step + 1];
    offsets[3 * step + 2] = pen_up[step];
  }
  return offsets;
}

/** The first rows of an ink, and what follows them. @param {Ink} ink @param {number} row the last that stays @param {Float32Array} offsets (T, 3) @returns {Ink} */
export function followedBy({ points, pen_up }, row, offsets) {
  const places = [...points.subarray(0, 2 * row + 2)], lifts = [...pen_up.subarray(0, row)];
  for (let at = 0; at < offsets.length; at += 3) {
    places.push(places[places.length - 2] + offsets[at], places[places.length - 1] + offsets[at + 1]);
    lifts.push(offsets[at + 2] > 0.5 ? 1 : 0);
  }
  return { points: Float32Array.from(places), pen_up: Uint8Array.from(lifts) };
}
