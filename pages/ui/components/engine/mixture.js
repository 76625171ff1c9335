// The mixture that raw outputs stand for, as hwmodel/network/mixture.py has it: the pen's logit, then K each of pi logits, mu x, mu y, log sigma x,
// log sigma y and atanh rho.

const LOG_2PI = Math.log(2 * Math.PI);

/**
 * Draw a pen movement under Graves's law (2013, eqs 61-62: pi logits times 1 + bias, sigma times exp(-bias)); the pen's bit is left as it is.
 * @param {Float32Array} raw (1 + 6K,)
 * @param {number} components K
 * @param {number} bias
 * @param {Float64Array} random (4,): see `noise`
 * @param {Float32Array} offset (3,) is written: dx, dy in model units, pen_up
 */
export function draw(raw, components, bias, random, offset) {
  const at = 1 + chosen(raw, components, 1 + bias, random[0]), sigma = Math.exp(-bias);
  const rho = Math.tanh(raw[at + 5 * components]);
  const across = random[2], down = rho * across + Math.sqrt(1 - rho * rho) * random[3];
  offset[0] = raw[at + components] + sigma * Math.exp(raw[at + 3 * components]) * across;
  offset[1] = raw[at + 2 * components] + sigma * Math.exp(raw[at + 4 * components]) * down;
  offset[2] = random[1] * (1 + Math.exp(-raw[0])) < 1 ? 1 : 0;
}

/**
 * The component in which a uniform number falls.
 * @param {Float32Array} raw
 * @param {number} components
 * @param {number} gain of the logits
 * @param {number} share in (0, 1)
 */
function chosen(raw, components, gain, share) {
  const top = largest(raw, components);
  let total = 0;
  for (let k = 1; k <= components; k++) total += Math.exp(gain * (raw[k] - top));
  let left = share * total;
  for (let k = 0; k < components - 1; k++) {
    left -= Math.exp(gain * (raw[k + 1] - top));
    if (left <= 0) return k;
  }
  return components - 1;
}

/**
 * @param {Float32Array} raw
 * @param {number} components
 */
function largest(raw, components) {
  let top = raw[1];
  for (let k = 2; k <= components; k++) top = Math.max(top, raw[k]);
  return top;
}

/**
 * How much a pen movement surprises: nats of where the pen went, and of whether it lifted (Graves 2013, eqs 23-26).
 * @param {Float32Array} raw (1 + 6K,)
 * @param {number} components K
 * @param {ArrayLike<number>} offset (3,)
 * @returns {[xy: number, pen: number]}
 */
export function surprise(raw, components, offset) {
  const top = largest(raw, components), logs = new Float64Array(components);
  let total = 0, most = -Infinity;
  for (let k = 0; k < components; k++) {
    const at = 1 + k, logX = raw[at + 3 * components], logY = raw[at + 4 * components], atanhRho = raw[at + 5 * components];
    const x = (offset[0] - raw[at + components]) * Math.exp(-logX), y = (offset[1] - raw[at + 2 * components]) * Math.exp(-logY);
    const cosh = Math.cosh(atanhRho), quadratic = x * x + y * y - 2 * Math.tanh(atanhRho) * x * y;
    total += Math.exp(raw[at] - top);
    logs[k] = raw[at] - top + Math.log(cosh) - logX - logY - LOG_2PI - 0.5 * cosh * cosh * quadratic;
    most = Math.max(most, logs[k]);
  }
  let density = 0;
  for (const log of logs) density += Math.exp(log - most);
  const pen = offset[2] > 0.5 ? -raw[0] : raw[0]; // logit of what did not happen
  return [Math.log(total) - most - Math.log(density), Math.max(pen, 0) + Math.log1p(Math.exp(-Math.abs(pen)))];
}
