// Lines that the network reads and writes: a state each, and what may be asked of it. Offsets are three numbers a step, as in Strokes of
// hwmodel/ink/strokes.py.

import { watchLine } from "./endings.js";
import { draw, surprise } from "./mixture.js";
import { putState, takeState } from "./network.js";
import { noise } from "./random.js";
import { beginReading } from "./window.js";

/** @typedef {import("./data.js").EndingNumbers} EndingNumbers */
/** @typedef {import("./endings.js").Reason} Reason */
/** @typedef {import("./network.js").Network} Network */
/** @typedef {import("./window.js").Reading} Reading */
/** @typedef {import("./network.js").State & {steps: number}} Line a state, and how many offsets led to it */

/**
 * What reading or writing offsets gave, a row for each.
 * @typedef {object} Record
 * @property {Float32Array} offsets (T, 3)
 * @property {Float32Array} cells (T, H): cell states after the offset was read
 * @property {Float32Array} nats (T, 2): surprise before it was read, xy and pen
 * @property {Float32Array} progress (T,): characters of its text that had been passed before it was read; 0 where there is no text
 */

/**
 * How the network writes.
 * @typedef {object} Manner
 * @property {number} bias of Graves's law: 0 as it learnt, higher is tidier
 * @property {number} seed
 */

/**
 * A line that nothing has been written on. The network reads zeros before the first offset, as it was trained. Throws where a network that is told
 * what to write is told nothing or what it does not know, and where any other is told something.
 * @param {Network} network
 * @param {string} text
 * @returns {Line}
 */
export function emptyLine(network, text) {
  if (text && !network.alphabet) throw new Error("this network is not told what to write");
  for (const array of [network.hidden[0], network.cell[0], network.offset[0], network.window[0]]) array.fill(0);
  network.reading[0] = network.alphabet ? beginReading(text, network.alphabet) : null;
  network.step(1);
  return { ...takeState(network, 0), steps: 0 };
}

/**
 * The line after it has read offsets, and what they were to it.
 * @param {Network} network
 * @param {Line} line
 * @param {Float32Array} offsets (T, 3)
 * @returns {[Line, Record]}
 */
export function read(network, line, offsets) {
  return advance(network, line, offsets.length / 3, (step, offset) => offset.set(offsets.subarray(3 * step, 3 * step + 3)));
}

/**
 * The line after the network has gone on for so many steps, and what it wrote. Written in two pieces it is the same as in one.
 * @param {Network} network
 * @param {Line} line
 * @param {number} steps
 * @param {Manner} manner
 * @returns {[Line, Record]}
 */
export function write(network, line, steps, manner) {
  return advance(network, line, steps, drawing(network, line, manner));
}

/**
 * The line after the network has written until the line ends, and what it wrote: see `watchLine`. In at most so many steps; why it ended is "steps" where
 * they are used up.
 * @param {Network} network
 * @param {Line} line
 * @param {number} most
 * @param {Manner} manner
 * @param {EndingNumbers} numbers
 * @returns {[Line, Record, Reason | "steps"]}
 */
export function writeToEnd(network, line, most, manner, numbers) {
  const watch = watchLine(numbers);
  /** @type {ReturnType<typeof watch>} */
  let ended = null;
  const [after, record] = advance(network, line, most, drawing(network, line, manner), (offset, reading) => {
    ended = watch(offset, reading);
    return ended?.steps ?? Infinity;
  });
  return [after, record, /** @type {{reason: Reason} | null} */ (ended)?.reason ?? "steps"];
}

/**
 * What draws the next offsets of a line.
 * @param {Network} network
 * @param {Line} line
 * @param {Manner} manner
 */
function drawing(network, line, { bias, seed }) {
  const random = new Float64Array(4);
  return (/** @type {number} */ step, /** @type {Float32Array} */ offset, /** @type {Float32Array} */ raw) => {
    noise(seed, 0, line.steps + step, random);
    draw(raw, network.components, bias, random, offset);
  };
}

/**
 * @param {Network} network
 * @param {Line} line
 * @param {number} most
 * @param {(step: number, offset: Float32Array, raw: Float32Array) => void} give the next offset
 * @param {(offset: Float32Array, reading: Reading | null) => number} [end] how many steps the line has, once that is known; till then Infinity
 * @returns {[Line, Record]}
 */
function advance(network, line, most, give, end = () => Infinity) {
  const { cells, components } = network, offset = network.offset[0], raw = network.raw[0];
  const offsets = new Float32Array(3 * most), after = new Float32Array(most * cells), nats = new Float32Array(2 * most), progress = new Float32Array(most);
  putState(network, 0, line);
  let step = 0;
  for (let steps = Infinity; step < Math.min(most, steps); step++) {
    give(step, offset, raw);
    steps = end(offset, network.reading[0]);
    if (steps <= step) break;
    offsets.set(offset, 3 * step);
    nats.set(surprise(raw, components, offset), 2 * step);
    progress[step] = network.reading[0]?.progress ?? 0;
    network.step(1);
    after.set(network.cell[0], step * cells);
  }
  const record = { offsets: offsets.slice(0, 3 * step), cells: after.slice(0, step * cells), nats: nats.slice(0, 2 * step), progress: progress.slice(0, step) };
  return [{ ...takeState(network, 0), steps: line.steps + step }, record];
}

/**
 * What else could come: offsets (N, S, 3) of N futures of S steps from where the line stands. A future's random numbers belong to its number and the
 * step in the line, so it is the same whatever N and S are, and keeps its ways while the line goes on.
 * @param {Network} network
 * @param {Line} line
 * @param {number} count N, at most the network's rows
 * @param {number} steps S
 * @param {Manner} manner
 */
export function futures(network, line, count, steps, { bias, seed }) {
  if (count > network.rows) throw new Error(`there is room for ${network.rows} futures, and ${count} were asked for`);
  const offsets = new Float32Array(count * steps * 3), random = new Float64Array(4);
  for (let row = 0; row < count; row++) putState(network, row, line);
  for (let step = 0; step < steps; step++) {
    if (step) network.step(count);
    for (let row = 0; row < count; row++) {
      noise(seed, 1 + row, line.steps + step, random);
      draw(network.raw[row], network.components, bias, random, network.offset[row]);
      offsets.set(network.offset[row], 3 * (row * steps + step));
    }
  }
  return offsets;
}
