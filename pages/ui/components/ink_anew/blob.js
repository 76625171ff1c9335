// Written lines as the view of ink takes them, as hwmodel/views/ink_view.py makes them of numbers.

import { lettersOf } from "./letters.js";

/** @import { InkHeader } from "../ink_view/data.js" */
/** @import { Blob, WrittenLine } from "./data.js" */

/**
 * @param {WrittenLine[]} lines
 * @param {number} lead characters that the window stands before the pen
 * @param {Pick<InkHeader, "name" | "px_per_unit" | "thickness">} look
 * @returns {Blob}
 */
export function blobOf(lines, lead, { name, px_per_unit, thickness }) {
  const panels = lines.map(({ text, progress }) => ({ label: text, note: "", row: "", text, count: progress.length + 1 }));
  const total = panels.reduce((sum, { count }) => sum + count, 0);
  const points = new Float32Array(2 * total), inked = new Uint8Array(total), letter = new Uint16Array(total);
  let at = 0;
  for (const line of lines) {
    const { offsets } = line, letters = lettersOf(line, lead);
    letter[at++] = letters[0];
    for (let step = 0, x = 0, y = 0; step < letters.length; step++, at++) {
      points[2 * at] = x += offsets[3 * step];
      points[2 * at + 1] = y += offsets[3 * step + 1];
      inked[at] = step && offsets[3 * step - 1] > 0.5 ? 0 : 1;
      letter[at] = letters[step];
    }
  }
  const header = { name, panels, px_per_unit, thickness, columns: [], chosen: 0, play: true, one_by_one: panels.length > 1 };
  return { header, arrays: { points, inked, level: new Uint8Array(total), letter } };
}
