// The list of branches beside the mixture they come from.

import { find, findCanvas, make } from "../shared/dom.js";
import { percent } from "../shared/numbers.js";
import { drawMixture } from "./mixture.js";

/** @import { Theme } from "../shared/theme.js" */
/** @import { FanData } from "./data.js" */
/** @import { FuturesView } from "./view.js" */

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
    const sides = branch.right === null ? "no side: the ink ends here" : `right ${percent(branch.right)}, left ${percent(1 - branch.right)}`;
    button.innerHTML = `<i style="background:${colour}"></i><b>${percent(branch.share)}</b><small>${sides} · ${percent(branch.lifts)} lift the pen</small>
      <span class="bar-of" style="width:${100 * branch.share}%;background:${colour}"></span>`;
    button.onclick = () => view.take(k);
    button.onpointerenter = () => view.pointAt(k);
    button.onpointerleave = () => view.pointAt(null);
    return button;
  }));
  drawMixture(findCanvas(root, ".next canvas"), fan, next, theme);
  find(root, "figcaption").textContent =
    `The mixture of the next step, ${side} model units wide: shade is density, ellipses are its ${count} Gaussians, the stronger the larger their share. ` +
    `${next ? "The ring is where the pen went. " : ""}The pen lifts with ${percent(fan.pen_up_share)}.`;
}

/** Where the pen really went next, from the chosen point; null at the line's end. @param {FanData} fan @returns {[number, number] | null} */
function nextOffset({ points, start, last }) {
  const row = start[0];
  return row < last ? [points[2 * row + 2] - points[2 * row], points[2 * row + 3] - points[2 * row + 1]] : null;
}
