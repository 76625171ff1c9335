// How many futures a device can draw while a pen moves. A pen waits for the futures that are under way, then for its own, and for a frame with the painting:
// two times what futures take, and about 20 ms, are to stay within a tenth of a second.

/**
 * @typedef {object} Pace
 * @property {number} level of LEVELS
 * @property {number | null} ms that futures take at this level, of late; not known yet
 * @property {number} slow how many times in a row even the least took too long for ten frames a second
 */

export const TOO_SLOW = 12; // times
const LEVELS = [[24, 20], [18, 20], [12, 20], [8, 16], [6, 10]].map(([count, steps]) => ({ count, steps })); // futures at once, and steps of each
const MOST_MS = 40, FRAME_MS = 100;
const LATEST = 0.4; // share of the latest futures in what they take of late: one that was held up by something else takes none away

/** @returns {Pace} */
export const firstPace = () => ({ level: 0, ms: null, slow: 0 });

/** @param {Pace} pace */
export const futuresAt = ({ level }) => LEVELS[level];

/**
 * The pace after futures took so long: fewer and shorter ones where it is too long, and more again where those would not take too long either.
 * @param {Pace} pace
 * @param {number} latest ms
 * @returns {Pace}
 */
export function paceAfter({ level, ms, slow }, latest) {
  const late = ms === null ? latest : ms + LATEST * (latest - ms), work = (/** @type {number} */ at) => LEVELS[at].count * LEVELS[at].steps;
  const isLeast = level === LEVELS.length - 1;
  if (late > MOST_MS && !isLeast) return { level: level + 1, ms: null, slow: 0 };
  if (level && (late * work(level - 1)) / work(level) <= MOST_MS) return { level: level - 1, ms: null, slow: 0 };
  return { level, ms: late, slow: isLeast && latest > FRAME_MS ? slow + 1 : 0 };
}
