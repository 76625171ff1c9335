// Files that the reader saves.

import { make } from "./dom.js";

const KEPT_MS = 10_000; // a download may begin late

/**
 * @param {Blob} blob
 * @param {string} name of the file
 */
export function save(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

/** As PNG. @param {HTMLCanvasElement} canvas @param {string} name */
export function saveCanvas(canvas, name) {
  canvas.toBlob((blob) => blob && save(blob, name), "image/png");
}

/** @param {string} text @param {string} type of the file @param {string} name */
export const saveText = (text, type, name) => save(new Blob([text], { type }), name);
