// Colour ramps, as in hwmodel/views/colours.py: hex colours (#rrggbb) evenly spaced from the ramp's beginning to its end.

import { clamp } from "./numbers.js";

/** @typedef {number[]} Rgb red, green and blue from 0 to 255 */

/** @param {string} hex @returns {Rgb} */
export const rgbOf = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

/** @param {Rgb} rgb */
export const cssOf = (rgb) => `rgb(${rgb.join(",")})`;

/**
 * The ramp's colour at a share of its length; beyond its ends, theirs.
 * @param {readonly string[]} ramp
 * @param {number} share
 * @returns {Rgb}
 */
export function mixed(ramp, share) {
  const at = clamp(share, 0, 1) * (ramp.length - 1), k = Math.max(0, Math.min(Math.floor(at), ramp.length - 2));
  const low = rgbOf(ramp[k]), high = rgbOf(ramp[k + 1] ?? ramp[k]);
  return low.map((value, i) => Math.round(value + (high[i] - value) * (at - k)));
}

/**
 * The colours of the levels from 0 to `top`, spread over the ramp.
 * @param {readonly string[]} ramp
 * @param {number} top
 * @returns {Rgb[]}
 */
export const rampOf = (ramp, top) => Array.from({ length: top + 1 }, (_, level) => mixed(ramp, level / Math.max(1, top)));
