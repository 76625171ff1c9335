// The sheet's network: its weights are fetched once a visit, however often a sheet is opened.

import { startEngine } from "../engine/engine.js";
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

/**
 * The bytes at an address.
 * @param {string} address
 * @param {(share: number) => void} progress
 */
async function fetched(address, progress) {
  const answer = await fetch(new URL(address, document.baseURI));
  if (!answer.ok || !answer.body) throw new Error(`the network could not be fetched (${answer.status}); load the page again`);
  const whole = Number(answer.headers.get("Content-Length")) || Infinity; // of what comes over the line, which may be compressed
  const reader = answer.body.getReader();
  /** @type {Uint8Array[]} */
  const parts = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    length += part.value.length;
    progress(Math.min(1, length / whole));
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
