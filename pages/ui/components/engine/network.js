// The network one step at a time, for rows side by side, each a line of its own.

import { startKernel } from "./kernel.js";
import { copyOf, moveWindow } from "./window.js";

/** @typedef {import("./data.js").Weights} Weights */
/** @typedef {import("./window.js").Reading} Reading */

/**
 * What the network remembers of a line, and what it predicts next.
 * @typedef {object} State
 * @property {Float32Array} hidden (H,)
 * @property {Float32Array} cell (H,)
 * @property {Float32Array} raw (1 + 6K,), as hwmodel/network/mixture.py has them
 * @property {Float32Array} window (C,): weight on each class of characters; none where the network is told no text
 * @property {Reading | null} reading where it stands in its text
 */

/**
 * @typedef {object} Network
 * @property {"wasm" | "js"} kernel
 * @property {number} cells H
 * @property {number} components K
 * @property {string} alphabet that it knows; none: it is told no text
 * @property {number} rows how many there are room for
 * @property {Float32Array[]} offset of each row, (3,): what the next step reads
 * @property {Float32Array[]} raw of each row, (1 + 6K,): what the last step predicts, which the next overwrites
 * @property {Float32Array[]} hidden of each row, (H,)
 * @property {Float32Array[]} cell of each row, (H,)
 * @property {Float32Array[]} window of each row, (C,)
 * @property {(Reading | null)[]} reading of each row
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
  const { cells, components, alphabet, gaussians } = weights.header, { classes } = weights;
  const outputs = 1 + 6 * components, params = classes ? 3 * gaussians + 1 : 0;
  const width = 4 * Math.ceil(cells / 4), known = width + 4 * Math.ceil(classes / 4), inputs = known + 4; // the kernel's rows are padded
  const gateBlocks = width / 2, outputBlocks = Math.ceil(outputs / 8), windowBlocks = Math.ceil(params / 8);
  let end = 0;
  const place = (/** @type {number} */ count) => (end += 16 * Math.ceil(count / 4)) - 16 * Math.ceil(count / 4);
  const gateWeights = place(8 * gateBlocks * inputs), outputWeights = place(8 * outputBlocks * inputs), windowWeights = place(8 * windowBlocks * inputs);
  const inputsAt = place(rows * inputs), cell = place(rows * width), gates = place(rows * 4 * width), raw = place(rows * 8 * outputBlocks);
  const paramsAt = place(rows * 8 * windowBlocks);
  const kernel = await startKernel(code, end);
  const view = (/** @type {number} */ at, /** @type {number} */ count) => new Float32Array(kernel.buffer, at, count);
  const each = (/** @type {number} */ at, /** @type {number} */ apart, /** @type {number} */ count) =>
    Array.from({ length: rows }, (_, row) => view(at + 4 * row * apart, count));

  const gateTarget = view(gateWeights, 8 * gateBlocks * inputs), outputTarget = view(outputWeights, 8 * outputBlocks * inputs);
  const windowTarget = view(windowWeights, 8 * windowBlocks * inputs);
  for (let row = 0; row < 4 * cells; row++) {
    const to = Math.floor(row / cells) * width + (row % cells);
    layKnown(gateTarget, to, weights.recurrent, row);
    layRow(gateTarget, to, inputs, known, weights.read.subarray(4 * row, 4 * row + 4));
  }
  for (let row = 0; row < outputs; row++) {
    layKnown(outputTarget, row, weights.output, row);
    layRow(outputTarget, row, inputs, inputs - 1, weights.outputBias.subarray(row, row + 1));
  }
  for (let row = 0, from = 0; weights.window && row < params; row++, from += cells + 1) {
    layRow(windowTarget, row, inputs, 0, weights.window.subarray(from, from + cells));
    layRow(windowTarget, row, inputs, inputs - 1, weights.window.subarray(from + cells, from + cells + 1));
  }
  /** @param {Float32Array} target @param {number} to @param {Float32Array} matrix of hidden state and window @param {number} row of it */
  function layKnown(target, to, matrix, row) {
    const from = row * (cells + classes);
    layRow(target, to, inputs, 0, matrix.subarray(from, from + cells));
    layRow(target, to, inputs, width, matrix.subarray(from + cells, from + cells + classes));
  }

  const window = each(inputsAt + 4 * width, inputs, classes), windowParams = each(paramsAt, 8 * windowBlocks, params);
  /** @type {(Reading | null)[]} */
  const reading = Array.from({ length: rows }, () => null);
  for (const one of each(inputsAt + 4 * (inputs - 1), inputs, 1)) one[0] = 1;
  return {
    kernel: kernel.kind,
    cells,
    components,
    alphabet,
    rows,
    offset: each(inputsAt + 4 * known, inputs, 3),
    raw: each(raw, 8 * outputBlocks, outputs),
    hidden: each(inputsAt, inputs, cells),
    cell: each(cell, width, cells),
    window,
    reading,
    step(count) {
      kernel.product(gateWeights, inputsAt, gates, inputs, gateBlocks, count);
      kernel.update(gates, cell, inputsAt, inputs, width, count);
      if (classes) {
        kernel.product(windowWeights, inputsAt, paramsAt, inputs, windowBlocks, count);
        for (let row = 0; row < count; row++) {
          const told = reading[row];
          if (!told) throw new Error("a network that is told what to write was told nothing");
          moveWindow(windowParams[row], gaussians, told, window[row]);
        }
      }
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
  network.window[row].set(state.window);
  network.reading[row] = state.reading && copyOf(state.reading);
}

/**
 * A copy of a row's state.
 * @param {Network} network
 * @param {number} row
 * @returns {State}
 */
export function takeState(network, row) {
  const reading = network.reading[row];
  return {
    hidden: network.hidden[row].slice(),
    cell: network.cell[row].slice(),
    raw: network.raw[row].slice(),
    window: network.window[row].slice(),
    reading: reading && copyOf(reading),
  };
}
