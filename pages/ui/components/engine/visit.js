// The engine of a network for a whole visit, for all views that need one.

import { unpack } from "../shared/packing.js";
import { startEngine } from "./engine.js";
import { fetched } from "./fetched.js";

/** @typedef {ReturnType<typeof startEngine>} Engine */

const KEPT = Symbol.for("handwriting.engines"); // on the window: a component's script is loaded anew when its page is opened again

/** @type {Map<string, Promise<Engine>>} */
const engines = (/** @type {any} */ (globalThis)[KEPT] ??= new Map());

/**
 * The engine of a network, ready. One that could not be had is asked for anew the next time.
 * @param {string} fingerprint of its weights
 * @param {() => Promise<Engine>} begin where it is not there
 * @returns {Promise<Engine>}
 */
export function engineOfVisit(fingerprint, begin) {
  const ready = engines.get(fingerprint) ?? begin();
  engines.set(fingerprint, ready);
  ready.catch(() => engines.delete(fingerprint));
  return ready;
}

const ROWS = 4;

/**
 * The engine that an engine's file holds, ready: see `engine_file` of hwmodel/views/engine.py.
 * @param {string} address
 * @param {string} fingerprint of its weights
 * @param {(share: number) => void} progress of fetching, from 0 to 1
 * @returns {Promise<Engine>}
 */
export function engineAt(address, fingerprint, progress) {
  return engineOfVisit(fingerprint, async () => {
    const { header, arrays } = unpack(await fetched(address, progress)), engine = startEngine({ worker: header.worker, kernel: arrays.kernel });
    await engine.load(arrays.weights, ROWS);
    return engine;
  });
}
