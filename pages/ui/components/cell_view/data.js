// What Python sends: hwmodel/views/cell_view.py, CellHeader and CellArrays; and what is read from it. A level is a byte from 0 to `top`.

import { cssOf, rampOf } from "../shared/colour.js";
import { inkedOf } from "../shared/ink_layout.js";
import { clamp, short } from "../shared/numbers.js";

/**
 * @typedef {object} CellHeader
 * @property {string} name the component's key
 * @property {string} file stem of what is saved
 * @property {string} what the values are
 * @property {number} cells H
 * @property {number} steps T
 * @property {number} top the highest level
 * @property {[number, number]} limits fixed limits of the colours
 * @property {boolean} signed
 * @property {Record<"light" | "dark", string[]>} stops the ramp by theme, hex colours
 * @property {string[]} scales of the colours that there are, the first where nothing is chosen: "centred" about what is usual for a cell, "own" between its extremes, "same" for all
 * @property {string[]} orders names, the network's own first
 * @property {{label: string, short: string, colour: string}[]} groups of cells that respond to one thing
 * @property {string[]} evidence of each cell, "" where there is none
 * @property {string[]} evidence_turned the same, of the cell with its sign turned
 */

/**
 * @typedef {object} CellArrays
 * @property {Uint8Array} levels (H, T), between the cell's own low and high
 * @property {Float32Array} low (H,)
 * @property {Float32Array} high (H,)
 * @property {Float32Array} points (T + 1, 2) in model units
 * @property {Uint8Array} pen_up (T,)
 * @property {Uint16Array} permutation (orders but the network's own, H) the cell in each row
 * @property {Int8Array} sign (the same, H) -1 where the cell is shown with its sign turned
 * @property {Uint8Array} group (H,) index into groups
 * @property {Float32Array} median (H,) of each cell on reference lines; empty where the scale "centred" is missing
 * @property {Float32Array} reach (H,) how far from it a value is rare; empty in the same way
 */

/**
 * @typedef {object} Chosen
 * @property {number} cell
 * @property {number} step
 * @property {number} order index into the orders
 * @property {[number, number] | null} band first and last row
 * @property {string} scale of the colours, one of the header's scales; the first of them where it is none
 */

/** @typedef {{css: string[], words: Uint32Array}} Ramp colours of the levels: for CSS, and as little-endian RGBA for image data */

/** One recording. */
export class CellData {
  /** @param {CellHeader} header @param {CellArrays} arrays @param {"light" | "dark"} theme */
  constructor(header, arrays, theme) {
    this.header = header;
    this.arrays = arrays;
    this.cells = header.cells;
    this.steps = header.steps;
    this.inked = inkedOf(arrays.pen_up);
    const { cells } = header, colours = rampOf(header.stops[theme], header.top);
    this.stops = header.stops[theme];
    /** @type {Ramp} */
    this.ramp = { css: colours.map(cssOf), words: Uint32Array.from(colours, ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0) };
    const others = header.orders.slice(1).map((_, k) => [k * cells, (k + 1) * cells]);
    this.permutations = [Uint16Array.from({ length: cells }, (_, c) => c), ...others.map(([from, to]) => arrays.permutation.subarray(from, to))];
    this.ranks = this.permutations.map((permutation) => {
      const rank = new Float32Array(cells);
      permutation.forEach((cell, place) => (rank[cell] = place));
      return rank;
    });
    this.turns = [new Float32Array(cells), ...others.map(([from, to]) => Float32Array.from(arrays.sign.subarray(from, to), (sign) => (sign < 0 ? 1 : 0)))];
  }

  /** The band's cells, or the one. @param {Chosen} chosen */
  chosenCells({ cell, order, band }) {
    return band ? [...this.permutations[order].slice(band[0], band[1] + 1)] : [cell];
  }

  /** What a cell's level stands for. @param {number} cell @param {number} level */
  unpacked(cell, level) {
    const { low, high } = this.arrays;
    return low[cell] + ((high[cell] - low[cell]) * level) / this.header.top;
  }

  /** The scale that is shown. @param {Chosen} chosen */
  scaleOf({ scale }) {
    return this.header.scales.includes(scale) ? scale : this.header.scales[0];
  }

  /** What the ends of a cell's colours stand for in a scale, its sign not turned. @param {number} cell @param {string} scale @returns {[number, number]} */
  ends(cell, scale) {
    const { low, high, median, reach } = this.arrays;
    if (scale === "same") return this.header.limits;
    if (scale === "centred") return [median[cell] - reach[cell], median[cell] + reach[cell]];
    const peak = Math.max(Math.abs(low[cell]), Math.abs(high[cell]));
    return this.header.signed ? [-peak, peak] : [low[cell], high[cell]];
  }

  /**
   * The level in whose colour a cell's level is shown, its sign not turned.
   * @param {number} cell
   * @param {number} level
   * @param {string} scale
   */
  shade(cell, level, scale) {
    const [low, high] = this.ends(cell, scale);
    return Math.round(clamp((this.unpacked(cell, level) - low) / Math.max(high - low, 1e-9), 0, 1) * this.header.top);
  }

  /** The level in whose colour a cell is shown. @param {number} cell @param {number} step @param {Chosen} chosen */
  shown(cell, step, chosen) {
    const shade = this.shade(cell, this.arrays.levels[cell * this.steps + step], this.scaleOf(chosen));
    return this.turns[chosen.order][cell] ? this.header.top - shade : shade;
  }

  /** @param {number} cell @param {number} step @param {Chosen} chosen */
  value(cell, step, { order }) {
    const value = this.unpacked(cell, this.arrays.levels[cell * this.steps + step]);
    return this.turns[order][cell] ? -value : value;
  }

  /** Level of each step (T,): the chosen cell's, or the mean of the band's. @param {Chosen} chosen */
  series(chosen) {
    const cells = this.chosenCells(chosen), series = new Float32Array(this.steps);
    for (const cell of cells) for (let t = 0; t < this.steps; t++) series[t] += this.shown(cell, t, chosen) / cells.length;
    return series;
  }

  /** What the ends of the colours stand for; NaN where a band's cells have each their own. @param {Chosen} chosen @returns {[number, number]} */
  limits(chosen) {
    const { cell, order, band } = chosen, scale = this.scaleOf(chosen), [low, high] = this.ends(cell, scale);
    if (band && scale !== "same") return [NaN, NaN];
    return this.turns[order][cell] && scale !== "same" ? [-high, -low] : [low, high];
  }

  /** The share of the scale at which a cell is at rest: its usual value, or zero. @param {Chosen} chosen */
  rest(chosen) {
    const [low, high] = this.header.limits;
    return this.scaleOf(chosen) === "centred" || this.header.signed ? 0.5 : clamp((0 - low) / (high - low), 0, 1);
  }

  /** What the ends stand for, in words. @param {string} scale */
  scaleText(scale) {
    if (scale === "centred") return ["rarely lower", "rarely higher"];
    if (scale === "own") return this.header.signed ? ["−peak", "peak"] : ["lowest", "highest"];
    const [low, high] = this.header.limits.map(short), beyond = this.header.what === "cell state";
    return beyond ? [`≤ ${low}`, `≥ ${high}`] : [low, high];
  }

  /** The group of a cell. @param {number} cell */
  groupOf(cell) {
    return this.header.groups[this.arrays.group[cell]];
  }
}
