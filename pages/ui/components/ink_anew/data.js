// What Python sends: hwmodel/views/ink_anew.py, WrittenWith and its parts.

/**
 * @typedef {object} WrittenWith
 * @property {string} text
 * @property {number} bias
 * @property {number} seed
 * @property {HandInk | null} hand that the network goes on in; none: any
 * @property {string} alphabet that the network knows
 * @property {EndingNumbers} endings
 * @property {TextNumbers} numbers
 * @property {Record<string, string>} spelt a character -> what is written instead
 */

/**
 * @typedef {object} HandInk
 * @property {string} text that it says
 * @property {number[]} offsets (T, 3), one after the other
 */

/**
 * @typedef {object} TextNumbers
 * @property {number} longest characters of a line
 * @property {number} most_characters of a text
 * @property {number} steps_a_character at most, of a line
 * @property {number} steps_at_least of a line however short, as many more
 * @property {number} lead characters that the window stands before the pen
 */

/** @import { EndingNumbers } from "../engine/data.js" */
/** @import { InkArrays, InkHeader } from "../ink_view/data.js" */

/** @typedef {{header: InkHeader, arrays: InkArrays}} Blob as the view of ink takes it */

/**
 * One line of a text as the network wrote it.
 * @typedef {object} WrittenLine
 * @property {string} text
 * @property {Float32Array} offsets (T, 3)
 * @property {Float32Array} progress (T,): characters of the text that had been passed when each offset was drawn
 */

/** The hand that a line is written in. @param {WrittenLine} line @returns {HandInk} */
export function handOf({ text, offsets }) {
  const ended = [...offsets];
  ended[ended.length - 1] = 1;
  return { text, offsets: ended };
}
