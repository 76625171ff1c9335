// Hundreds of thousands of thin lines, added up pixel by pixel: what overlaps gets darker whatever the order. Plain arrays and no GPU, in slices of a
// few milliseconds, so that the page stays alive meanwhile.

/** @import { Rgb } from "../shared/colour.js" */
/** @import { Camera } from "./camera.js" */
/** @import { FuturesData } from "./data.js" */

/** @typedef {{width: number, height: number, ratio: number}} Size in the screen's pixels, and how many of them make one of CSS */
/** @typedef {{fade: boolean, colours: Rgb[]}} Look futures that fade from where they begin, and the colours of left, beside and right */

const SLICE_MS = 12;
const HAIR = 0.3; // a future's weight where it begins; it fades to nothing at its last step, as in the article
const HAIR_GAIN = 1.5; // from added weight to opacity
const PATH_GAMMA = 0.75, PATH_FULL = 0.985; // what is darker than this share of the touched pixels is fully dark

/** Adds up one view of futures in three channels: left, beside and right of the actual path. */
export class Haze {
  /**
   * @param {FuturesData} futures
   * @param {Camera} camera
   * @param {Size} size
   * @param {Look} look
   * @param {(image: ImageData) => void} done
   */
  constructor(futures, camera, { width, height, ratio }, look, done) {
    this.futures = futures;
    this.camera = { ...camera };
    this.width = width;
    this.height = height;
    this.ratio = ratio;
    this.look = look;
    this.done = done;
    this.sums = new Float32Array(width * height * 3);
    this.next = 0;
    this.stopped = false;
    this.waiting = setTimeout(() => this.run());
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.waiting);
  }

  run() {
    if (this.stopped) return;
    const until = performance.now() + SLICE_MS;
    while (this.next < this.futures.starts) {
      this.addPoint(this.next++);
      if (performance.now() > until) {
        this.waiting = setTimeout(() => this.run());
        return;
      }
    }
    this.done(this.image());
  }

  /** All futures of a start. @param {number} p */
  addPoint(p) {
    const { points, pen_up, start, paths, lengths, side, samples, steps, per_unit, no_side, air } = this.futures;
    const scale = this.camera.scale * this.ratio, row = start[p], perStep = scale / per_unit;
    const x = (points[2 * row] * this.camera.scale + this.camera.x) * this.ratio, y = (points[2 * row + 1] * this.camera.scale + this.camera.y) * this.ratio;
    const fade = this.look.fade, inAir = pen_up[row - 1];
    for (let n = 0; n < samples; n++) {
      const future = p * samples + n, length = lengths[future], turned = side[future] === no_side ? 0 : side[future] / 100;
      const right = Math.max(turned, 0), left = Math.max(-turned, 0), beside = 1 - right - left;
      let x0 = x, y0 = y, at = future * steps * 2;
      for (let s = 0; s < length; s++, at += 2) {
        const x1 = x + paths[at] * perStep, y1 = y + paths[at + 1] * perStep;
        if (air ? !air[future * steps + s] : s || !inAir) this.addLine(x0, y0, x1, y1, fade ? (HAIR * (steps - s)) / steps : 1, left, beside, right);
        x0 = x1;
        y0 = y1;
      }
    }
  }

  /**
   * A line one pixel wide: along its longer direction, each place shared between the two pixels it lies between.
   * @param {number} x0
   * @param {number} y0
   * @param {number} x1
   * @param {number} y1
   * @param {number} weight of a pixel
   * @param {number} left share of the channel
   * @param {number} beside
   * @param {number} right
   */
  addLine(x0, y0, x1, y1, weight, left, beside, right) {
    const { width, height, sums } = this;
    if (Math.max(x0, x1) < 0 || Math.max(y0, y1) < 0 || Math.min(x0, x1) > width || Math.min(y0, y1) > height) return;
    const dx = x1 - x0, dy = y1 - y0, count = Math.max(1, Math.ceil(Math.max(Math.abs(dx), Math.abs(dy))));
    const each = (weight * Math.hypot(dx, dy)) / count, flat = Math.abs(dx) >= Math.abs(dy), across = flat ? 3 * width : 3;
    const a = each * left, b = each * beside, c = each * right;
    for (let i = 0; i < count; i++) {
      const part = (i + 0.5) / count, x = x0 + dx * part - (flat ? 0 : 0.5), y = y0 + dy * part - (flat ? 0.5 : 0);
      const column = Math.floor(x), line = Math.floor(y);
      if (column < 0 || line < 0 || column >= width - 1 || line >= height - 1) continue;
      const low = flat ? y - line : x - column, high = 1 - low, k = 3 * (line * width + column), l = k + across;
      sums[k] += a * high, sums[k + 1] += b * high, sums[k + 2] += c * high;
      sums[l] += a * low, sums[l + 1] += b * low, sums[l + 2] += c * low;
    }
  }

  image() {
    const { sums, look, width, height } = this, image = new ImageData(width, height), pixels = image.data;
    const full = look.fade ? 0 : fullWeight(sums);
    for (let k = 0, i = 0; k < sums.length; k += 3, i += 4) {
      const left = sums[k], beside = sums[k + 1], right = sums[k + 2], all = left + beside + right;
      if (all === 0) continue;
      for (let channel = 0; channel < 3; channel++) {
        pixels[i + channel] = (left * look.colours[0][channel] + beside * look.colours[1][channel] + right * look.colours[2][channel]) / all;
      }
      pixels[i + 3] = 255 * (look.fade ? 1 - Math.exp(-HAIR_GAIN * all) : Math.min(1, all / full) ** PATH_GAMMA);
    }
    return image;
  }
}

/** The weight that PATH_FULL of the touched pixels stay below. @param {Float32Array} sums */
function fullWeight(sums) {
  const totals = [];
  const stride = Math.max(3, 3 * Math.floor(sums.length / 3 / 200000)); // 200,000 pixels tell enough
  for (let k = 0; k < sums.length; k += stride) {
    const all = sums[k] + sums[k + 1] + sums[k + 2];
    if (all > 0.02) totals.push(all);
  }
  totals.sort((a, b) => a - b);
  return totals[Math.floor(PATH_FULL * totals.length)] || 1;
}
