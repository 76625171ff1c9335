// A path that grows at one end: rounded corners, even spacing, smoothing and curvature, as hwmodel/ink/pen_path.py has them for a whole one.

/** @typedef {import("./data.js").PenNumbers} PenNumbers */
/** @typedef {{x: number[], y: number[]}} Path */

/** @returns {Path} */
export function emptyPath() {
  return { x: [], y: [] };
}

/**
 * Forget all but the first places.
 * @param {Path} path
 * @param {number} count
 */
export function trim(path, count) {
  path.x.length = path.y.length = count;
}

/**
 * Lay places `fine` apart along the smooth curve through the pen's places (Catmull and Rom 1974): of the curve that ends in place `to`, or, where
 * nothing comes after it, of the last curve and on to its very end.
 * @param {Path} fine grows
 * @param {Path} pen
 * @param {PenNumbers} numbers
 * @param {number} to
 * @param {boolean} isEnd
 */
export function growPath(fine, pen, numbers, to, isEnd) {
  if (!fine.x.length) {
    fine.x.push(pen.x[0]);
    fine.y.push(pen.y[0]);
  }
  for (let part = 1; to > 0 && part <= numbers.corner_parts; part++) {
    const t = part / numbers.corner_parts;
    walk(fine, onCurve(pen.x, to, t), onCurve(pen.y, to, t), numbers.fine, isEnd && part === numbers.corner_parts);
  }
}

/**
 * A coordinate on the curve from place to - 1 to place `to`.
 * @param {number[]} values
 * @param {number} to
 * @param {number} t from 0 to 1
 */
function onCurve(values, to, t) {
  const here = values[to - 1], there = values[to];
  const before = values[to - 2] ?? 2 * here - there, after = values[to + 1] ?? 2 * there - here;
  return here + (t / 2) * (there - before + t * (2 * before - 5 * here + 4 * there - after + t * (3 * (here - there) + after - before)));
}

/**
 * Go straight on to a place, and leave a mark wherever the last one is `apart` away; `last`: one at its end too.
 * @param {Path} fine
 * @param {number} x
 * @param {number} y
 * @param {number} apart
 * @param {boolean} last
 */
function walk({ x: xs, y: ys }, x, y, apart, last) {
  let fromX = xs[xs.length - 1], fromY = ys[ys.length - 1], away = Math.hypot(x - fromX, y - fromY);
  for (; away >= apart; away -= apart) {
    fromX += ((x - fromX) * apart) / away;
    fromY += ((y - fromY) * apart) / away;
    xs.push(fromX);
    ys.push(fromY);
  }
  if (last && (away > 1e-9 || xs.length < 2)) {
    xs.push(x);
    ys.push(y);
  }
}

/**
 * Half of a Gaussian's weights, from the middle outwards, three standard deviations far.
 * @param {number} sigma places
 */
export function weightsOf(sigma) {
  return Array.from({ length: Math.floor(3 * sigma) + 2 }, (_, i) => Math.exp(-0.5 * (i / sigma) ** 2));
}

/**
 * Smooth a path further: as far as its going on can change nothing, or to its end, which stays where it is, as the start does.
 * @param {Path} smooth grows
 * @param {Path} path
 * @param {number[]} weights
 * @param {boolean} toTheEnd
 */
export function growSmoothed(smooth, path, weights, toTheEnd) {
  const count = path.x.length, reach = Math.min(weights.length - 1, count - 1);
  const total = weights.slice(1, reach + 1).reduce((sum, weight) => sum + 2 * weight, weights[0]);
  const end = toTheEnd ? count : count - weights.length + 1;
  for (let i = smooth.x.length; i < end; i++) {
    let x = weights[0] * path.x[i], y = weights[0] * path.y[i];
    for (let away = 1; away <= reach; away++) {
      x += weights[away] * (beyond(path.x, i - away) + beyond(path.x, i + away));
      y += weights[away] * (beyond(path.y, i - away) + beyond(path.y, i + away));
    }
    smooth.x.push(x / total);
    smooth.y.push(y / total);
  }
}

/**
 * A coordinate of a path that goes on beyond its ends, turned about them.
 * @param {number[]} values
 * @param {number} i
 */
function beyond(values, i) {
  const last = values.length - 1;
  if (i < 0) return 2 * values[0] - values[-i];
  return i > last ? 2 * values[last] - values[2 * last - i] : values[i];
}

/**
 * Curvature at a place, in one over the path's units, by differences over evenly spaced places.
 * @param {Path} path
 * @param {number} i
 */
export function curvatureAt(path, i) {
  const [dx, dy] = velocity(path, i), last = path.x.length - 1, before = Math.max(0, i - 1), after = Math.min(last, i + 1);
  const [fromX, fromY] = velocity(path, before), [toX, toY] = velocity(path, after), apart = Math.max(1, after - before);
  const speed = Math.max(Math.hypot(dx, dy), 1e-9);
  return Math.abs(dx * (toY - fromY) - dy * (toX - fromX)) / apart / speed ** 3;
}

/**
 * @param {Path} path
 * @param {number} i
 * @returns {[number, number]} a place
 */
function velocity({ x, y }, i) {
  const before = Math.max(0, i - 1), after = Math.min(x.length - 1, i + 1), apart = Math.max(1, after - before);
  return [(x[after] - x[before]) / apart, (y[after] - y[before]) / apart];
}
