// One pen on the sheet: a mouse, a finger or a stylus, with all places between two frames. Other fingers and the palm are left out.

import { spotOf } from "../shared/hands.js";

/**
 * What the pen does, in px from the sheet's corner.
 * @typedef {object} Hands
 * @property {() => boolean} isReady whether it may set down
 * @property {(x: number, y: number) => boolean} mayTap whether there is something to tap on
 * @property {() => void} tap
 * @property {(x: number, y: number) => void} down
 * @property {(px: number[], at: number) => void} move through places (n, 2), the first of them at a time
 * @property {() => void} up
 */

const TAP_PX = 4; // a pen that moves farther writes

/**
 * @param {HTMLElement} sheet
 * @param {Hands} hands
 * @param {AbortSignal} signal
 */
export function listenToPen(sheet, hands, signal) {
  /** @type {number | null} of the pen that is down */
  let pointer = null;
  /** @type {[number, number] | null} where it set down, and may yet be a tap */
  let press = null;

  sheet.addEventListener("pointerdown", (event) => {
    if (pointer !== null || event.button !== 0 || !hands.isReady()) return;
    pointer = event.pointerId;
    sheet.setPointerCapture(pointer);
    const spot = spotOf(event, sheet);
    if (hands.mayTap(...spot)) press = spot;
    else hands.down(...spot);
  }, { signal });

  sheet.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    const events = event.getCoalescedEvents?.() ?? [], spots = (events.length ? events : [event]).map((each) => spotOf(each, sheet));
    if (press) {
      const [x, y] = spots[spots.length - 1];
      if (Math.hypot(x - press[0], y - press[1]) <= TAP_PX) return;
      hands.down(...press);
      press = null;
    }
    hands.move(spots.flat(), event.timeStamp);
  }, { signal });

  const up = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId !== pointer) return;
    pointer = null;
    if (!press) hands.up();
    else if (event.type === "pointerup") hands.tap();
    press = null;
  };
  sheet.addEventListener("pointerup", up, { signal });
  sheet.addEventListener("pointercancel", up, { signal });
}
