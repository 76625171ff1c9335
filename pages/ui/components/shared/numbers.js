// Numbers, held between limits and in words.

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** @param {number} value @param {number} digits after the point */
export const fixed = (value, digits = 2) => value.toFixed(digits).replace("-", "−");

/** Two digits, without the nought before the point: −.15. @param {number} value */
export const short = (value) => String(Number(value.toPrecision(2))).replace("-", "−").replace(/^(−?)0\./, "$1.");

/** @param {number} share */
export const percent = (share) => `${Math.round(100 * share)} %`;
