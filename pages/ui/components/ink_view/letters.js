// What the ink says, below it: a letter lights up while it is written; pointing at one shows its ink, and pointing at ink its letter.

import { make } from "../shared/dom.js";

/** @import { Layout } from "../shared/ink_layout.js" */
/** @import { Line } from "./data.js" */

const REACH = 14; // CSS px from the pointer to the ink that it means

/**
 * A text's letters as elements.
 * @param {string} text
 * @param {(letter: number | null) => void} point is told which letter is pointed at
 */
export function lettersOf(text, point) {
  const box = make("span", { className: "letters", role: "img", ariaLabel: text });
  box.append(...Array.from(text, (sign) => make("i", { textContent: sign === " " ? "\u00a0" : sign })));
  box.onpointermove = (event) => point(placeOf(box, event.target));
  box.onpointerleave = () => point(null);
  return box;
}

/** @param {HTMLElement} box @param {EventTarget | null} target */
function placeOf(box, target) {
  const place = target instanceof Element ? [...box.children].indexOf(target) : -1;
  return place < 0 ? null : place;
}

/**
 * Mark which letters are written, which one is being written, and which one is pointed at.
 * @param {HTMLElement} box
 * @param {number} now the letter at the pen; negative before the line is begun, the text's length once it is written
 * @param {number | null} pointed
 */
export function markLetters(box, now, pointed) {
  [...box.children].forEach((letter, i) => {
    letter.className = i < now ? "written" : i === now ? "now" : "";
    letter.classList.toggle("pointed", i === pointed);
  });
}

/**
 * The letter of the ink at a place on the canvas; null where there is none.
 * @param {Layout} layout
 * @param {Line} line
 * @param {number} x CSS px
 * @param {number} y CSS px
 */
export function letterAt(layout, { inked, letter }, x, y) {
  let least = REACH, found = -1;
  for (let i = 0; i < inked.length; i++) {
    const away = Math.hypot(layout.x[i] - x, layout.y[i] - y);
    if ((inked[i] || inked[i + 1]) && away < least) [least, found] = [away, i];
  }
  return found < 0 ? null : letter[found];
}

/**
 * The line with the ink of one letter in level 1, and the rest in level 0.
 * @param {Line} line
 * @param {number} pointed
 * @returns {Line}
 */
export const pickedOut = (line, pointed) => ({ ...line, level: Uint8Array.from(line.letter, (each) => Number(each === pointed)) });
