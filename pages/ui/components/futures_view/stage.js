// Pointers and wheel on the stage.

import { listenToWheel, pinched, spotOf } from "../shared/hands.js";

/** @import { Spot } from "../shared/hands.js" */

/**
 * @typedef {object} Hands what they do, at places on the stage
 * @property {(x: number, y: number) => boolean} grab true to scrub until the pointer is released
 * @property {(x: number, y: number) => void} scrub
 * @property {(x: number, y: number) => void} tap
 * @property {(dx: number, dy: number) => boolean} pan true where anything moved
 * @property {(factor: number, x: number, y: number) => boolean} zoom true where anything moved
 * @property {(x: number, y: number) => void} hover
 * @property {() => void} leave
 */

const TAP_PX = 4; // a pointer that moved further has dragged

/** @param {HTMLElement} stage @param {Hands} hands @param {AbortSignal} signal */
export function listenToStage(stage, hands, signal) {
  /** @type {Map<number, Spot>} */
  const touching = new Map();
  let scrubbing = false, moved = 0;
  stage.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    const spot = spotOf(event, stage);
    stage.focus({ preventScroll: true });
    stage.setPointerCapture(event.pointerId);
    touching.set(event.pointerId, spot);
    moved = 0;
    scrubbing = touching.size === 1 && hands.grab(...spot);
  }, { signal });
  stage.addEventListener("pointermove", (event) => {
    const now = spotOf(event, stage), before = touching.get(event.pointerId), all = [...touching.values()];
    if (!before) return hands.hover(...now);
    touching.set(event.pointerId, now);
    moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (touching.size === 2) {
      const { dx, dy, factor, x, y } = pinched(all, [...touching.values()]);
      hands.pan(dx, dy);
      hands.zoom(factor, x, y);
      scrubbing = false;
    } else if (scrubbing) hands.scrub(...now);
    else if (moved > TAP_PX) hands.pan(now[0] - before[0], now[1] - before[1]);
  }, { signal });
  stage.addEventListener("pointerup", (event) => {
    if (touching.delete(event.pointerId) && moved <= TAP_PX) hands.tap(...spotOf(event, stage));
  }, { signal });
  stage.addEventListener("pointercancel", (event) => touching.delete(event.pointerId), { signal });
  stage.addEventListener("pointerleave", () => hands.leave(), { signal });
  listenToWheel(stage, { zoom: (factor, [x, y]) => hands.zoom(factor, x, y), pan: (dx) => hands.pan(dx, 0) }, signal);
}
