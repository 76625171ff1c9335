// The drawing half of the cell view: plain functions from arrays to canvases. A level is a byte from 0 to `top`; see hwmodel/views/packing.py.

import { penOf, pixelRatio, sharp } from "../shared/canvas.js";
import { make } from "../shared/dom.js";
import { clamp, short } from "../shared/numbers.js";

/** @import { Layout } from "../shared/ink_layout.js" */
/** @import { Theme } from "../shared/theme.js" */
/** @import { CellData, Ramp, Scale } from "./data.js" */
/** @import { Window } from "./window.js" */

/** @typedef {Window & {left: number, right: number}} CurveFrame what is looked at, and the px left free at both sides */

const PALE = 1000; // added to the level of ink outside of what is looked at

/**
 * The levels (cells x steps) as an image, and the same with every sign turned.
 * @param {CellData} data
 * @param {Scale} scale
 */
export function makeImages(data, scale) {
  const { cells, steps, ramp, header: { top }, arrays: { levels } } = data;
  return [false, true].map((turned) => {
    const image = make("canvas", { width: steps, height: cells }), pen = penOf(image), pixels = pen.createImageData(steps, cells);
    const words = new Uint32Array(pixels.data.buffer);
    for (let c = 0; c < cells; c++) {
      const ends = data.ends(c, scale), row = Uint32Array.from({ length: top + 1 }, (_, level) => {
        const shade = data.shade(c, level, ends);
        return ramp.words[turned ? top - shade : shade];
      });
      for (let i = c * steps; i < (c + 1) * steps; i++) words[i] = row[levels[i]];
    }
    pen.putImageData(pixels, 0, 0);
    return image;
  });
}

/** How thick ink is drawn, in px. @param {Layout} layout */
export const thickness = ({ scale }) => clamp(scale * 0.42, 2, 5);

/**
 * The ink, segment t in the colour of series[t]; a grey edge keeps the scale's white visible on white and its black on black.
 * @param {HTMLCanvasElement} canvas
 * @param {Layout} place
 * @param {Uint8Array} inked of each point, one more than segments
 * @param {Float32Array} series levels
 * @param {Ramp} ramp
 * @param {number} first segment that is looked at
 * @param {number} last the one after
 * @param {Theme} theme
 */
export function paintInk(canvas, place, inked, series, ramp, first, last, theme) {
  const { pen } = sharp(canvas), air = new Path2D(), edge = new Path2D();
  /** @type {Map<number, Path2D>} */
  const buckets = new Map();
  for (let t = 0; t < series.length; t++) {
    if (place.row[t] !== place.row[t + 1]) continue;
    const shade = (t >= first && t < last ? 0 : PALE) + (Math.round(series[t]) & ~1), bucket = buckets.get(shade) ?? new Path2D();
    if (inked[t + 1]) buckets.set(shade, bucket);
    for (const path of inked[t + 1] ? [bucket, edge] : [air]) {
      path.moveTo(place.x[t], place.y[t]);
      path.lineTo(place.x[t + 1], place.y[t + 1]);
    }
  }
  pen.strokeStyle = theme.text;
  pen.globalAlpha = 0.16;
  pen.lineWidth = 1;
  pen.setLineDash([1, 5]);
  pen.stroke(air);
  pen.setLineDash([]);
  pen.globalAlpha = 0.5;
  pen.lineWidth = thickness(place) + 1.6;
  pen.stroke(edge);
  pen.lineWidth = thickness(place);
  for (const [shade, path] of buckets) {
    pen.globalAlpha = shade >= PALE ? 0.35 : 1;
    pen.strokeStyle = ramp.css[shade % PALE];
    pen.stroke(path);
  }
}

/**
 * The chosen cell over time: a bar a step in the scale's colour, under a line.
 * @param {HTMLCanvasElement} canvas
 * @param {CurveFrame} frame
 * @param {Float32Array} series levels
 * @param {Ramp} ramp
 * @param {[number, number]} limits what the lowest and the highest level stand for
 * @param {Theme} theme
 */
export function paintCurve(canvas, frame, series, ramp, limits, theme) {
  const { pen, width: w, height: h } = sharp(canvas), { left, right, x0, x1 } = frame, wide = (w - left - right) / (x1 - x0), pad = 4;
  const top = ramp.css.length - 1, rest = limits[0] < 0 && limits[1] > 0 ? (top * -limits[0]) / (limits[1] - limits[0]) : limits[0] >= 0 ? 0 : top / 2;
  /** @param {number} level */
  const y = (level) => pad + (1 - level / top) * (h - 2 * pad);
  pen.fillStyle = theme.text;
  pen.font = `10px ${theme.font}`;
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  pen.globalAlpha = 0.75;
  for (const [value, level] of [[limits[0], 0], [limits[1], top]]) {
    if (Number.isFinite(value)) pen.fillText(short(value), left - 3, clamp(y(level), 6, h - 6));
  }
  pen.save();
  pen.beginPath();
  pen.rect(left, 0, w - left - right, h);
  pen.clip();
  pen.globalAlpha = 1;
  const line = new Path2D();
  for (let t = Math.max(0, Math.floor(x0)); t < Math.min(series.length, Math.ceil(x1)); t++) {
    const x = left + (t - x0) * wide;
    pen.fillStyle = ramp.css[Math.round(series[t])];
    pen.fillRect(x, Math.min(y(series[t]), y(rest)), wide + 0.5, Math.abs(y(series[t]) - y(rest)));
    line.lineTo(x + wide / 2, y(series[t]));
  }
  pen.strokeStyle = theme.text;
  pen.globalAlpha = 0.8;
  pen.lineWidth = 1.2;
  pen.stroke(line);
  pen.globalAlpha = 0.3;
  pen.fillStyle = theme.text;
  pen.fillRect(left, y(rest), w, 1);
  pen.restore();
}

/**
 * The heat map: row c at place[c], between plain (turn 0) and sign-turned (turn 1) colours.
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLCanvasElement[]} images plain and turned
 * @param {Window} frame
 * @param {Float32Array} place
 * @param {Float32Array} turn
 * @param {(cell: number) => boolean} dim rows that fade
 * @param {Theme} theme
 */
export function paintHeat(canvas, images, frame, place, turn, dim, theme) {
  const { pen, width: w, height: h } = sharp(canvas), { x0, x1, y0, y1 } = frame, tall = h / (y1 - y0), grain = 1 / pixelRatio();
  pen.imageSmoothingEnabled = x1 - x0 > w;
  for (let c = 0; c < place.length; c++) {
    if (place[c] + 1 < y0 || place[c] > y1) continue;
    const top = Math.round(((place[c] - y0) * tall) / grain) * grain, bottom = Math.round(((place[c] + 1 - y0) * tall) / grain) * grain;
    const height = Math.max(grain, bottom - top);
    if (turn[c] < 1) pen.drawImage(images[0], x0, c, x1 - x0, 1, 0, top, w, height);
    if (turn[c] > 0) {
      pen.globalAlpha = turn[c];
      pen.drawImage(images[1], x0, c, x1 - x0, 1, 0, top, w, height);
      pen.globalAlpha = 1;
    }
    if (dim(c)) {
      pen.globalAlpha = 0.82;
      pen.fillStyle = theme.paper;
      pen.fillRect(0, top, w, height);
      pen.globalAlpha = 1;
    }
  }
}

/**
 * What each row responds to, as a colour (and a short word where there is room), with a bracket at the band and a mark at the chosen cell.
 * @param {HTMLCanvasElement} canvas
 * @param {Window} frame
 * @param {Float32Array} place
 * @param {CellData} data
 * @param {(cell: number) => boolean} dim rows that fade
 * @param {[number, number] | null} band
 * @param {number} chosen cell
 * @param {Theme} theme
 */
export function paintStrip(canvas, frame, place, data, dim, band, chosen, theme) {
  const { pen, width: w, height: h } = sharp(canvas), { y0, y1 } = frame, tall = h / (y1 - y0), edge = 4;
  pen.font = `600 ${clamp(tall - 2, 7, 10)}px ${theme.font}`;
  pen.textBaseline = "middle";
  for (let c = 0; c < place.length; c++) {
    const y = (place[c] - y0) * tall;
    pen.globalAlpha = dim(c) ? 0.12 : 1;
    pen.fillStyle = data.groupOf(c).colour;
    pen.fillRect(edge + 1, y, w - edge - 1, Math.max(tall, 0.5) + 0.1);
    if (tall >= 9) {
      pen.fillStyle = "#000";
      pen.fillText(data.groupOf(c).short, edge + 2, y + tall / 2);
    }
  }
  pen.globalAlpha = 1;
  pen.fillStyle = theme.text;
  if (band) pen.fillRect(0, (band[0] - y0) * tall, 3, Math.max(2, (band[1] + 1 - band[0]) * tall));
  const middle = (place[chosen] + 0.5 - y0) * tall;
  pen.beginPath();
  pen.moveTo(0, middle - 5);
  pen.lineTo(edge + 3, middle);
  pen.lineTo(0, middle + 5);
  pen.fill();
}

/**
 * A tick for each step after which the pen lifts.
 * @param {HTMLCanvasElement} canvas
 * @param {Window} frame
 * @param {Uint8Array} penUp of each step
 * @param {Theme} theme
 */
export function paintLifts(canvas, { x0, x1 }, penUp, theme) {
  const { pen, width, height } = sharp(canvas), wide = width / (x1 - x0);
  pen.fillStyle = theme.text;
  for (let t = Math.max(0, Math.floor(x0)); t < Math.min(penUp.length, Math.ceil(x1)); t++) {
    if (penUp[t]) pen.fillRect(Math.round((t + 0.5 - x0) * wide) - 0.5, 0, 1.5, height);
  }
}

/** @typedef {{at: number, strong: boolean}} Hair a line at some px */

/**
 * Hair lines with a light edge, to be seen on every colour.
 * @param {HTMLCanvasElement} canvas
 * @param {Hair[]} across
 * @param {Hair[]} down
 * @param {Theme} theme
 */
export function paintLines(canvas, across, down, theme) {
  const { pen, width, height } = sharp(canvas);
  for (const upright of [true, false]) {
    for (const { at, strong } of upright ? down : across) {
      const place = Math.round(at), [x, y, wide, tall] = upright ? [place, 0, 1, height] : [0, place, width, 1];
      pen.globalAlpha = strong ? 0.85 : 0.45;
      pen.fillStyle = theme.paper;
      pen.fillRect(x - 1, y - 1, wide + 2, tall + 2);
      pen.fillStyle = theme.text;
      pen.fillRect(x, y, wide, tall);
    }
  }
  pen.globalAlpha = 1;
}

/**
 * The pen's places.
 * @param {HTMLCanvasElement} canvas
 * @param {Layout} place
 * @param {{point: number, colour: string}[]} pens the last one on top
 * @param {Theme} theme
 */
export function paintPens(canvas, place, pens, theme) {
  const { pen } = sharp(canvas);
  for (const { point, colour } of pens) {
    pen.beginPath();
    pen.arc(place.x[point], place.y[point], thickness(place) / 2 + 4, 0, 7);
    pen.fillStyle = colour;
    pen.fill();
    pen.lineWidth = 3;
    pen.strokeStyle = theme.paper;
    pen.stroke();
    pen.lineWidth = 1.5;
    pen.strokeStyle = theme.text;
    pen.stroke();
  }
}
