// What the futures of a row say, in one line of HTML, or two.

import { fixed, percent } from "../shared/numbers.js";
import { startOf, sureOf } from "./data.js";

/** @import { FuturesData } from "./data.js" */

/** @param {FuturesData} data @param {number} row @param {boolean} ofFan the row is the fan's, where there is one */
export function wordsFor(data, row, ofFan) {
  const { mode, start, side, samples, steps, lifted, no_side, last } = data, count = `Point ${row} of ${last}`;
  if (mode === "fan" && !ofFan) return count;
  if (mode === "whole") return `${samples} continuations of ${steps} steps from point ${start[0]} of ${last}`;
  const p = mode === "fan" ? 0 : startOf(data, row);
  let left = 0, right = 0, unknown = 0, lifts = 0;
  for (let n = p * samples; n < (p + 1) * samples; n++) {
    left += Number(side[n] !== no_side && side[n] < 0);
    right += Number(side[n] !== no_side && side[n] > 0);
    unknown += Number(side[n] === no_side);
    lifts += lifted[n];
  }
  const open = unknown ? `, ${percent(unknown / samples)} not known, as the ink ends before they do or they end where they began` : "";
  const sides = unknown < samples
    ? `${percent(left / samples)} go left of where the pen went, ${percent(right / samples)} right${open}`
    : "left or right is not known: the ink ends before its futures do, or they end where they began";
  const words = `<b>${count}</b> <span>· within ${steps} steps: ${sides} · ${percent(lifts / samples)} lift the pen</span>`, sure = sureOf(data);
  if (!sure) return words;
  const values = sure.measures.map(({ label, unit }, k) => {
    const value = sure.curves[k * start.length + p];
    if (Number.isNaN(value)) return `${label} –`;
    return unit === "share" ? `${label} ${percent(value)}` : `${label} ${fixed(value)} ${unit}`;
  });
  return `${words}<br><span>${values.join(" · ")}${sure.forks.includes(p) ? " · the futures fork here" : ""}</span>`;
}
