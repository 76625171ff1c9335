// The network in the browser writes a text: several lines, each to its end, all in one hand.

import { handOf } from "./data.js";

/** @import { Engine } from "../engine/visit.js" */
/** @import { HandInk, WrittenLine, WrittenWith } from "./data.js" */

const ATTEMPTS = 3; // at a line that does not come to its end, each with other random numbers
const LINE_APART = 7919, ATTEMPT_APART = 104729; // of their seeds

export class Writer {
  /** @param {Engine} engine of a network that is told what to write */
  constructor(engine) {
    this.engine = engine;
    /** @type {Map<string, Promise<WrittenLine>>} what was written last, so that of a text that is changed only what is new is written */
    this.known = new Map();
  }

  /**
   * Lines in the hand that is given, or in that of the first one.
   * @param {string[]} lines in characters that the network knows
   * @param {WrittenWith} told
   * @returns {Promise<WrittenLine[]>}
   */
  async write(lines, told) {
    /** @type {WrittenLine[]} */
    const written = [];
    /** @type {Map<string, Promise<WrittenLine>>} */
    const known = new Map();
    for (const [number, text] of lines.entries()) {
      const hand = told.hand ?? (number ? handOf(written[0]) : null);
      const key = JSON.stringify([text, number, told.bias, told.seed, told.hand, number && lines[0]]);
      const line = this.known.get(key) ?? this.line(text, told.seed + LINE_APART * number, hand, told);
      known.set(key, line);
      written.push(await line);
    }
    this.known = known;
    return written;
  }

  /** @param {string} text @param {number} seed @param {HandInk | null} hand @param {WrittenWith} told @returns {Promise<WrittenLine>} */
  async line(text, seed, hand, { bias, endings, numbers }) {
    const { engine } = this, before = hand ? `${hand.text} ` : "", most = numbers.steps_a_character * text.length + numbers.steps_at_least;
    const first = await engine.open(before + text);
    if (hand) await engine.read(first, Float32Array.from(hand.offsets));
    /** @type {Omit<WrittenLine, "text">} */
    let written = { offsets: new Float32Array(0), progress: new Float32Array(0) };
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const line = await engine.copy(first), record = await engine.writeToEnd(line, most, { bias, seed: seed + ATTEMPT_APART * attempt }, endings);
      await engine.close(line);
      written = record;
      if (record.reason === "written") break;
    }
    await engine.close(first);
    const from = hand && written.progress.length > 1 ? 1 : 0; // the way from the hand's ink to the text is not drawn
    return { text, offsets: written.offsets.slice(3 * from), progress: written.progress.slice(from).map((passed) => passed - before.length) };
  }
}
