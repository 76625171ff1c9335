// From a pen that moves to offsets for the network, as hwmodel/ink/pen_path.py makes them of whole strokes, and only as far as they are settled:
// what is yet to come changes no offset that was given out. What lies between is told as a tail, anew with each movement.
//
// Two things differ from a whole stroke's reading: points while smoothing are exactly `fine` apart but for the last, and the number of steps is made
// whole at the stroke's end alone.

import { curvatureAt, emptyPath, growPath, growSmoothed, trim, weightsOf } from "./path.js";

/** @typedef {import("./data.js").PenNumbers} PenNumbers */
/** @typedef {import("./path.js").Path} Path */

/**
 * Offsets (T, 3), three numbers each, in model units.
 * @typedef {object} Movement
 * @property {Float32Array} settled since the last time
 * @property {Float32Array} tail from there to where the pen is; after the pen has lifted there is none
 */

/** @typedef {{x: number, y: number}} Place */

/**
 * A stroke being made. Row i of all paths is a place `fine` further along than row i - 1.
 * @typedef {object} Stroke
 * @property {Path} pen places where the pen was, without repeats
 * @property {Path} fine
 * @property {Path} smooth
 * @property {Path} bend smoothed again, for its curvature
 * @property {number[]} along length of the smooth path
 * @property {number[]} pace length of a step
 * @property {number[]} steps that a pen takes to each place
 * @property {number} given whole steps that were given out, the first point not counted
 * @property {boolean} begun the first point was given out
 */

/**
 * A pen over a sheet on which a model unit is `pxPerUnit` px, and on which the ink so far ends at `last`, in model units, if there is any.
 * @param {PenNumbers} numbers
 * @param {number} pxPerUnit
 * @param {Place | null} [last]
 */
export function startPen(numbers, pxPerUnit, last = null) {
  const sigma = Math.hypot(numbers.smooth_px / pxPerUnit, numbers.smooth) / numbers.fine;
  const kernels = { path: weightsOf(sigma), turns: weightsOf(numbers.smooth_turns / numbers.fine) };
  /** @type {Stroke | null} */
  let stroke = null;

  /**
   * @param {Stroke} stroke
   * @param {ArrayLike<number>} px (n, 2)
   */
  function take(stroke, px) {
    const { x, y } = stroke.pen;
    for (let i = 0; i < px.length; i += 2) {
      const nextX = px[i] / pxPerUnit, nextY = px[i + 1] / pxPerUnit;
      if (x.length && x[x.length - 1] === nextX && y[y.length - 1] === nextY) continue;
      x.push(nextX);
      y.push(nextY);
      growPath(stroke.fine, stroke.pen, numbers, x.length - 2, false);
    }
  }

  /** @param {boolean} lifted */
  function movement(lifted) {
    if (!stroke) throw new Error("the pen is not down");
    const settled = settledPoints(stroke, numbers, kernels), from = settled.length ? settled[settled.length - 1] : last;
    const tail = tailPoints(stroke, numbers, kernels);
    const first = offsetsOf(last, settled), rest = offsetsOf(from, tail);
    if (lifted && !rest.length) rest.push(0, 0, 1); // a dot where the ink starts
    if (lifted) rest[rest.length - 1] = 1;
    last = (lifted ? tail.at(-1) : null) ?? from;
    if (lifted) stroke = null;
    return { settled: Float32Array.from(lifted ? [...first, ...rest] : first), tail: Float32Array.from(lifted ? [] : rest) };
  }

  /**
   * @param {Place | null} from
   * @param {Place[]} places
   */
  function offsetsOf(from, places) {
    /** @type {number[]} */
    const offsets = [];
    for (const place of places) {
      if (from) offsets.push(place.x - from.x, place.y - from.y, 0);
      from = place;
    }
    return offsets;
  }

  return {
    /**
     * The pen sets down.
     * @param {number} x px
     * @param {number} y px
     * @returns {Movement}
     */
    down(x, y) {
      stroke = { pen: emptyPath(), fine: emptyPath(), smooth: emptyPath(), bend: emptyPath(), along: [], pace: [], steps: [], given: 0, begun: false };
      take(stroke, [x, y]);
      return movement(false);
    },
    /**
     * It moves through places (n, 2) in px, all those between two frames at once. Throws where the pen is not down.
     * @param {ArrayLike<number>} px
     * @returns {Movement}
     */
    move(px) {
      if (stroke) take(stroke, px);
      return movement(false);
    },
    /**
     * It lifts where it was last. Throws where it is not down.
     * @returns {Movement}
     */
    up: () => movement(true),
  };
}

/**
 * @param {Stroke} stroke
 * @param {PenNumbers} numbers
 * @param {{path: number[], turns: number[]}} kernels
 * @returns {Place[]} points that have settled since the last time
 */
function settledPoints(stroke, numbers, kernels) {
  if (stroke.pen.x.length < 2) return []; // it may yet be a dot
  const points = stroke.begun ? [] : [onGrid(stroke.pen.x[0], stroke.pen.y[0], numbers.grid)];
  stroke.begun = true;
  growSteps(stroke, numbers, kernels, false);
  const total = stroke.steps.at(-1) ?? 0;
  while (stroke.given + 1 <= total) points.push(pointAt(stroke, ++stroke.given, numbers.grid));
  return points;
}

/**
 * @param {Stroke} stroke
 * @param {PenNumbers} numbers
 * @param {{path: number[], turns: number[]}} kernels
 * @returns {Place[]} points from the last settled one to the pen, were it to lift now
 */
function tailPoints(stroke, numbers, kernels) {
  const { pen, fine, smooth, bend, along, pace, steps, given } = stroke;
  if (pen.x.length < 2) return [onGrid(pen.x[0], pen.y[0], numbers.grid)];
  const kept = { fine: fine.x.length, smooth: smooth.x.length, bend: bend.x.length, steps: steps.length };
  growPath(fine, pen, numbers, pen.x.length - 1, true);
  growSteps(stroke, numbers, kernels, true);
  const rest = steps[steps.length - 1] - given, count = Math.max(1, Math.round(rest));
  const points = Array.from({ length: count }, (_, i) => pointAt(stroke, given + (rest * (i + 1)) / count, numbers.grid));
  trim(fine, kept.fine);
  trim(smooth, kept.smooth);
  trim(bend, kept.bend);
  along.length = pace.length = steps.length = kept.steps;
  return points;
}

/**
 * Go on with smoothing, curvature and steps: as far as they are settled, or to the end of the fine path, as if the stroke ended there.
 * @param {Stroke} stroke
 * @param {PenNumbers} numbers
 * @param {{path: number[], turns: number[]}} kernels
 * @param {boolean} toTheEnd
 */
function growSteps({ fine, smooth, bend, along, pace, steps }, numbers, kernels, toTheEnd) {
  growSmoothed(smooth, fine, kernels.path, toTheEnd);
  growSmoothed(bend, smooth, kernels.turns, toTheEnd);
  const end = toTheEnd ? bend.x.length : bend.x.length - 2; // a curvature takes two places on either side
  for (let i = steps.length; i < end; i++) {
    const length = i ? Math.hypot(smooth.x[i] - smooth.x[i - 1], smooth.y[i] - smooth.y[i - 1]) : 0;
    along.push(i ? along[i - 1] + length : 0);
    const straight = numbers.straight_step * (1 - numbers.start_slower * Math.exp(-along[i] / numbers.start_length));
    pace.push(straight * (1 + curvatureAt(bend, i) / numbers.turn_curvature) ** -numbers.turn_power);
    steps.push(i ? steps[i - 1] + (2 * length) / (pace[i] + pace[i - 1]) : 0);
  }
}

/**
 * Where a pen is after so many steps.
 * @param {Stroke} stroke
 * @param {number} step
 * @param {number} grid
 */
function pointAt({ smooth, steps }, step, grid) {
  let low = 0, high = steps.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (steps[middle] < step) low = middle;
    else high = middle;
  }
  const gap = steps[high] - steps[low], t = gap > 0 ? Math.min(1, (step - steps[low]) / gap) : 0;
  return onGrid(smooth.x[low] + t * (smooth.x[high] - smooth.x[low]), smooth.y[low] + t * (smooth.y[high] - smooth.y[low]), grid);
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} grid places in one model unit
 * @returns {Place}
 */
function onGrid(x, y, grid) {
  return { x: Math.round(x * grid) / grid, y: Math.round(y * grid) / grid };
}
