// Random numbers that are told by their place: the same for the same seed, stream and step, whatever else was asked for before.

const GOLDEN = 0x9e3779b9; // 2^32 over the golden ratio: keeps neighbouring keys apart

/**
 * Two uniform numbers in (0, 1), and two standard normal ones (Box and Muller 1958), written to `out`: which component, pen, x, y, as `noise` of
 * hwmodel/sampling/lines.py has them. They are other numbers than Python's. The place is hashed by MurmurHash3's 32-bit finaliser (Appleby), so seeds
 * that agree in their lowest 32 bits are one.
 * @param {number} seed whole
 * @param {number} stream whole: a line's own is 0, its futures' are 1, 2, 3, ...
 * @param {number} step whole
 * @param {Float64Array} out (4,)
 */
export function noise(seed, stream, step, out) {
  const key = mixed(mixed(mixed(seed + GOLDEN) + stream) + step);
  const radius = Math.sqrt(-2 * Math.log(uniform(key, 3))), angle = 2 * Math.PI * uniform(key, 4);
  out[0] = uniform(key, 1);
  out[1] = uniform(key, 2);
  out[2] = radius * Math.cos(angle);
  out[3] = radius * Math.sin(angle);
}

/**
 * @param {number} key
 * @param {number} which
 */
function uniform(key, which) {
  return ((mixed(key + Math.imul(which, GOLDEN)) >>> 0) + 0.5) / 2 ** 32;
}

/** @param {number} bits */
function mixed(bits) {
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
