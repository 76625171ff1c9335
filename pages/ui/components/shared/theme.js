// The page's theme, as Streamlit's custom properties tell it.

import { rgbOf } from "./colour.js";

/**
 * @typedef {object} Theme
 * @property {"light" | "dark"} name by how light the paper is
 * @property {string} text colours, as in CSS
 * @property {string} paper
 * @property {string} line
 * @property {string} accent
 * @property {string} font family
 */

/** @param {Element} element in the view, in whose font it is written @returns {Theme} */
export function themeOf(element) {
  const style = getComputedStyle(element);
  /** @type {(name: string, otherwise: string) => string} */
  const read = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  const paper = read("--st-background-color", "#ffffff");
  return {
    name: lightness(paper) < 128 ? "dark" : "light",
    text: style.color,
    paper,
    line: read("--st-border-color", "#cccccc"),
    accent: read("--st-primary-color", "#01665e"),
    font: style.fontFamily,
  };
}

/** From 0 to 255, of any CSS colour: a canvas gives it back as hex. @param {string} colour */
function lightness(colour) {
  const probe = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  probe.fillStyle = colour;
  const [r, g, b] = rgbOf(probe.fillStyle);
  return 0.3 * r + 0.59 * g + 0.11 * b;
}
