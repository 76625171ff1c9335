// A text made ready for a network: in characters that it knows, and line by line, as hwmodel/data/texts.py does it.

const BREAK = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/**
 * A text in an alphabet's characters: others as they are spelt, or without their marks, and the rest left out. Line breaks stay.
 * @param {string} text
 * @param {string} alphabet
 * @param {Record<string, string>} spelt
 * @returns {{text: string, leftOut: string[]}} characters that are left out, each once
 */
export function writable(text, alphabet, spelt) {
  const known = new Set(alphabet), signs = [...text], plain = (/** @type {string} */ sign) => {
    if (known.has(sign) || /\s/.test(sign)) return spelt[sign] ?? sign;
    return [...(spelt[sign] ?? sign).normalize("NFKD")].filter((part) => known.has(part) && part !== " ").join("");
  };
  const leftOut = new Set(signs.filter((sign) => !plain(sign) && !/\p{M}/u.test(sign)));
  return { text: signs.map(plain).join(""), leftOut: [...leftOut] };
}

/**
 * The lines of a text: broken where it is broken, and between words where a line would have more than `longest` characters.
 * @param {string} text
 * @param {number} longest
 */
export const linesOf = (text, longest) => text.split(BREAK).flatMap((line) => wrapped(line.split(/\s+/).filter(Boolean), longest));

/** @param {string[]} words @param {number} longest */
function wrapped(words, longest) {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (let word of words) {
    if (line && line.length + 1 + Math.min(word.length, longest) <= longest) line += " ";
    else if (line && word.length > longest && line.length + 2 <= longest) line += " "; // a word too long for any line begins on this one
    else if (line) lines.push(line), (line = "");
    while (line.length + word.length > longest) {
      const room = longest - line.length;
      lines.push(line + word.slice(0, room));
      word = word.slice(room);
      line = "";
    }
    line += word;
  }
  return line ? [...lines, line] : lines;
}
