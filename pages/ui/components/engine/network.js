// The network one step at a time, for rows side by side, each a line of its own.

import { startKernel } from "./kernel.js";

/** @typedef {import("./data.js").Weights} Weights */

/**
 * What the network remembers of a line, and what it predicts next.
 * @typedef {object} State
 * @property {Float32Array} hidden (H,)
 * @property {Float32Array} cell (H,)
 * @property {Float32Array} raw (1 + 6K,), as hwmodel/network/mixture.py has them
 */

/**
 * @typedef {object} Network
 * @property {"wasm" | "js"} kernel
 * @property {number} cells H
 * @property {number} components K
 * @property {number} rows how many there are room for
 * @property {Float32Array[]} offset of each row, (3,): what the next step reads
 * @property {Float32Array[]} raw of each row, (1 + 6K,): what the last step predicts, which the next overwrites
 * @property {Float32Array[]} hidden of each row, (H,)
 * @property {Float32Array[]} cell of each row, (H,)
 * @property {(count: number) => void} step read the offsets of the first `count` rows
 */

/**
 * A network of these weights. All rows begin with zeros, and have read nothing.
 * @param {Weights} weights
 * @param {Uint8Array | null} code of the kernel; none: plain js
 * @param {number} rows
 * @returns {Promise<Network>}
 */
export async function makeNetwork(weights, code, rows) {
  const { cells, components } = weights.header, outputs = 1 + 6 * components;
  const width = 4 * Math.ceil(cells / 4), inputs = width + 4; // the kernel's rows are padded
  const gateBlocks = width / 2, outputBlocks = Math.ceil(outputs / 8);
  let end = 0;
  const place = (/** @type {number} */ count) => (end += 16 * Math.ceil(count / 4)) - 16 * Math.ceil(count / 4);
  const gateWeights = place(8 * gateBlocks * inputs), outputWeights = place(8 * outputBlocks * inputs);
  const inputsAt = place(rows * inputs), cell = place(rows * width), gates = place(rows * 4 * width), raw = place(rows * 8 * outputBlocks);
  const kernel = await startKernel(code, end);
  const view = (/** @type {number} */ at, /** @type {number} */ count) => new Float32Array(kernel.buffer, at, count);
  const each = (/** @type {number} */ at, /** @type {number} */ apart, /** @type {number} */ count) =>
    Array.from({ length: rows }, (_, row) => view(at + 4 * row * apart, count));

  const gateTarget = view(gateWeights, 8 * gateBlocks * inputs), outputTarget = view(outputWeights, 8 * outputBlocks * inputs);
  for (let row = 0; row < 4 * cells; row++) {
    const to = Math.floor(row / cells) * width + (row % cells);
    layRow(gateTarget, to, inputs, 0, weights.recurrent.subarray(row * cells, (row + 1) * cells));
    layRow(gateTarget, to, inputs, width, weights.read.subarray(4 * row, 4 * row + 4));
  }
  for (let row = 0; row < outputs; row++) {
    layRow(outputTarget, row, inputs, 0, weights.output.subarray(row * cells, (row + 1) * cells));
    layRow(outputTarget, row, inputs, inputs - 1, weights.outputBias.subarray(row, row + 1));
  }
  for (const one of each(inputsAt + 4 * (inputs - 1), inputs, 1)) one[0] = 1;
  return {
    kernel: kernel.kind,
    cells,
    components,
    rows,
    offset: each(inputsAt + 4 * width, inputs, 3),
    raw: each(raw, 8 * outputBlocks, outputs),
    hidden: each(inputsAt, inputs, cells),
    cell: each(cell, width, cells),
    step(count) {
      kernel.product(gateWeights, inputsAt, gates, inputs, gateBlocks, count);
      kernel.update(gates, cell, inputsAt, inputs, width, count);
      kernel.product(outputWeights, inputsAt, raw, inputs, outputBlocks, count);
    },
  };
}

/**
 * Put weights of one output, from input `from` on, to their places in blocks of 8 outputs.
 * @param {Float32Array} target
 * @param {number} row
 * @param {number} inputs
 * @param {number} from
 * @param {Float32Array} values
 */
function layRow(target, row, inputs, from, values) {
  for (let i = 0, at = 8 * ((row >> 3) * inputs + from) + (row & 7); i < values.length; i++, at += 8) target[at] = values[i];
}

/**
 * Let a row go on from a state.
 * @param {Network} network
 * @param {number} row
 * @param {State} state
 */
export function putState(network, row, state) {
  network.hidden[row].set(state.hidden);
  network.cell[row].set(state.cell);
  network.raw[row].set(state.raw);
}

/**
 * A copy of a row's state.
 * @param {Network} network
 * @param {number} row
 * @returns {State}
 */
export function takeState(network, row) {
  return { hidden: network.hidden[row].slice(), cell: network.cell[row].slice(), raw: network.raw[row].slice() };
}
