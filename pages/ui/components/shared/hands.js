// What wheels and fingers mean, the same in every view: a factor above 1 looks nearer. Places are [x, y] in CSS pixels from an element's corner.

import { clamp } from "./numbers.js";

const WHEEL_REST = 400; // ms: a page that is being scrolled goes on scrolling over the picture
const WHEEL_GAIN = 0.0025; // of a zoom's logarithm, for each pixel the wheel would scroll
const WHEEL_MOST = 120; // px of one event that count: some mice send all of a turn at once

/** @typedef {[number, number]} Spot */

/** @param {MouseEvent} event @param {Element} element @returns {Spot} */
export function spotOf(event, element) {
  const box = element.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

/**
 * What two fingers did: how far their middle moved, then how much nearer one looks, about where it is now.
 * @param {Spot[]} before two places
 * @param {Spot[]} now
 */
export function pinched(before, now) {
  /** @type {(spots: Spot[]) => Spot} */
  const middle = ([a, b]) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  /** @type {(spots: Spot[]) => number} */
  const apart = ([a, b]) => Math.max(1, Math.hypot(a[0] - b[0], a[1] - b[1]));
  const from = middle(before), [x, y] = middle(now);
  return { dx: x - from[0], dy: y - from[1], factor: apart(now) / apart(before), x, y };
}

/** @param {number} delta px a wheel would scroll */
export const wheelFactor = (delta) => Math.exp(-clamp(delta, -WHEEL_MOST, WHEEL_MOST) * WHEEL_GAIN);

/**
 * Turn the wheel on an element into zooms and sideways moves. Both say whether anything moved: a wheel that can zoom no further scrolls the page.
 * @param {HTMLElement} element
 * @param {{zoom: (factor: number, spot: Spot, event: WheelEvent) => boolean, pan: (dx: number) => boolean, shiftZooms?: boolean}} hands
 * @param {AbortSignal} signal
 */
export function listenToWheel(element, hands, signal) {
  let pageMoved = -Infinity;
  document.addEventListener("scroll", () => (pageMoved = performance.now()), { capture: true, passive: true, signal });
  element.addEventListener("wheel", (event) => {
    if (performance.now() - pageMoved < WHEEL_REST) return;
    const shifted = hands.shiftZooms && event.shiftKey; // some browsers turn a wheel sideways while Shift is held
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) && !shifted, delta = event.deltaY || (shifted ? event.deltaX : 0);
    const moved = sideways ? hands.pan(-event.deltaX) : hands.zoom(wheelFactor(delta), spotOf(event, element), event);
    if (moved || event.ctrlKey) event.preventDefault();
  }, { passive: false, signal });
}
