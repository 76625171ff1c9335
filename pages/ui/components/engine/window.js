// The soft window over the text that a network is told to write, as hwmodel/network/text_stepper.py moves it.

/**
 * Where a line stands in its text.
 * @typedef {object} Reading
 * @property {Uint16Array} codes (U,) class of each character
 * @property {number} kappa how far the window has come
 * @property {number} progress how many characters have been passed, the middle of the window
 * @property {Float32Array} phi (U,): the window's weight on each character
 * @property {number} beyond what its weight on a character after the last one would be
 */

/**
 * A text that nothing has been written of. Throws, with a sentence for the reader, where there is none, or a character that the network does not know.
 * @param {string} text
 * @param {string} alphabet
 * @returns {Reading}
 */
export function beginReading(text, alphabet) {
  const known = [...alphabet], characters = [...text], strange = characters.find((character) => !known.includes(character));
  if (!characters.length) throw new Error("this network is told what to write, and there is no text");
  if (strange) throw new Error(`the network has never seen ${strange}; it knows ${alphabet.trim()}`);
  const codes = Uint16Array.from(characters, (character) => known.indexOf(character) + 1);
  return { codes, kappa: 0, progress: 0, phi: new Float32Array(codes.length), beyond: 0 };
}

/** @param {Reading} reading @returns {Reading} */
export const copyOf = (reading) => ({ ...reading, phi: reading.phi.slice() });

/**
 * Move the window on.
 * @param {Float32Array} params (3M + 1,): M each of log alpha, log beta and offset from kappa, and the log of kappa's step
 * @param {number} count M
 * @param {Reading} reading
 * @param {Float32Array} window (C,): weight on each class
 */
export function moveWindow(params, count, reading, window) {
  const { codes, phi } = reading, end = codes.length + 0.5;
  reading.kappa += Math.exp(params[3 * count]);
  reading.beyond = 0;
  phi.fill(0);
  window.fill(0);
  let total = 0, offsets = 0;
  for (let k = 0; k < count; k++) {
    const alpha = Math.exp(params[k]), beta = Math.exp(params[count + k]), centre = reading.kappa + params[2 * count + k];
    total += alpha;
    offsets += alpha * params[2 * count + k];
    for (let u = 0; u < codes.length; u++) phi[u] += alpha * Math.exp(-beta * (centre - u - 0.5) ** 2);
    reading.beyond += alpha * Math.exp(-beta * (centre - end) ** 2);
  }
  for (let u = 0; u < codes.length; u++) window[codes[u]] += phi[u];
  reading.progress = reading.kappa + offsets / total;
}
