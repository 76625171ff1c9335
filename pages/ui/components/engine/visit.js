// The engine of a network for a whole visit, for all views that need one.

import { startEngine } from "./engine.js";

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
