// Where futures part into two ways, as hwmodel/futures/forks.py finds it.

/** @import { ForkNumbers } from "./data.js" */

/**
 * How clearly some ends part into two groups with a gap between them, in model units; 0 where they do not. Otsu's threshold (1979) along the direction in
 * which they differ most.
 * @param {ArrayLike<number>} ends (N, 2)
 * @param {ForkNumbers} numbers
 */
export function clearness(ends, { least_share, least_gap, least_cut }) {
  const count = ends.length / 2;
  let meanX = 0, meanY = 0, xx = 0, yy = 0, xy = 0;
  for (let n = 0; n < count; n++) (meanX += ends[2 * n] / count), (meanY += ends[2 * n + 1] / count);
  for (let n = 0; n < count; n++) {
    const x = ends[2 * n] - meanX, y = ends[2 * n + 1] - meanY;
    (xx += x * x), (yy += y * y), (xy += x * y);
  }
  const turn = 0.5 * Math.atan2(2 * xy, xx - yy), cos = Math.cos(turn), sin = Math.sin(turn);
  const along = Float64Array.from({ length: count }, (_, n) => (ends[2 * n] - meanX) * cos + (ends[2 * n + 1] - meanY) * sin).sort();
  const variance = along.reduce((sum, value) => sum + value * value, 0) / count;
  if (variance <= 1e-12) return 0;
  let most = -1, gap = 0, share = 0, sum = 0;
  for (let low = 1; low < count; low++) {
    sum += along[low - 1];
    const apart = -sum / (count - low) - sum / low, between = ((low * (count - low)) / count ** 2) * apart ** 2;
    if (between > most) (most = between), (gap = apart), (share = Math.min(low, count - low) / count);
  }
  const explained = most / variance;
  return explained >= least_cut && share >= least_share && gap >= least_gap ? explained * gap : 0;
}

/**
 * Those rows whose futures fork, in their order: of rows that are nearer than `apart` only the clearest.
 * @param {ArrayLike<number>} rows
 * @param {number[]} clear of each
 * @param {ForkNumbers} numbers
 */
export function forksOf(rows, clear, { apart }) {
  /** @type {number[]} */
  const found = [];
  for (const at of [...clear.keys()].sort((a, b) => clear[b] - clear[a])) {
    if (clear[at] > 0 && found.every((other) => Math.abs(rows[at] - other) >= apart)) found.push(rows[at]);
  }
  return Int32Array.from(found).sort();
}
