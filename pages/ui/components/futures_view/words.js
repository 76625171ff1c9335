// What the futures of a row say, in one line of HTML, or two.

import { fixed, percent } from "../shared/numbers.js";
import { startOf, sureOf } from "./data.js";

/** @import { FuturesData } from "./data.js" */

/**
 * Where some futures of a start end, beside where the pen really was after as many steps, in words.
 * @param {FuturesData} data
 * @param {number} p start
 * @param {(n: number) => boolean} [counts] whether a future is one of them
 */
export function sidesOf({ side, samples, no_side, start, steps, last }, p, counts = () => true) {
  let left = 0, right = 0, along = 0, unknown = 0;
  for (let n = 0; n < samples; n++) {
    if (!counts(n)) continue;
    const turned = side[p * samples + n];
    if (turned === no_side) unknown++;
    else if (turned < 0) left++;
    else if (turned > 0) right++;
    else along++;
  }
  const all = left + right + along + unknown, share = (/** @type {number} */ count) => percent(count / all);
  const why = start[p] + steps > last ? "the ink ends before them" : "the pen stood still";
  if (unknown === all) return `left or right is not known: ${why}`;
  const parts = [`${share(left)} end left of where the pen went`, `${share(right)} right`];
  if (along) parts.push(`${share(along)} on its way`);
  if (unknown) parts.push(`${share(unknown)} not known, as ${why}`);
  return parts.join(", ");
}

/** @param {FuturesData} data @param {number} row @param {boolean} ofFan the row is the fan's, where there is one */
export function wordsFor(data, row, ofFan) {
  const { mode, start, samples, steps, lifted, last } = data, count = `Point ${row} of ${last}`;
  if (mode === "fan" && !ofFan) return count;
  if (mode === "whole") return `${samples} continuations of ${steps} steps from point ${start[0]} of ${last}`;
  const p = mode === "fan" ? 0 : startOf(data, row);
  const lifts = lifted.subarray(p * samples, (p + 1) * samples).reduce((sum, one) => sum + one, 0);
  const words = `<b>${count}</b> <span>· the next ${steps} steps, ${samples} times: ${sidesOf(data, p)} · ${percent(lifts / samples)} lift the pen</span>`;
  const sure = sureOf(data), forks = data.forks.includes(row) ? " · <b>the futures fork here</b>" : "";
  if (!sure) return words + forks;
  const values = sure.measures.map(({ label, unit }, k) => {
    const value = sure.curves[k * start.length + p];
    if (Number.isNaN(value)) return `${label} –`;
    return unit === "share" ? `${label} ${percent(value)}` : `${label} ${fixed(value)} ${unit}`;
  });
  return `${words}<br><span>${values.join(" · ")}${forks}</span>`;
}
