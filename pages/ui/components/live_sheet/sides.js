// Futures at a pen's tip, and on which side of the most likely way each goes.

/** @typedef {{x: Float32Array, y: Float32Array}} Way places from the tip, which is not one of them, in model units; it ends where the pen lifts */

/**
 * @param {Float32Array} offsets (N, S, 3)
 * @param {number} count N
 * @returns {Way[]}
 */
export function waysOf(offsets, count) {
  const steps = offsets.length / count / 3;
  return Array.from({ length: count }, (_, row) => {
    let length = 0;
    while (length < steps && !(length && offsets[3 * (row * steps + length - 1) + 2] > 0.5)) length++;
    const x = new Float32Array(length), y = new Float32Array(length);
    for (let step = 0, sumX = 0, sumY = 0; step < length; step++) {
      const at = 3 * (row * steps + step);
      x[step] = sumX += offsets[at];
      y[step] = sumY += offsets[at + 1];
    }
    return { x, y };
  });
}

/**
 * The most likely of some ways: the one with the least distance to all others' ends.
 * @param {Way[]} ways
 */
export function likeliest(ways) {
  const ends = ways.map(({ x, y }) => [x[x.length - 1], y[y.length - 1]]);
  const far = ends.map(([x, y]) => ends.reduce((sum, [otherX, otherY]) => sum + Math.hypot(x - otherX, y - otherY), 0));
  return far.indexOf(Math.min(...far));
}

/**
 * How far each way ends to the side of another, from -1, the whole of the left, to 1, as hwmodel/futures/values.py measures it: by the angle at the tip.
 * y grows downwards.
 * @param {Way[]} ways
 * @param {Way} straight
 * @param {number} fullTurn radians
 */
export function sidesOf(ways, straight, fullTurn) {
  return ways.map(({ x, y }) => {
    const last = x.length - 1, then = Math.min(last, straight.x.length - 1), alongX = straight.x[then], alongY = straight.y[then];
    const angle = Math.atan2(alongX * y[last] - alongY * x[last], alongX * x[last] + alongY * y[last]);
    return Math.max(-1, Math.min(1, angle / fullTurn));
  });
}
