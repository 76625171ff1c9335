// The buttons around the pictures, made anew when what they say has changed.

import { sharp } from "../shared/canvas.js";
import { escaped, find, findCanvas, make } from "../shared/dom.js";
import { clamp } from "../shared/numbers.js";

/** @import { CellData } from "./data.js" */
/** @import { CellView } from "./view.js" */

/** @type {Record<import("./data.js").Scale, {name: string, says: string}>} */
const SCALES = {
  centred: { name: "Centred", says: "Each cell about its median, up to the 99th percentile of the distance from it, both over many lines" },
  own: { name: "Own scale", says: "Each cell between its own extremes in this ink" },
  same: { name: "Same scale", says: "All cells between the same fixed limits" },
};

/** @param {CellView} view @param {CellData} data */
export function fillControls(view, data) {
  const { state, root } = view, { header, arrays, ramp } = data, orders = header.orders.length > 1 ? header.orders : [];
  const { scale, order, only } = state.chosen, [low, high] = data.scaleText(scale);
  const made = orders.map((name, k) => chip(name, k === order, () => (view.changeOrder(k), view.report())));
  const offered = header.offers.filter((name) => !orders.includes(name)).map((name) => chip(`${name} …`, false, () => view.ask(name)));
  find(root, ".orders").replaceChildren(...made, ...offered);
  find(root, ".low").textContent = low;
  find(root, ".high").textContent = high;
  const scales = header.scales.map((each) => {
    const button = chip(SCALES[each].name, each === data.scaleOf(scale), () => (view.choose({ scale: each }), view.report()));
    button.title = SCALES[each].says;
    return button;
  });
  find(root, ".scales").replaceChildren(...scales);
  const { pen, width, height } = sharp(findCanvas(root, ".ramp"));
  for (let x = 0; x < width; x++) (pen.fillStyle = ramp.css[Math.round((header.top * x) / width)]), pen.fillRect(x, 0, 1, height);
  const counts = header.groups.map((_, k) => arrays.group.reduce((sum, group) => sum + Number(group === k), 0));
  find(root, ".roles").replaceChildren(...header.groups.flatMap((group, k) => {
    if (!counts[k] || header.groups.length < 2) return [];
    const pressed = only === group.label;
    const button = chip("", pressed, () => (view.choose({ only: pressed ? "all" : group.label }), view.report()));
    button.title = `Show only these ${counts[k]} cells`;
    button.innerHTML = `<i style="background:${group.colour}"></i>${escaped(group.label)} <span>${counts[k]}</span>`;
    return [button];
  }));
}

/** @param {string} label @param {boolean} pressed @param {() => void} act */
const chip = (label, pressed, act) => make("button", { textContent: label, ariaPressed: String(pressed), onclick: act });

/**
 * The bands' names with their brackets, each a button that chooses the band's rows.
 * @param {CellView} view
 */
export function placeBands(view) {
  const { data, root, state: { chosen, window: { y0, y1 } } } = view, column = find(root, ".bands"), bands = data.header.bands[chosen.order];
  const key = JSON.stringify([bands, chosen.order]);
  if (column.dataset.of !== key) {
    column.dataset.of = key;
    column.replaceChildren(...bands.map(({ label, first, last }) => {
      const button = make("button", { title: `Choose rows ${first + 1} to ${last + 1}`, onclick: () => (view.choose({ band: [first, last], cell: view.cellAt(first) }), view.report()) });
      button.append(make("span", { textContent: label }));
      return button;
    }));
  }
  const at = (/** @type {number} */ row) => clamp((100 * (row - y0)) / (y1 - y0), 0, 100);
  bands.forEach(({ first, last }, k) => {
    const button = /** @type {HTMLElement} */ (column.children[k]), top = at(first), bottom = at(last + 1), { band } = chosen;
    button.hidden = bottom - top < 0.5;
    button.ariaPressed = String(band !== null && band[0] === first && band[1] === last);
    Object.assign(button.style, { top: `${top}%`, height: `${bottom - top}%` });
  });
}
