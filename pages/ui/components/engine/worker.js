// The worker's end of engine.js: one network, its lines by number, and an answer to each message in the order of their coming.

import { readWeights } from "./data.js";
import { emptyLine, futures, read, write, writeToEnd } from "./lines.js";
import { makeNetwork } from "./network.js";

/** @typedef {import("./data.js").EndingNumbers} EndingNumbers */
/** @typedef {import("./network.js").Network} Network */
/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./lines.js").Manner} Manner */

/** @type {Network | null} */
let network = null;
/** @type {Map<number, Line>} */
const lines = new Map();
let opened = 0;

function ready() {
  if (!network) throw new Error("the engine has no weights yet: load them first");
  return network;
}

/** @param {number} number */
function lineOf(number) {
  const line = lines.get(number);
  if (!line) throw new Error(`there is no open line ${number}`);
  return line;
}

/** @param {Line} line */
function keep(line) {
  lines.set(++opened, line);
  return opened;
}

const ANSWERS = {
  /** @param {{weights: Uint8Array, kernel: Uint8Array | null, rows: number}} given */
  async load({ weights, kernel, rows }) {
    const unpacked = readWeights(weights);
    network = await makeNetwork(unpacked, kernel, rows);
    lines.clear();
    return { kernel: network.kernel, header: unpacked.header };
  },
  /** @param {{text: string}} given */
  open: ({ text }) => keep(emptyLine(ready(), text)),
  /** @param {{line: number}} given */
  copy: ({ line }) => keep(lineOf(line)),
  /** @param {{line: number}} given */
  close: ({ line }) => void lines.delete(line),
  /** @param {{line: number}} given */
  raw: ({ line }) => lineOf(line).raw,
  /** @param {{line: number, offsets: Float32Array}} given */
  read({ line, offsets }) {
    const [after, record] = read(ready(), lineOf(line), offsets);
    lines.set(line, after);
    return record;
  },
  /** @param {{line: number, steps: number, manner: Manner}} given */
  write({ line, steps, manner }) {
    const [after, record] = write(ready(), lineOf(line), steps, manner);
    lines.set(line, after);
    return record;
  },
  /** @param {{line: number, most: number, manner: Manner, numbers: EndingNumbers}} given */
  writeToEnd({ line, most, manner, numbers }) {
    const [after, record, reason] = writeToEnd(ready(), lineOf(line), most, manner, numbers);
    lines.set(line, after);
    return { ...record, reason };
  },
  /** @param {{line: number, tail: Float32Array, count: number, steps: number, manner: Manner}} given */
  futures({ line, tail, count, steps, manner }) {
    const [tip, record] = read(ready(), lineOf(line), tail);
    return { tail: record, offsets: futures(ready(), tip, count, steps, manner) };
  },
};

let before = Promise.resolve(); // loading takes a while, and what comes after it has to wait

self.onmessage = ({ data: { id, ask, given } }) => {
  before = before.then(async () => {
    try {
      postMessage({ id, answer: await ANSWERS[/** @type {keyof typeof ANSWERS} */ (ask)](given) });
    } catch (error) {
      postMessage({ id, error: String(error instanceof Error ? error.message : error) });
    }
  });
};
