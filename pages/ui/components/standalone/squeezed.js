// The other end of hwmodel/views/squeezing.py.

import { unpack } from "../shared/packing.js";

/**
 * The bytes in base64 of gzip.
 * @param {string} text
 */
export async function unzipped(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * The header and the arrays of a blob, as `squeezed` was given them.
 * @param {string} text
 */
export async function unsqueezed(text) {
  const { header, arrays: { paths_mean, paths_rest, level_steps, ...arrays } } = unpack(await unzipped(text));
  if (paths_rest) arrays.paths = pathsOf(header, arrays.lengths, paths_mean, paths_rest);
  if (level_steps) arrays.levels = levelsOf(level_steps, header.steps);
  return { header, arrays };
}

/**
 * Rows of levels from how far each is from what was expected, modulo 256.
 * @param {Uint8Array} steps
 * @param {number} columns
 */
function levelsOf(steps, columns) {
  const levels = Uint8Array.from(steps);
  for (let i = 0; i < levels.length; i++) {
    const column = i % columns, before = column ? levels[i - 1] : 0;
    levels[i] += before + (column > 1 ? (before - levels[i - 2]) >> 1 : 0);
  }
  return levels;
}

/**
 * Paths (P, N, S, 2); what is not drawn of a future stays where that ended.
 * @param {{samples: number, steps: number}} header
 * @param {Uint16Array} lengths (P, N)
 * @param {Int16Array} mean (P, S, 2)
 * @param {Uint8Array} rest (2, 2, drawn)
 */
function pathsOf({ samples, steps }, lengths, mean, rest) {
  const paths = new Int16Array(2 * lengths.length * steps), drawn = rest.length / 4;
  let next = 0;
  for (let future = 0; future < lengths.length; future++) {
    const means = 2 * steps * Math.floor(future / samples), to = 2 * steps * future, from = next;
    for (const axis of [0, 1]) {
      next = from;
      let place = 0, before = 0;
      for (let step = 0; step < steps; step++) {
        if (step < lengths[future]) {
          const at = axis * drawn + next++, folded = rest[at] | (rest[2 * drawn + at] << 8), here = mean[means + 2 * step + axis];
          const move = ((here + (before >> 1) + ((folded >> 1) ^ -(folded & 1))) << 16) >> 16;
          before = move - here;
          place += move;
        }
        paths[to + 2 * step + axis] = place;
      }
    }
  }
  return paths;
}
