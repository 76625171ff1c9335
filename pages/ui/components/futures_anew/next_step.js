// The mixture of the next step, sharpened as the futures are, as hwmodel/futures/branches.py has it.

import { surprise } from "../engine/mixture.js";

/**
 * @param {Float32Array} raw (1 + 6K,) as the network gives it
 * @param {number} bias of Graves's law
 * @param {number} cells of the grid to a side
 */
export function nextStep(raw, bias, cells) {
  const K = (raw.length - 1) / 6, sharp = raw.map((value, at) => (at && at <= K ? value * (1 + bias) : at > 3 * K && at <= 5 * K ? value - bias : value));
  const top = Math.max(...sharp.subarray(1, 1 + K)), weights = [...sharp.subarray(1, 1 + K)].map((logit) => Math.exp(logit - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0), gaussians = new Float32Array(6 * K);
  for (let k = 0; k < K; k++) {
    const at = 1 + k;
    gaussians.set([weights[k] / total, sharp[at + K], sharp[at + 2 * K], Math.exp(sharp[at + 3 * K]), Math.exp(sharp[at + 4 * K]), Math.tanh(sharp[at + 5 * K])], 6 * k);
  }
  /** @param {(k: number) => number} of */
  const mean = (of) => Array.from({ length: K }, (_, k) => gaussians[6 * k] * of(6 * k)).reduce((sum, part) => sum + part, 0);
  const x = mean((k) => gaussians[k + 1]), y = mean((k) => gaussians[k + 2]);
  const wide = mean((k) => gaussians[k + 3] ** 2 + (gaussians[k + 1] - x) ** 2), tall = mean((k) => gaussians[k + 4] ** 2 + (gaussians[k + 2] - y) ** 2);
  const reach = 2 * Math.sqrt(Math.max(wide, tall)) + 0.05, left = x - reach, top_ = y - reach, apart = (2 * reach) / (cells - 1);
  const density = Float64Array.from({ length: cells * cells }, (_, i) => {
    return Math.exp(-surprise(sharp, K, [left + apart * (i % cells), top_ + apart * Math.floor(i / cells), 0])[0]);
  });
  const most = density.reduce((a, b) => Math.max(a, b), 1e-30);
  return {
    gaussians,
    density: Uint8Array.from(density, (value) => Math.round(255 * Math.sqrt(value / most))),
    grid: { left, top: top_, size: 2 * reach, cells },
    pen_up_share: 1 / (1 + Math.exp(-sharp[0])),
  };
}
