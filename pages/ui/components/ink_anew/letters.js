// Which letter is being written at each offset, as `letters_of` of hwmodel/sampling/told.py has it, which says why.

/** @import { WrittenLine } from "./data.js" */

/**
 * The place in the text of each offset's letter.
 * @param {WrittenLine} line
 * @param {number} lead characters that the window stands before the pen
 */
export function lettersOf({ text, offsets, progress }, lead) {
  const last = text.length - 1, letters = Uint16Array.from(progress, (passed) => Math.min(Math.max(Math.floor(passed - lead), 0), last));
  for (let space = 0; space <= last; space++) {
    if (text[space] !== " ") continue;
    const lookedAt = [...letters.keys()].filter((step) => letters[step] === space);
    let farthest = Infinity, most = -Infinity;
    for (const step of lookedAt) {
      const isLifted = step > 0 && offsets[3 * step - 1] > 0.5;
      if (isLifted && offsets[3 * step] > most) [farthest, most] = [step, offsets[3 * step]];
    }
    for (const step of lookedAt) {
      if (step < farthest) letters[step] = Math.max(space - 1, 0);
      else if (step > farthest) letters[step] = Math.min(space + 1, last);
    }
  }
  return letters;
}
