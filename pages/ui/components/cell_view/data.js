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
 * @property {{light: string[], dark: string[]}} stops the ramp on light and on dark paper, hex colours
 * @property {Scale[]} scales that the colours can have, the best first
 * @property {string[]} orders names, the network's own first
 * @property {string[]} offers names of orders that are made when they are asked for
 * @property {{label: string, first: number, last: number}[][]} bands of each order: rows of cells that mostly follow one thing
 * @property {{label: string, short: string, colour: string}[]} groups of cells that respond to one thing
 * @property {string[]} evidence of each cell, "" where there is none
 * @property {string[]} evidence_turned the same, of the cell with its sign turned
 * @property {string} text that the network is told, U characters; none where it is told none
 */

/**
 * @typedef {object} CellArrays
 * @property {Uint8Array} levels (H, T), between the cell's own low and high
 * @property {Float32Array} low (H,)
 * @property {Float32Array} high (H,)
 * @property {Float32Array} median (H,) what is usual for the cell; it counts in the centred scale
 * @property {Float32Array} reach (H,) how far from it the ends of that scale are
 * @property {Float32Array} points (T + 1, 2) in model units
 * @property {Uint8Array} pen_up (T,)
 * @property {Uint16Array} permutation (orders but the network's own, H) the cell in each row
 * @property {Int8Array} sign (the same, H) -1 where the cell is shown with its sign turned
 * @property {Uint8Array} group (H,) index into groups
 * @property {Uint16Array} letter (T,) which of the text's characters is being written; empty where there is no text
 * @property {Uint8Array} window (T, U) each character's share of the window's weight, of 255
 */

/**
 * @typedef {object} Chosen
 * @property {number} cell
 * @property {number} step
 * @property {number} order index into the orders
 * @property {[number, number] | null} band first and last row
 * @property {Scale} scale of the colours
 * @property {string} only label of the group of cells that alone is shown; of none: all are
 */

/** @typedef {"centred" | "own" | "same"} Scale about what is usual for the cell, between its own extremes, or between fixed limits for all */

/** @typedef {{css: string[], words: Uint32Array}} Ramp colours of the levels: for CSS, and as little-endian RGBA for image data */

/** One recording. */
export class CellData {
  /** @param {CellHeader} header @param {CellArrays} arrays */
  constructor(header, arrays) {
    this.header = header;
    this.arrays = arrays;
    this.cells = header.cells;
    this.steps = header.steps;
    this.inked = inkedOf(arrays.pen_up);
    /** Characters of the text. */
    this.text = Array.from(header.text);
    const { cells } = header;
    /** @type {"light" | "dark" | null} */
    this.paper = null;
    /** @type {Ramp} of the paper */
    this.ramp = { css: [], words: new Uint32Array() };
    this.useRamp("light");
    const others = header.orders.slice(1).map((_, k) => [k * cells, (k + 1) * cells]);
    this.permutations = [Uint16Array.from({ length: cells }, (_, c) => c), ...others.map(([from, to]) => arrays.permutation.subarray(from, to))];
    this.ranks = this.permutations.map((permutation) => {
      const rank = new Float32Array(cells);
      permutation.forEach((cell, place) => (rank[cell] = place));
      return rank;
    });
    this.turns = [new Float32Array(cells), ...others.map(([from, to]) => Float32Array.from(arrays.sign.subarray(from, to), (sign) => (sign < 0 ? 1 : 0)))];
  }

  /** Colours for light or dark paper. @param {"light" | "dark"} paper */
  useRamp(paper) {
    if (paper === this.paper) return;
    this.paper = paper;
    const colours = rampOf(this.header.stops[paper], this.header.top);
    this.ramp = { css: colours.map(cssOf), words: Uint32Array.from(colours, ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0) };
  }

  /** The scale that was asked for, or the best that there is. @param {Scale} scale */
  scaleOf(scale) {
    return this.header.scales.includes(scale) ? scale : this.header.scales[0];
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

  /**
   * What the lowest and the highest colour stand for, of a cell whose sign is not turned.
   * @param {number} cell
   * @param {Scale} scale
   * @returns {[number, number]}
   */
  ends(cell, scale) {
    const { low, high, median, reach } = this.arrays, asked = this.scaleOf(scale);
    if (asked === "same") return this.header.limits;
    if (asked === "centred") return [median[cell] - reach[cell], median[cell] + reach[cell]];
    const peak = Math.max(Math.abs(low[cell]), Math.abs(high[cell]));
    return this.header.signed ? [-peak, peak] : [low[cell], high[cell]];
  }

  /**
   * The level in whose colour a cell's level is shown, its sign not turned.
   * @param {number} cell
   * @param {number} level
   * @param {[number, number]} ends of the scale
   */
  shade(cell, level, [low, high]) {
    return Math.round(clamp((this.unpacked(cell, level) - low) / Math.max(high - low, 1e-9), 0, 1) * this.header.top);
  }

  /** The level in whose colour a cell is shown. @param {number} cell @param {number} step @param {Chosen} chosen */
  shown(cell, step, { order, scale }) {
    const shade = this.shade(cell, this.arrays.levels[cell * this.steps + step], this.ends(cell, scale));
    return this.turns[order][cell] ? this.header.top - shade : shade;
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
  limits({ cell, band, order, scale }) {
    if (band && this.scaleOf(scale) !== "same") return [NaN, NaN];
    const [low, high] = this.ends(cell, scale);
    return this.turns[order][cell] ? [-high, -low] : [low, high];
  }

  /** The same in words. @param {Scale} scale */
  scaleText(scale) {
    if (this.scaleOf(scale) === "centred") return ["rarely lower", "rarely higher"];
    if (this.scaleOf(scale) === "own") return this.header.signed ? ["−peak", "peak"] : ["lowest", "highest"];
    const [low, high] = this.header.limits.map(short), beyond = this.header.what === "cell state";
    return beyond ? [`≤ ${low}`, `≥ ${high}`] : [low, high];
  }

  /** The group of a cell. @param {number} cell */
  groupOf(cell) {
    return this.header.groups[this.arrays.group[cell]];
  }
}
