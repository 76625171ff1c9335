// What Python sends: hwmodel/views/ink_anew.py, LiveTextHeader.

/** @import { WrittenWith } from "../ink_anew/data.js" */

/**
 * @typedef {object} LiveTextHeader
 * @property {string} engine where the engine's file is served
 * @property {string} fingerprint of its weights
 * @property {string} label of the text field that is listened to
 * @property {string} to name of the view that shows what is written
 * @property {WrittenWith} told with what, and the text that Python knows of
 * @property {number} px_per_unit
 * @property {number} thickness px
 */

/** How what is written looks. @param {LiveTextHeader} header */
export const lookOf = ({ to, px_per_unit, thickness }) => ({ name: to, px_per_unit, thickness });
