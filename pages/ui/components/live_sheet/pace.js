// How many futures a device can draw ten times a second.

/** @typedef {{count: number, slow: number}} Pace futures at once; how many times in a row even the fewest took too long */

export const TOO_SLOW = 12; // times
const MOST = 24, LEAST = 6; // futures
const FRAME_MS = 100, EASY_MS = 70;

/** @returns {Pace} */
export const firstPace = () => ({ count: MOST, slow: 0 });

/**
 * The pace after futures took so long: fewer where that was more than a tenth of a second, more again where it was easy.
 * @param {Pace} pace
 * @param {number} ms
 * @returns {Pace}
 */
export function paceAfter({ count, slow }, ms) {
  if (ms > FRAME_MS) return { count: Math.max(LEAST, count - 6), slow: count === LEAST ? slow + 1 : 0 };
  return { count: ms < EASY_MS ? Math.min(MOST, count + 3) : count, slow: 0 };
}
