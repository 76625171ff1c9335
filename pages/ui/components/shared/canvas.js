// Canvases that are sharp on every screen.

/** @typedef {CanvasRenderingContext2D} Pen */

/** @param {HTMLCanvasElement | OffscreenCanvas} canvas @returns {Pen} */
export function penOf(canvas) {
  return /** @type {Pen} */ (canvas.getContext("2d"));
}

/** How many of the screen's pixels make one of CSS. */
export const pixelRatio = () => devicePixelRatio || 1;

/**
 * A cleared canvas with one unit a CSS pixel and round lines; its size in CSS pixels.
 * @param {HTMLCanvasElement} canvas
 */
export function sharp(canvas) {
  const ratio = pixelRatio(), width = canvas.clientWidth, height = canvas.clientHeight;
  canvas.width = Math.round(width * ratio); // clears it and forgets its pen's state, even where the width stays
  canvas.height = Math.round(height * ratio);
  const pen = penOf(canvas);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.lineCap = pen.lineJoin = "round";
  return { pen, width, height };
}

/**
 * A filled circle.
 * @param {Pen} pen
 * @param {number} x
 * @param {number} y
 * @param {number} width its diameter
 * @param {string} colour
 */
export function dot(pen, x, y, width, colour) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(x, y, width / 2, 0, 2 * Math.PI);
  pen.fill();
}
