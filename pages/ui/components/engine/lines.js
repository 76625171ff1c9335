// Lines that the network reads and writes: a state each, and what may be asked of it. Offsets are three numbers a step, as in Strokes of
// hwmodel/ink/strokes.py.

import { draw, surprise } from "./mixture.js";
import { putState, takeState } from "./network.js";
import { noise } from "./random.js";

/** @typedef {import("./network.js").Network} Network */
/** @typedef {import("./network.js").State & {steps: number}} Line a state, and how many offsets led to it */

/**
 * What reading or writing offsets gave, a row for each.
 * @typedef {object} Record
 * @property {Float32Array} offsets (T, 3)
 * @property {Float32Array} cells (T, H): cell states after the offset was read
 * @property {Float32Array} nats (T, 2): surprise before it was read, xy and pen
 */

/**
 * How the network writes.
 * @typedef {object} Manner
 * @property {number} bias of Graves's law: 0 as it learnt, higher is tidier
 * @property {number} seed
 */

/**
 * A line that nothing has been written on. The network reads zeros before the first offset, as it was trained.
 * @param {Network} network
 * @returns {Line}
 */
export function emptyLine(network) {
  for (const array of [network.hidden[0], network.cell[0], network.offset[0]]) array.fill(0);
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
export function write(network, line, steps, { bias, seed }) {
  const random = new Float64Array(4);
  return advance(network, line, steps, (step, offset, raw) => {
    noise(seed, 0, line.steps + step, random);
    draw(raw, network.components, bias, random, offset);
  });
}

/**
 * @param {Network} network
 * @param {Line} line
 * @param {number} count
 * @param {(step: number, offset: Float32Array, raw: Float32Array) => void} give the next offset
 * @returns {[Line, Record]}
 */
function advance(network, line, count, give) {
  const { cells, components } = network, offset = network.offset[0], raw = network.raw[0];
  const record = { offsets: new Float32Array(3 * count), cells: new Float32Array(count * cells), nats: new Float32Array(2 * count) };
  putState(network, 0, line);
  for (let step = 0; step < count; step++) {
    give(step, offset, raw);
    record.offsets.set(offset, 3 * step);
    record.nats.set(surprise(raw, components, offset), 2 * step);
    network.step(1);
    record.cells.set(network.cell[0], step * cells);
  }
  return [{ ...takeState(network, 0), steps: line.steps + count }, record];
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
