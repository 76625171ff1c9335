// The network in a worker of its own: what a page calls. Everything is answered later, in the order of asking.

/** @typedef {import("./data.js").WeightsHeader} WeightsHeader */
/** @typedef {import("./data.js").EndingNumbers} EndingNumbers */
/** @typedef {import("./endings.js").Reason} Reason */
/** @typedef {import("./lines.js").Record} Record */
/** @typedef {import("./lines.js").Manner} Manner */

/**
 * What the engine is made of, which Python sends: hwmodel/views/engine.py.
 * @typedef {object} Parts
 * @property {string} worker source
 * @property {Uint8Array | null} kernel code; none: plain js
 */

const NO_TAIL = new Float32Array(0);

/**
 * Start an engine. The worker is made from a Blob, so that a page needs no other file, and may be one that was opened from a disk.
 * @param {Parts} parts
 */
export function startEngine({ worker: source, kernel }) {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(url);
  /** @type {Map<number, {resolve: (answer: any) => void, reject: (error: Error) => void}>} */
  const waiting = new Map();
  /** @type {Error | null} */
  let stopped = null;
  let asked = 0;

  worker.onmessage = ({ data: { id, answer, error } }) => {
    const promise = waiting.get(id);
    waiting.delete(id);
    if (error) promise?.reject(new Error(error));
    else promise?.resolve(answer);
  };
  worker.onerror = (event) => stop(new Error(`the engine's worker failed: ${event.message ?? "it could not be started"}`));

  /** @param {Error} reason */
  function stop(reason) {
    stopped = reason;
    worker.terminate();
    URL.revokeObjectURL(url);
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
  }

  /**
   * @param {string} ask
   * @param {object} [given]
   * @returns {Promise<any>}
   */
  function asking(ask, given) {
    if (stopped) return Promise.reject(stopped);
    return new Promise((resolve, reject) => {
      waiting.set(++asked, { resolve, reject });
      worker.postMessage({ id: asked, ask, given });
    });
  }

  return {
    /**
     * Take weights, as `weights_bytes` of hwmodel/views/network_weights.py packs them, with room for so many futures. Lines that were open are gone.
     * @param {Uint8Array} weights
     * @param {number} [rows]
     * @returns {Promise<{kernel: "wasm" | "js", header: WeightsHeader}>}
     */
    load: (weights, rows = 64) => asking("load", { weights, kernel, rows }),
    /**
     * Open an empty line, of a text where the network is told what to write.
     * @param {string} [text]
     * @returns {Promise<number>} its number
     */
    open: (text = "") => asking("open", { text }),
    /**
     * Another line that stands where this one does: to go on from, or to come back to.
     * @param {number} line
     * @returns {Promise<number>} its number
     */
    copy: (line) => asking("copy", { line }),
    /**
     * Forget a line.
     * @param {number} line
     * @returns {Promise<void>}
     */
    close: (line) => asking("close", { line }),
    /**
     * What the network predicts next on a line.
     * @param {number} line
     * @returns {Promise<Float32Array>} (1 + 6K,), as hwmodel/network/mixture.py has them
     */
    raw: (line) => asking("raw", { line }),
    /**
     * Let a line read offsets (T, 3).
     * @param {number} line
     * @param {Float32Array} offsets
     * @returns {Promise<Record>}
     */
    read: (line, offsets) => asking("read", { line, offsets }),
    /**
     * Let the network go on with a line.
     * @param {number} line
     * @param {number} steps
     * @param {Manner} manner
     * @returns {Promise<Record>}
     */
    write: (line, steps, manner) => asking("write", { line, steps, manner }),
    /**
     * Let the network go on with a line until it ends, in at most so many steps: hwmodel/sampling/endings.py says where, and sends the numbers.
     * @param {number} line
     * @param {number} most
     * @param {Manner} manner
     * @param {EndingNumbers} numbers
     * @returns {Promise<Record & {reason: Reason | "steps"}>}
     */
    writeToEnd: (line, most, manner, numbers) => asking("writeToEnd", { line, most, manner, numbers }),
    /**
     * Futures (count, steps, 3) from where a line stands, or would stand after it had read `tail`, which it does not: points at a moving pen's tip are
     * not settled yet.
     * @param {number} line
     * @param {number} count
     * @param {number} steps
     * @param {Manner} manner
     * @param {Float32Array} [tail]
     * @returns {Promise<{tail: Record, offsets: Float32Array}>}
     */
    futures: (line, count, steps, manner, tail = NO_TAIL) => asking("futures", { line, tail, count, steps, manner }),
    /** End the worker. What is still asked for fails. */
    stop: () => stop(new Error("the engine was stopped")),
  };
}
