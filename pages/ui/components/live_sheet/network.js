// The sheet's network: its weights are fetched once a visit, however often a sheet is opened.

import { startEngine } from "../engine/engine.js";
import { fetched } from "../engine/fetched.js";
import { engineOfVisit } from "../engine/visit.js";

/** @import { Engine } from "../engine/visit.js" */
/** @import { LiveData } from "./data.js" */

const ROWS = 32;

/** Where the browser has no WebAssembly, or not its SIMD: the network is too slow for a moving pen. */
export class NoKernel extends Error {}

/**
 * The engine of a network, ready.
 * @param {LiveData} data
 * @param {(share: number) => void} progress of fetching, from 0 to 1
 * @returns {Promise<Engine>}
 */
export function engineOf(data, progress) {
  return engineOfVisit(data.header.fingerprint, () => begin(data, progress));
}

/** @param {LiveData} data @param {(share: number) => void} progress */
async function begin({ header, arrays }, progress) {
  const weights = await fetched(header.weights, progress);
  const engine = startEngine({ worker: header.worker, kernel: arrays.kernel });
  const { kernel } = await engine.load(weights, ROWS);
  if (kernel === "wasm") return engine;
  engine.stop();
  throw new NoKernel("this browser has no WebAssembly with SIMD");
}
