// The haze of all futures under the ink. It takes longer than a frame: until it is done, the last one is moved and stretched to where it belongs.

import { penOf, pixelRatio } from "../shared/canvas.js";
import { rgbOf } from "../shared/colour.js";
import { Haze } from "./raster.js";

/** @import { Theme } from "../shared/theme.js" */
/** @import { Camera } from "./camera.js" */
/** @import { FuturesData } from "./data.js" */

export const PATHS = { light: "#101518", dark: "#e6e3dc" };
const MOST_RATIO = 2; // of the screen's pixels to those of CSS: sharper takes too long

export class HazeLayer {
  /** @param {HTMLCanvasElement} canvas @param {HTMLElement} stage @param {() => void} repaint */
  constructor(canvas, stage, repaint) {
    this.canvas = canvas;
    this.stage = stage;
    this.repaint = repaint;
    this.key = ""; // what was asked for last
    /** @type {Haze | null} at work */
    this.haze = null;
    /** @type {FuturesData | null} that it is painted from */
    this.data = null;
    /** @type {Camera | null} of the picture on the canvas */
    this.camera = null;
  }

  stop() {
    this.haze?.stop();
    this.haze = null;
    this.key = "";
  }

  /** @param {FuturesData} data @param {Camera} camera @param {Theme} theme */
  paint(data, camera, theme) {
    const { mode } = data, shown = mode !== "fan" && mode !== "sure";
    this.canvas.hidden = !shown;
    if (!shown || this.data !== data) this.stop();
    if (!shown) return;
    this.data = data;
    const ratio = Math.min(pixelRatio(), MOST_RATIO), width = Math.round(this.stage.clientWidth * ratio), height = Math.round(this.stage.clientHeight * ratio);
    const key = [camera.scale, camera.x, camera.y, width, height, theme.name, mode].join();
    if (this.key !== key && !this.haze) {
      this.key = key;
      const fade = mode === "hairs", colours = (fade ? data.sides[theme.name] : Array(3).fill(PATHS[theme.name])).map(rgbOf);
      this.haze = new Haze(data, camera, { width, height, ratio }, { fade, colours }, (image) => this.take(image, key, { ...camera }));
    }
    if (!this.camera) return;
    const { scale, x, y } = this.camera, by = camera.scale / scale;
    const moved = by !== 1 || camera.x !== x || camera.y !== y;
    this.canvas.style.transform = moved ? `translate(${camera.x - x * by}px,${camera.y - y * by}px) scale(${by})` : "";
  }

  /** @param {ImageData} image @param {string} key @param {Camera} camera */
  take(image, key, camera) {
    Object.assign(this.canvas, { width: image.width, height: image.height });
    penOf(this.canvas).putImageData(image, 0, 0);
    this.camera = camera;
    this.haze = null;
    this.stage.dataset.painted = key;
    this.repaint(); // moves it into place, and begins anew where the camera has moved on
  }
}
