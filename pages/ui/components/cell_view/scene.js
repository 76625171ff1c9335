// What the cell view paints: all that changes with what is chosen or looked at, and on top of it what is pointed at.

import { find, findCanvas } from "../shared/dom.js";
import { layInk } from "../shared/ink_layout.js";
import { placeBands } from "./controls.js";
import { paintLetters, pickInk, veilColumns } from "./letters.js";
import { paintCurve, paintHeat, paintInk, paintLifts, paintLines, paintPens, paintStrip } from "./paint.js";
import { readings } from "./words.js";

/** @import { CellView } from "./view.js" */

// Of the ink above the map: in px, and px a model unit.
const MARGIN = 8, LEAST_ROW = 44, PER_ROW = 110;
const MOST = 18, LEAST = 5;

/** @param {CellView} view */
export function paintAll(view) {
  const { data, parts: { map, strip, ink, curve, heat, down, across }, state: { chosen, window: frame }, series, theme, root } = view;
  const first = Math.floor(frame.x0), last = Math.ceil(frame.x1), { points } = data.arrays;
  const room = { width: ink.clientWidth, margin: MARGIN, leastRow: LEAST_ROW, perRow: PER_ROW, most: MOST, least: LEAST, filledAt: LEAST };
  view.inkPlace = layInk(points, data.inked, room);
  ink.style.height = `${view.inkPlace.height}px`; // the same however far one zooms, so that the map stays under the pointer
  if (last - first < data.steps) view.inkPlace = layInk(points, data.inked, { ...room, height: view.inkPlace.height, span: [first, last] });
  paintInk(findCanvas(ink, ".paint"), view.inkPlace, data.inked, series, data.ramp, first, last, theme);
  const left = map.offsetLeft - heat.offsetLeft, right = heat.clientWidth - left - map.clientWidth;
  view.curveFrame = { ...frame, left, right };
  paintCurve(findCanvas(curve, ".paint"), view.curveFrame, series, data.ramp, data.limits(chosen), theme);
  const { place, turn } = view.arrangement();
  paintHeat(findCanvas(map, ".paint"), view.images, frame, place, turn, view.faded, theme);
  paintLifts(findCanvas(root, ".lifts"), frame, data.arrays.pen_up, theme);
  placeBands(view);
  paintStrip(strip, frame, place, data, view.faded, chosen.band, chosen.cell, theme);
  find(root, ".whole").hidden = last - first >= data.steps && frame.y1 - frame.y0 >= data.cells;
  find(root, ".unband").hidden = !chosen.band;
  setThumb(down, frame.y0, frame.y1, data.cells, "top", "bottom");
  setThumb(across, frame.x0, frame.x1, data.steps, "left", "right");
}

/**
 * Show on a rail what is looked at.
 * @param {HTMLElement} rail
 * @param {number} low
 * @param {number} high
 * @param {number} most
 * @param {"top" | "left"} from
 * @param {"bottom" | "right"} to
 */
function setThumb(rail, low, high, most, from, to) {
  rail.classList.toggle("shown", high - low < most - 1e-6);
  Object.assign(find(rail, ".thumb").style, { [from]: `${(100 * low) / most}%`, [to]: `${100 - (100 * high) / most}%` });
}

/** @param {CellView} view */
export function paintOver(view) {
  const { data, parts: { map, ink, curve, heat, letters }, state: { chosen, hovered, window: frame }, series, theme, curveFrame } = view, see = hovered ?? chosen;
  /** @param {number} rank */
  const across = (rank) => ((rank + 0.5 - frame.y0) / (frame.y1 - frame.y0)) * map.clientHeight;
  /** @param {number} step @param {number} width */
  const down = (step, width) => ((step + 0.5 - frame.x0) / (frame.x1 - frame.x0)) * width;
  const chosenRows = chosen.band ? [chosen.band[0] - 0.5, chosen.band[1] + 0.5] : [view.rank(chosen.cell)];
  const rows = chosenRows.map((rank) => ({ at: across(rank), strong: true })), steps = [{ step: chosen.step, strong: true }];
  if (hovered) rows.push({ at: across(view.rank(hovered.cell)), strong: false }), steps.push({ step: hovered.step, strong: false });
  paintLines(findCanvas(map, ".over"), view.mixing ? [] : rows, steps.map(({ step, strong }) => ({ at: down(step, map.clientWidth), strong })), theme);
  const { left, right } = curveFrame, wide = curve.clientWidth - left - right;
  paintLines(findCanvas(curve, ".over"), [], steps.map(({ step, strong }) => ({ at: left + down(step, wide), strong })), theme);
  const pens = [{ point: chosen.step + 1, colour: theme.text }];
  if (hovered) pens.push({ point: see.step + 1, colour: data.ramp.css[Math.round(series[see.step])] });
  paintPens(findCanvas(ink, ".over"), view.inkPlace, pens, theme);
  if (hovered?.letter !== undefined) {
    pickInk(findCanvas(ink, ".over"), view.inkPlace, data, hovered.letter, theme);
    veilColumns(findCanvas(map, ".over"), frame, data.arrays.letter, hovered.letter, theme);
  }
  if (data.text.length) paintLetters(findCanvas(letters, ".paint"), frame, data, data.arrays.letter[see.step], theme);
  const [line, under] = readings(data, chosen, see, series), at = find(view.root, ".at");
  at.innerHTML = line;
  find(view.root, ".under").innerHTML = see.cell === chosen.cell ? "" : under;
  heat.setAttribute("aria-label", `${data.header.what} of ${data.cells} cells over ${data.steps} steps. ${at.textContent}`);
}
