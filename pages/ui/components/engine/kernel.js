// The two products and the update of a step, over one piece of memory: in WebAssembly where the browser has its 128-bit SIMD, else in plain js.
// kernel.wat says what each does. All addresses are bytes.

/**
 * @typedef {object} Kernel
 * @property {"wasm" | "js"} kind
 * @property {ArrayBuffer} buffer
 * @property {(weights: number, inputsAt: number, out: number, inputs: number, blocks: number, rows: number) => void} product
 * @property {(gates: number, cell: number, inputsAt: number, inputs: number, cells: number, rows: number) => void} update
 */

const PAGE = 65536;

/**
 * A kernel with so many bytes of memory.
 * @param {Uint8Array | null} code of kernel.wasm; none: plain js
 * @param {number} bytes
 * @returns {Promise<Kernel>}
 */
export async function startKernel(code, bytes) {
  if (!code || !hasSimd(code)) return plainKernel(bytes);
  try {
    const { instance } = await WebAssembly.instantiate(/** @type {BufferSource} */ (code));
    const { memory, product, update } = /** @type {any} */ (instance.exports);
    memory.grow(Math.max(0, Math.ceil(bytes / PAGE) - memory.buffer.byteLength / PAGE));
    return { kind: "wasm", buffer: memory.buffer, product, update };
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return plainKernel(bytes); // a page's policy may forbid WebAssembly
    throw error;
  }
}

/**
 * Whether the browser takes the kernel: one without WebAssembly, or without its SIMD, does not.
 * @param {Uint8Array} code
 */
export function hasSimd(code) {
  return typeof WebAssembly === "object" && WebAssembly.validate(/** @type {BufferSource} */ (code));
}

/**
 * @param {number} bytes
 * @returns {Kernel}
 */
export function plainKernel(bytes) {
  const buffer = new ArrayBuffer(Math.ceil(bytes / 4) * 4), numbers = new Float32Array(buffer);
  return {
    kind: "js",
    buffer,
    product: (weights, inputsAt, out, inputs, blocks, rows) => product(numbers, weights >> 2, inputsAt >> 2, out >> 2, inputs, blocks, rows),
    update: (gates, cell, inputsAt, inputs, cells, rows) => update(numbers, gates >> 2, cell >> 2, inputsAt >> 2, inputs, cells, rows),
  };
}

/**
 * @param {Float32Array} numbers
 * @param {number} weights
 * @param {number} inputsAt
 * @param {number} out
 * @param {number} inputs
 * @param {number} blocks
 * @param {number} rows
 */
function product(numbers, weights, inputsAt, out, inputs, blocks, rows) {
  for (let block = 0; block < blocks; block++, weights += 8 * inputs) {
    for (let row = 0; row < rows; row++) {
      let a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
      for (let at = inputsAt + row * inputs, end = at + inputs, w = weights; at < end; at++, w += 8) {
        const x = numbers[at];
        a += x * numbers[w];
        b += x * numbers[w + 1];
        c += x * numbers[w + 2];
        d += x * numbers[w + 3];
        e += x * numbers[w + 4];
        f += x * numbers[w + 5];
        g += x * numbers[w + 6];
        h += x * numbers[w + 7];
      }
      const to = out + 8 * (row * blocks + block);
      numbers[to] = a;
      numbers[to + 1] = b;
      numbers[to + 2] = c;
      numbers[to + 3] = d;
      numbers[to + 4] = e;
      numbers[to + 5] = f;
      numbers[to + 6] = g;
      numbers[to + 7] = h;
    }
  }
}

/**
 * @param {Float32Array} numbers
 * @param {number} gates
 * @param {number} cell
 * @param {number} inputsAt
 * @param {number} inputs
 * @param {number} cells
 * @param {number} rows
 */
function update(numbers, gates, cell, inputsAt, inputs, cells, rows) {
  for (let row = 0; row < rows; row++, gates += 4 * cells, cell += cells, inputsAt += inputs) {
    for (let j = 0; j < cells; j++) {
      const i = sigmoid(numbers[gates + j]), f = sigmoid(numbers[gates + cells + j]);
      const c = f * numbers[cell + j] + i * Math.tanh(numbers[gates + 2 * cells + j]);
      numbers[cell + j] = c;
      numbers[inputsAt + j] = sigmoid(numbers[gates + 3 * cells + j]) * Math.tanh(c);
    }
  }
}

/** @param {number} x */
function sigmoid(x) {
  return 1 / (1 + Math.exp(-x));
}
