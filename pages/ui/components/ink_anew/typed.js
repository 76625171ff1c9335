// What a reader types, written at once.

import { latest } from "../shared/latest.js";
import { fixed } from "../shared/numbers.js";
import { blobOf } from "./blob.js";
import { linesOf, writable } from "./text.js";
import { Writer } from "./writer.js";

/** @import { Engine } from "../engine/visit.js" */
/** @import { InkHeader } from "../ink_view/data.js" */
/** @import { Blob, WrittenWith } from "./data.js" */

/**
 * What writing at once asks of its surroundings.
 * @typedef {object} Place
 * @property {() => Promise<Engine>} engine
 * @property {(blob: Blob | null, told: WrittenWith) => void} show null where there is nothing to write
 * @property {(words: string) => void} say how it goes
 */

/** @typedef {{told: WrittenWith, look: Pick<InkHeader, "name" | "px_per_unit" | "thickness">}} Wish */

const MOST_NAMED = 8;

/**
 * A function that has a text written and shown: one after the other, and of those that are wished for meanwhile only the last.
 * @param {Place} place
 * @returns {(wish: Wish) => void}
 */
export function writing({ engine, show, say }) {
  /** @type {Writer | null} */
  let writer = null;
  return latest(async ({ told, look }) => {
    const { longest, most_characters, lead } = told.numbers, { text, leftOut } = writable(told.text, told.alphabet, told.spelt);
    const lines = linesOf(text.slice(0, most_characters), longest), strange = leftOut.slice(0, MOST_NAMED).join(" ");
    try {
      writer ??= new Writer(await engine());
      show(lines.length ? blobOf(await writer.write(lines, told), lead, look) : null, told);
      const how = lines.length ? `Written here, in your browser, with bias ${fixed(told.bias)} and seed ${told.seed}` : "";
      say([how, strange && `left out, as the network has never seen it: ${strange}`].filter(Boolean).join("; "));
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  });
}
