// The buttons around the pictures, made anew when what they say has changed.

import { sharp } from "../shared/canvas.js";
import { escaped, find, findCanvas, make } from "../shared/dom.js";

/** @import { CellData } from "./data.js" */
/** @import { CellView } from "./view.js" */

/** @type {Record<string, string>} */
const SCALES = { centred: "Centred", own: "Own scale", same: "Same scale" };

/** @param {CellView} view @param {CellData} data */
export function fillControls(view, data) {
  const { state, root } = view, { header, arrays, ramp } = data, orders = header.orders.length > 1 ? header.orders : [];
  const { order } = state.chosen, shown = data.scaleOf(state.chosen), [low, high] = data.scaleText(shown);
  find(root, ".orders").replaceChildren(...orders.map((name, k) => chip(name, k === order, () => (view.changeOrder(k), view.report()))));
  find(root, ".low").textContent = low;
  find(root, ".high").textContent = high;
  const scales = header.scales.map((scale) => chip(SCALES[scale], scale === shown, () => (view.choose({ scale }), view.report())));
  find(root, ".scales").replaceChildren(...scales);
  const { pen, width, height } = sharp(findCanvas(root, ".ramp"));
  for (let x = 0; x < width; x++) (pen.fillStyle = ramp.css[Math.round((header.top * x) / width)]), pen.fillRect(x, 0, 1, height);
  const counts = header.groups.map((_, k) => arrays.group.reduce((sum, group) => sum + Number(group === k), 0));
  find(root, ".roles").replaceChildren(...header.groups.flatMap((group, k) => {
    if (!counts[k] || header.groups.length < 2) return [];
    const button = chip("", state.role === k, () => ((state.role = state.role === k ? null : k), fillControls(view, data), view.paint()));
    button.title = `Show only these ${counts[k]} cells`;
    button.innerHTML = `<i style="background:${group.colour}"></i>${escaped(group.label)} <span>${counts[k]}</span>`;
    return [button];
  }));
}

/** @param {string} label @param {boolean} pressed @param {() => void} act */
const chip = (label, pressed, act) => make("button", { textContent: label, ariaPressed: String(pressed), onclick: act });
