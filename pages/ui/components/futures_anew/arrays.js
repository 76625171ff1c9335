// Futures as the view takes them, as hwmodel/views/futures_view.py makes them of numbers.

import { clamp } from "../shared/numbers.js";
import { clearness, forksOf } from "./forks.js";

/** @import { FuturesArrays, FuturesHeader } from "../futures_view/data.js" */
/** @import { DrawnWith, Ink } from "./data.js" */

/**
 * The arrays that every mode has.
 * @param {Ink} ink
 * @param {Int32Array} start (P,) rows of the ink
 * @param {Float32Array[]} offsets of each start, (N, S, 3)
 * @param {FuturesHeader} header of the view: its samples, steps and units
 * @param {DrawnWith} numbers
 * @returns {FuturesArrays}
 */
export function arraysOf(ink, start, offsets, { samples, steps, per_unit, no_side, mode }, { full_turn, fork }) {
  const count = start.length * samples, { points, pen_up } = ink, isWhole = mode === "whole";
  const paths = new Int16Array(2 * count * steps), lengths = new Uint16Array(count), lifted = new Uint8Array(count), side = new Int8Array(count);
  const ends = new Float32Array(2 * count), air = new Uint8Array(isWhole ? count * steps : 0);
  for (let future = 0; future < count; future++) {
    const p = Math.floor(future / samples), own = offsets[p], from = 3 * steps * (future % samples);
    let x = 0, y = 0, length = 0;
    for (let step = 0; step < steps; step++) {
      const at = from + 3 * step, to = 2 * (future * steps + step), isOver = length > 0 && !isWhole; // what is not drawn stays where it ends
      if (!isOver) (x += own[at]), (y += own[at + 1]);
      paths[to] = clamp(Math.round(x * per_unit), -32768, 32767);
      paths[to + 1] = clamp(Math.round(y * per_unit), -32768, 32767);
      if (isWhole) air[future * steps + step] = step ? Number(own[at - 1] > 0.5) : pen_up[start[p] - 1];
      if (!length) ends.set([x, y], 2 * future);
      if (!length && own[at + 2] > 0.5) length = step + 1;
    }
    lifted[future] = Number(length > 0);
    lengths[future] = isWhole ? steps : length || steps;
    const angle = angleAt(points, start[p], length || steps, ends[2 * future], ends[2 * future + 1]);
    side[future] = angle === null ? no_side : Math.round(clamp((angle / full_turn) * 100, -100, 100));
  }
  const clear = isWhole ? [] : Array.from(start, (_, p) => clearness(ends.subarray(2 * p * samples, 2 * (p + 1) * samples), fork));
  return { points, pen_up, start, paths, lengths, lifted, side, forks: forksOf(start, clear, fork), ...(isWhole ? { air } : {}) };
}

/**
 * How far a future ends to the side of where the pen was after as many steps, in radians; null where that is not known.
 * @param {Float32Array} points
 * @param {number} row
 * @param {number} length
 * @param {number} x of the future's end, from the row
 * @param {number} y
 */
function angleAt(points, row, length, x, y) {
  const then = row + length;
  if (2 * then >= points.length) return null;
  const realX = points[2 * then] - points[2 * row], realY = points[2 * then + 1] - points[2 * row + 1];
  return (realX || realY) && (x || y) ? Math.atan2(realX * y - realY * x, realX * x + realY * y) : null;
}

/**
 * The measures' curves (measures, P) at some starts, with those that come from the futures taken anew; surprise and entropy are the network's own.
 * @param {Float32Array} curves at all starts
 * @param {number} starts how many these are
 * @param {number[]} chosen which of them
 * @param {FuturesArrays} arrays of the chosen ones
 * @param {FuturesHeader} header
 * @param {DrawnWith} numbers
 */
export function curvesOf(curves, starts, chosen, { paths, lengths, lifted }, { samples, steps, per_unit }, { curve }) {
  const found = new Float32Array((curves.length / starts) * chosen.length);
  for (let i = 0; i < found.length; i++) found[i] = curves[Math.floor(i / chosen.length) * starts + chosen[i % chosen.length]];
  for (const p of chosen.keys()) {
    let x = 0, y = 0, square = 0, lifts = 0;
    for (let future = p * samples; future < (p + 1) * samples; future++) {
      const end = 2 * (future * steps + lengths[future] - 1), endX = paths[end] / per_unit, endY = paths[end + 1] / per_unit;
      (x += endX / samples), (y += endY / samples), (square += (endX ** 2 + endY ** 2) / samples), (lifts += lifted[future] / samples);
    }
    found[curve.spread * chosen.length + p] = Math.sqrt(Math.max(0, square - x * x - y * y));
    found[curve.lifts * chosen.length + p] = lifts;
  }
  return found;
}
