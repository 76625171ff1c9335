// What Python sends: hwmodel/views/ink_view.py, InkHeader and InkArrays.

/**
 * @typedef {object} InkHeader
 * @property {string} name of the view, to which others lend what it shows
 * @property {{label: string, note: string, row: string, text: string, count: number}[]} panels `count` points each; text is what
 *   the ink says, "" where that is not known
 * @property {number} px_per_unit
 * @property {number} thickness px
 * @property {string[]} columns of a grid, "" without a heading; none: the lines stand one below the other
 * @property {number} chosen panel
 * @property {boolean} play ink that is new
 * @property {boolean} one_by_one the panels are lines of one page: each is written when the one before is there, and none is chosen
 * @property {Record<"light" | "dark", string[]>} [palette] hex colours by theme; none: all ink has the text's colour
 * @property {boolean} [spread] the palette is a ramp over the levels, and not single colours to be repeated
 * @property {{what: string, low: string, high: string} | null} [legend]
 */

/**
 * The points of all panels, one after the other.
 * @typedef {object} InkArrays
 * @property {Float32Array} points (x, y) in model units
 * @property {Uint8Array} inked 1 where ink joins a point to the one before
 * @property {Uint8Array} level of colour
 * @property {Uint16Array} letter which character of the panel's text was being written
 */

/** @typedef {{points: Float32Array, inked: Uint8Array, level: Uint8Array, letter: Uint16Array}} Line one panel's part of the arrays */

/**
 * The lines of ink, one a panel.
 * @param {InkHeader} header
 * @param {InkArrays} arrays
 * @returns {Line[]}
 */
export function linesOf({ panels }, { points, inked, level, letter }) {
  let end = 0;
  return panels.map(({ count }) => {
    const first = end;
    end += count;
    const [ofInked, ofLevel] = [inked, level].map((each) => each.subarray(first, end));
    return { points: points.subarray(2 * first, 2 * end), inked: ofInked, level: ofLevel, letter: letter.subarray(first, end) };
  });
}
