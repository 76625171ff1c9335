// The mixture of the next step.

import { dot, penOf, sharp } from "../shared/canvas.js";
import { rgbOf } from "../shared/colour.js";
import { ring } from "./paint.js";

/** @import { Theme } from "../shared/theme.js" */
/** @import { FanData } from "./data.js" */

const SHADE = { light: "#01665e", dark: "#80cdc1" };

/**
 * Its density as shade, each Gaussian as the ellipse of one standard deviation, as strong as its share.
 * @param {HTMLCanvasElement} canvas
 * @param {FanData} fan
 * @param {[number, number] | null} actual where the pen went
 * @param {Theme} theme
 */
export function drawMixture(canvas, { grid, density, gaussians }, actual, theme) {
  const { pen, width } = sharp(canvas), scale = width / grid.size, colour = rgbOf(SHADE[theme.name]);
  /** @param {number} at */
  const x = (at) => (at - grid.left) * scale;
  /** @param {number} at */
  const y = (at) => (at - grid.top) * scale;
  const shade = new OffscreenCanvas(grid.cells, grid.cells), image = new ImageData(grid.cells, grid.cells);
  density.forEach((value, i) => image.data.set([...colour, value * 0.75], 4 * i));
  penOf(shade).putImageData(image, 0, 0);
  pen.drawImage(shade, 0, 0, width, width);
  for (let k = 0; k < gaussians.length; k += 6) {
    const [pi, muX, muY, sigmaX, sigmaY, rho] = gaussians.subarray(k, k + 6);
    const half = (sigmaX ** 2 + sigmaY ** 2) / 2, off = Math.hypot((sigmaX ** 2 - sigmaY ** 2) / 2, rho * sigmaX * sigmaY);
    const turn = 0.5 * Math.atan2(2 * rho * sigmaX * sigmaY, sigmaX ** 2 - sigmaY ** 2);
    pen.beginPath();
    pen.ellipse(x(muX), y(muY), Math.sqrt(half + off) * scale, Math.sqrt(Math.max(half - off, 0)) * scale, turn, 0, 2 * Math.PI);
    Object.assign(pen, { strokeStyle: theme.text, lineWidth: 1.2, globalAlpha: Math.min(1, 0.08 + 1.2 * pi) });
    pen.stroke();
  }
  pen.globalAlpha = 1;
  dot(pen, x(0), y(0), 6, theme.text);
  if (actual) ring(pen, x(actual[0]), y(actual[1]), 5, theme.accent, theme.paper);
}
