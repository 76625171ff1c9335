// The list of branches beside the mixture they come from.

import { sharp } from "../shared/canvas.js";
import { find, findCanvas, make } from "../shared/dom.js";
import { percent } from "../shared/numbers.js";
import { fitted } from "./camera.js";
import { drawMixture } from "./mixture.js";
import { drawFutures, drawInk } from "./paint.js";
import { boxOfFuture } from "./places.js";
import { sidesOf } from "./words.js";

/** @import { Theme } from "../shared/theme.js" */
/** @import { FanData } from "./data.js" */
/** @import { FuturesView } from "./view.js" */

const GLYPH_BEFORE = 18; // rows of the ink before the point that stand in a branch's picture
const GLYPH_INK = 0.55; // their opacity

/** @param {FanData} fan @param {Theme} theme @param {number} k */
export function branchColour({ branch_colours }, theme, k) {
  const colours = branch_colours[theme.name];
  return colours[k % colours.length];
}

/** @param {FuturesView} view @param {FanData} fan */
export function fillFan(view, fan) {
  const { root, theme } = view, next = nextOffset(fan), side = fan.grid.size.toFixed(2), count = fan.gaussians.length / 6;
  find(root, ".branches").replaceChildren(...fan.branches.map((branch, k) => {
    const colour = branchColour(fan, theme, k);
    const button = make("button", { type: "button", className: "branch", title: `The model goes on along this branch (${k + 1})` });
    button.innerHTML = `<canvas aria-hidden="true"></canvas><b>${percent(branch.share)}</b>
      <small>${sidesOf(fan, 0, (n) => fan.branch[n] === k)} · ${percent(branch.lifts)} lift the pen</small>
      <span class="bar-of" style="width:${100 * branch.share}%;background:${colour}"></span>`;
    button.onclick = () => view.take(k);
    button.onpointerenter = () => view.pointAt(k);
    button.onpointerleave = () => view.pointAt(null);
    return button;
  }));
  root.querySelectorAll(".branch canvas").forEach((canvas, k) => drawGlyph(/** @type {HTMLCanvasElement} */ (canvas), fan, theme, k));
  drawMixture(findCanvas(root, ".next canvas"), fan, next, theme);
  find(root, "figcaption").textContent =
    `The mixture of the next step, ${side} model units wide: shade is density, ellipses are its ${count} Gaussians, the stronger the larger their share. ` +
    `${next ? "The ring is where the pen went. " : ""}The pen lifts with ${percent(fan.pen_up_share)}.`;
}

/** The last of the ink, and how the branch goes on from it. @param {HTMLCanvasElement} canvas @param {FanData} fan @param {Theme} theme @param {number} k */
function drawGlyph(canvas, fan, theme, k) {
  const { pen, width, height } = sharp(canvas), { typical } = fan.branches[k], first = Math.max(0, fan.start[0] - GLYPH_BEFORE);
  const camera = fitted(boxOfFuture(fan, typical, first), width, height);
  pen.globalAlpha = GLYPH_INK;
  drawInk(pen, fan, camera, first, fan.start[0], 1.4, () => theme.text);
  pen.globalAlpha = 1;
  drawFutures(pen, fan, camera, 0, (n) => (n === typical ? { colour: branchColour(fan, theme, k), alpha: 1, width: 2.4 } : null));
}

/** Where the pen really went next, from the chosen point; null at the line's end. @param {FanData} fan @returns {[number, number] | null} */
function nextOffset({ points, start, last }) {
  const row = start[0];
  return row < last ? [points[2 * row + 2] - points[2 * row], points[2 * row + 3] - points[2 * row + 1]] : null;
}
