// What Python sends: hwmodel/views/network_weights.py, WeightsHeader and WeightsArrays, and hwmodel/views/engine.py.

import { unpack } from "../shared/packing.js";

/**
 * @typedef {object} WeightsHeader
 * @property {string} format
 * @property {string} fingerprint of the checkpoint
 * @property {"int8" | "float16"} precision
 * @property {number} cells H
 * @property {number} components K
 * @property {string} alphabet the characters that a text network knows, C - 1 of them; none: it is told no text, and C is 0
 * @property {number} gaussians M, of a text network's window
 * @property {number} units_per_offset whiteboard units in one model unit
 */

/**
 * @typedef {object} WeightsArrays
 * @property {Float32Array} read (4H, 4) of dx, dy, pen_up and the bias
 * @property {Float32Array} output_bias (1 + 6K,)
 * @property {Int8Array} [recurrent] int8: (4H, H + C) levels
 * @property {Float32Array} [recurrent_scale] int8: (4H,)
 * @property {Int8Array} [output] int8: (1 + 6K, H + C) levels
 * @property {Float32Array} [output_scale] int8: (1 + 6K,)
 * @property {Uint16Array} [recurrent_half] float16: (4H, H + C) bits
 * @property {Uint16Array} [output_half] float16: (1 + 6K, H + C) bits
 * @property {Float32Array} [window] of a text network: (3M + 1, H + 1) of the hidden state and the bias
 */

/**
 * @typedef {object} PenNumbers
 * @property {number} grid places of a point in one model unit
 * @property {number} fine model units between places while smoothing
 * @property {number} corner_parts pieces of a curve between two places of the pen
 * @property {number} smooth_px standard deviation of the Gaussian along the path, in px: of the pixel grid,
 * @property {number} smooth in model units: of the hand's tremor,
 * @property {number} smooth_turns in model units: of the path whose curvature counts
 * @property {number} straight_step model units
 * @property {number} turn_curvature one over model units
 * @property {number} turn_power
 * @property {number} start_slower share of a step that is missing where the pen sets down
 * @property {number} start_length model units
 */

/**
 * @typedef {object} EndingNumbers
 * @property {number} width model units: of a full line
 * @property {number} too_far_up_or_down
 * @property {number} too_far_back to the left of the start
 * @property {number} loop_steps that gain less new ground than
 * @property {number} loop_ground
 * @property {number} still_steps with a path shorter than
 * @property {number} still_path
 * @property {number} further characters beyond the text's end
 */

/**
 * A network's weights as float32, row by row.
 * @typedef {object} Weights
 * @property {WeightsHeader} header
 * @property {number} classes C
 * @property {Float32Array} recurrent (4H, H + C)
 * @property {Float32Array} read (4H, 4)
 * @property {Float32Array} output (1 + 6K, H + C)
 * @property {Float32Array} outputBias (1 + 6K,)
 * @property {Float32Array | null} window (3M + 1, H + 1)
 */

const FORMAT = "handwriting-weights-1";

/**
 * The weights in a packed file. Throws where it is none, or not all of one.
 * @param {Uint8Array} bytes
 * @returns {Weights}
 */
export function readWeights(bytes) {
  /** @type {{header: WeightsHeader, arrays: WeightsArrays}} */
  let blob;
  try {
    blob = unpack(bytes);
  } catch (error) {
    throw new Error(`these are no packed weights, or not all of them (${error}); fetch them again`);
  }
  const { header, arrays } = blob;
  if (header.format !== FORMAT) throw new Error(`packed weights must say "${FORMAT}", got ${JSON.stringify(header.format)}; pack them again`);
  const { cells, gaussians } = header, gates = 4 * cells, outputs = 1 + 6 * header.components;
  const classes = header.alphabet ? [...header.alphabet].length + 1 : 0;
  const weights = {
    header,
    classes,
    recurrent: matrixOf(gates, cells + classes, arrays.recurrent, arrays.recurrent_scale, arrays.recurrent_half),
    read: arrays.read,
    output: matrixOf(outputs, cells + classes, arrays.output, arrays.output_scale, arrays.output_half),
    outputBias: arrays.output_bias,
    window: arrays.window ?? null,
  };
  const windowSize = classes ? (3 * gaussians + 1) * (cells + 1) : undefined;
  if (weights.read?.length !== 4 * gates || weights.outputBias?.length !== outputs || weights.window?.length !== windowSize) {
    throw new Error(`packed weights of ${cells} cells and ${header.components} components lack numbers; pack them again`);
  }
  return weights;
}

/**
 * @param {number} rows
 * @param {number} columns
 * @param {Int8Array} [levels]
 * @param {Float32Array} [scale]
 * @param {Uint16Array} [half]
 */
function matrixOf(rows, columns, levels, scale, half) {
  const matrix = new Float32Array(rows * columns);
  if (half?.length === matrix.length) {
    for (let i = 0; i < matrix.length; i++) matrix[i] = halfToNumber(half[i]);
  } else if (levels?.length === matrix.length && scale?.length === rows) {
    for (let row = 0, i = 0; row < rows; row++) for (const end = i + columns; i < end; i++) matrix[i] = levels[i] * scale[row];
  } else {
    throw new Error(`packed weights lack a matrix of ${rows} rows and ${columns} columns; pack them again`);
  }
  return matrix;
}

/**
 * The number that 16 bits stand for (IEEE 754-2008, binary16); weights are finite.
 * @param {number} bits
 */
export function halfToNumber(bits) {
  const exponent = (bits >> 10) & 31, fraction = bits & 1023, sign = bits & 0x8000 ? -1 : 1;
  return sign * (exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24);
}
