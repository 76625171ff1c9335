// What Python sends: hwmodel/views/live_sheet.py, LiveHeader and LiveArrays.

/** @import { PenNumbers } from "../engine/data.js" */

/**
 * @typedef {object} LiveHeader
 * @property {string} fingerprint of the network's weights
 * @property {string} weights their address, from the page's folder
 * @property {string} worker the engine's, source
 * @property {PenNumbers} pen
 * @property {number} x_height of letters, in model units
 * @property {number} bias with which the network goes on
 * @property {{light: string[], dark: string[]}} sides colours of futures to the left of the most likely way, on it, and to the right
 * @property {number} full_turn radians to a side that have its full colour
 * @property {{light: string[], dark: string[]}} ramp colours of a cell from its lowest to its highest, on light and on dark paper
 * @property {string | null} sent the name under which this ink was sent up; none: it comes from elsewhere
 * @property {number[]} start of the ink, x and y in model units from the sheet's corner
 */

/**
 * @typedef {object} LiveArrays
 * @property {Uint8Array} kernel code
 * @property {Int16Array} permutation (H,): the cell in each row
 * @property {Int8Array} sign (H,): of each cell
 * @property {Float32Array} centre (H,): cell state at the middle of the ramp
 * @property {Float32Array} reach (H,): how far from there the ramp goes
 * @property {Float32Array} offsets (T, 3): the ink that is on the sheet
 */

/** @typedef {{header: LiveHeader, arrays: LiveArrays}} LiveData */

/**
 * Where a cell state lies on its ramp, from 0 to 1, its sign turned as the order wants it.
 * @param {LiveArrays} arrays
 * @param {number} cell
 * @param {number} state
 */
export function shareOf({ sign, centre, reach }, cell, state) {
  const way = (sign[cell] * (state - centre[cell])) / reach[cell];
  return 0.5 + 0.5 * Math.max(-1, Math.min(1, way));
}
