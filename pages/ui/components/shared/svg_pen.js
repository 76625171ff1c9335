// A pen that writes an SVG instead of pixels: what a view draws on a canvas can be drawn with it, as far as lines and discs go.

/** @import { Pen } from "./canvas.js" */

/** A place, as fine as any screen shows it. @param {number} value */
const places = (value) => Math.round(value * 10) / 10;

export class SvgPen {
  strokeStyle = "#000";
  fillStyle = "#000";
  lineWidth = 1;
  globalAlpha = 1;

  constructor() {
    this.path = "";
    this.style = ""; // of the group that is open
    /** @type {string[]} */
    this.parts = [];
  }

  /** As functions that draw on a canvas take it; they may use what this class has. @returns {Pen} */
  asPen() {
    return /** @type {any} */ (this);
  }

  beginPath() {
    this.path = "";
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.path += `M${places(x)} ${places(y)}`;
  }

  /** As on a canvas, the first place of a path is where it begins. @param {number} x @param {number} y */
  lineTo(x, y) {
    this.path += `${this.path ? "L" : "M"}${places(x)} ${places(y)}`;
  }

  /** A whole circle. @param {number} x @param {number} y @param {number} radius */
  arc(x, y, radius) {
    const r = places(radius);
    this.path += `M${places(x - radius)} ${places(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  }

  stroke() {
    this.add(`fill="none" stroke="${this.strokeStyle}" stroke-width="${places(this.lineWidth)}" stroke-opacity="${this.globalAlpha}"`);
  }

  fill() {
    this.add(`fill="${this.fillStyle}" fill-opacity="${this.globalAlpha}"`);
  }

  /** The path, in a group of its style: of many thousand paths, most look like the one before. @param {string} style */
  add(style) {
    if (!this.path) return;
    if (style !== this.style) this.parts.push(this.style ? "</g>" : "", `<g ${style}>`);
    this.style = style;
    this.parts.push(`<path d="${this.path}"/>`);
  }

  /** All that was drawn. @param {number} width @param {number} height @param {string} paper colour */
  svg(width, height, paper) {
    const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" stroke-linecap="round" stroke-linejoin="round"`;
    const parts = [`<rect width="100%" height="100%" fill="${paper}"/>`, ...this.parts, this.style ? "</g>" : ""];
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${parts.join("")}</svg>`;
  }
}
