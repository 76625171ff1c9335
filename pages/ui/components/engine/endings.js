// Where writing ends before its steps are used up, as hwmodel/sampling/endings.py has it for whole lines, and here step by step.

/** @typedef {import("./data.js").EndingNumbers} EndingNumbers */
/** @typedef {import("./window.js").Reading} Reading */

/** @typedef {"written" | "full" | "up" | "down" | "back" | "loop" | "still"} Reason why: the text is written, the line is full, it left the line, ... */

/**
 * Watch a line that is being written: a function that takes each offset, with where the line stood in its text when it was drawn, and says where and
 * why the line stops, once it does. A line of a text is as long as it needs; any other is full at the first pen lift beyond its width.
 * @param {EndingNumbers} numbers
 * @returns {(offset: ArrayLike<number>, reading: Reading | null) => {steps: number, reason: Reason} | null}
 */
export function watchLine(numbers) {
  let x = 0, y = 0, steps = 0, path = 0, farthest = 0, lifted = false;
  const paths = [0], grounds = [0]; // before each step
  return (offset, reading) => {
    x += offset[0];
    y += offset[1];
    const goesBack = x < farthest;
    farthest = Math.max(farthest, x);
    path += Math.hypot(offset[0], offset[1]);
    paths.push(path);
    grounds.push(farthest);
    const over = reading && reading.beyond > Math.max(...reading.phi), passed = reading ? reading.progress - reading.codes.length : 0;
    if ((over && lifted && !goesBack) || passed > numbers.further) return { steps: Math.max(steps, 1), reason: "written" };
    lifted = offset[2] > 0.5;
    steps++;
    const gained = (/** @type {number[]} */ totals, /** @type {number} */ over) =>
      steps > over ? totals[steps] - totals[steps - over] : Infinity; // the first step's total is that of its end
    /** @type {[Reason, boolean][]} */
    const signs = [
      ["full", !reading && x > numbers.width && lifted],
      ["up", y < -numbers.too_far_up_or_down],
      ["down", y > numbers.too_far_up_or_down],
      ["back", x < -numbers.too_far_back],
      ["loop", gained(grounds, numbers.loop_steps) < numbers.loop_ground],
      ["still", gained(paths, numbers.still_steps) < numbers.still_path],
    ];
    const found = signs.find(([, met]) => met);
    return found ? { steps, reason: found[0] } : null;
  };
}
