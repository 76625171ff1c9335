// What Python sends: hwmodel/views/futures_view.py, FuturesHeader and FuturesArrays. Row r of the points is where the pen was after step r.

/**
 * @typedef {object} FuturesHeader
 * @property {string} name the component's key
 * @property {"hairs" | "paths" | "whole" | "fan" | "sure"} mode
 * @property {number} starts P, points that futures start from
 * @property {number} samples N from each
 * @property {number} steps S of each
 * @property {number} per_unit parts of a model unit that the paths are given in
 * @property {number} no_side value of `side` where there is none
 * @property {Themed} sides colours of left, beside and right
 * @property {Themed} doubt ramp from sure to lost
 * @property {Themed} branch_colours
 * @property {{label: string, unit: string, says: string}[]} [measures] sure: of certainty
 * @property {string} [measure] sure: the one that is chosen, by its label
 * @property {Branch[]} [branches] fan
 * @property {number} [written_from] fan: points after this row were written after a branch was chosen
 * @property {number} [taken] fan: branches chosen so far
 * @property {number} [pen_up_share] fan: chance that the pen lifts at the next step
 * @property {Grid} [grid] fan: of the next step's density
 */

/**
 * @typedef {object} FuturesArrays
 * @property {Float32Array} points (rows, 2) in model units
 * @property {Uint8Array} pen_up (rows - 1,)
 * @property {Int32Array} start (P,) rows of the points
 * @property {Int16Array} paths (P, N, S, 2) from there
 * @property {Uint16Array} lengths (P, N)
 * @property {Uint8Array} lifted (P, N)
 * @property {Int8Array} side (P, N) from -100, left, to 100, right
 * @property {Uint8Array} [air] whole: (1, N, S), 1 where the pen is not on the paper
 * @property {Int32Array} forks (F,) rows of the points, in their order
 * @property {Float32Array} [curves] sure: (measures, P)
 * @property {Uint8Array} [branch] fan: (1, N)
 * @property {Float32Array} [gaussians] fan: (K, 6): pi, mu, sigma, rho
 * @property {Uint8Array} [density] fan: (cells, cells), root of the density
 */

/** @typedef {Record<"light" | "dark", string[]>} Themed hex colours by theme */
/** @typedef {{share: number, lifts: number, typical: number}} Branch */
/** @typedef {{left: number, top: number, size: number, cells: number}} Grid in model units, beside the point */

/** @typedef {FuturesHeader & FuturesArrays & {last: number}} FuturesData `last` row of the points */
/** @typedef {FuturesData & Required<Pick<FuturesData, "branches" | "written_from" | "taken" | "pen_up_share" | "grid" | "branch" | "gaussians" | "density">>} FanData */
/** @typedef {FuturesData & Required<Pick<FuturesData, "measures" | "measure" | "curves">>} SureData */

/**
 * @param {FuturesHeader} header
 * @param {FuturesArrays} arrays
 * @returns {FuturesData}
 */
export const dataOf = (header, arrays) => ({ ...header, ...arrays, last: arrays.points.length / 2 - 1 });

/** The same, where it is a fan. @param {FuturesData} data @returns {FanData | null} */
export const fanOf = (data) => (data.mode === "fan" ? /** @type {FanData} */ (data) : null);

/** The same, where it tells how sure the network is. @param {FuturesData} data @returns {SureData | null} */
export const sureOf = (data) => (data.mode === "sure" ? /** @type {SureData} */ (data) : null);

/** Index of the start whose futures stand for a row: the last one that is not behind it. @param {FuturesData} data @param {number} row */
export function startOf({ start }, row) {
  let low = 0, high = start.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (start[middle] <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}
