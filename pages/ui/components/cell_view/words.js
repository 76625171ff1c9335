// The view in words.

import { escaped } from "../shared/dom.js";
import { fixed } from "../shared/numbers.js";
import { seen } from "./letters.js";

/** @import { CellData, Chosen } from "./data.js" */

/** @param {CellData} data @param {number} cell @param {number} order */
export function cellText(data, cell, order) {
  const turned = data.turns[order][cell] > 0, evidence = data.header[turned ? "evidence_turned" : "evidence"][cell];
  return `cell ${cell}${turned ? ", sign turned" : ""}${evidence ? ` (${escaped(data.groupOf(cell).label)}, ${escaped(evidence)})` : ""}`;
}

/**
 * Two lines of HTML: the chosen cell (or band) at the seen step, and the cell under the pointer.
 * @param {CellData} data
 * @param {Chosen} chosen
 * @param {{cell: number, step: number}} see
 * @param {Float32Array} series level of each step
 */
export function readings(data, chosen, { cell, step }, series) {
  const { points, pen_up } = data.arrays, cells = data.chosenCells(chosen);
  /** @param {number} level */
  const mark = (level) => `<i style="background:${data.ramp.css[Math.round(level)]}"></i>`;
  const where = `Step ${step + 1} of ${data.steps}, pen at ${fixed(points[2 * step + 2], 1)}, ${fixed(points[2 * step + 3], 1)}`;
  const pen = pen_up[step] ? ", lifting" : data.inked[step + 1] ? "" : ", in the air";
  const at = data.text.length ? `, at “${escaped(seen(data.text[data.arrays.letter[step]]))}”` : "";
  const who = chosen.band ? `mean of ${cells.length} rows, ${chosen.band[0] + 1} to ${chosen.band[1] + 1}` : cellText(data, chosen.cell, chosen.order);
  const mean = cells.reduce((sum, each) => sum + data.value(each, step, chosen), 0) / cells.length;
  const under = `${cellText(data, cell, chosen.order)}, row ${data.ranks[chosen.order][cell] + 1}`;
  return [
    `${where}${pen}${at} · ${mark(series[step])}<b>${fixed(mean)}</b> ${who}`,
    `${mark(data.shown(cell, step, chosen))}<b>${fixed(data.value(cell, step, chosen))}</b> ${under}`,
  ];
}
