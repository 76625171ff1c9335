// Hands on the view: pointers, wheel and keys, told to the view in rows and steps.

import { listenToWheel, pinched, spotOf } from "../shared/hands.js";

/** @import { Spot } from "../shared/hands.js" */
/** @import { CellView } from "./view.js" */

const KEY_ZOOM = 1 / 0.7;

/** Where in the element, in shares of its width and height. @param {MouseEvent} event @param {HTMLElement} element */
const shareOf = (event, element) => {
  const [x, y] = spotOf(event, element);
  return [x / element.clientWidth, y / element.clientHeight];
};

/**
 * Call `move` from press to release.
 * @param {HTMLElement} element
 * @param {(event: PointerEvent, first: boolean) => void} move
 * @param {() => void} end
 */
function drag(element, move, end = () => {}) {
  /** @type {number | null} */
  let held = null;
  element.onpointerdown = (event) => {
    if (event.button > 0 || held !== null) return;
    held = event.pointerId;
    element.setPointerCapture(held);
    move(event, true);
  };
  element.addEventListener("pointermove", (event) => event.pointerId === held && move(event, false));
  element.onpointerup = element.onpointercancel = (event) => {
    if (event.pointerId !== held) return;
    held = null;
    end();
  };
}

/** @param {CellView} view */
export function listen(view) {
  const { map, strip, ink, curve, heat, down, across, letters } = view.parts, { state } = view;
  /** @param {MouseEvent} event */
  const spot = (event) => {
    const [x, y] = shareOf(event, map), { x0, x1, y0, y1 } = state.window;
    return { step: view.clampStep(x0 + x * (x1 - x0)), rank: view.clampRank(y0 + y * (y1 - y0)) };
  };
  /** @type {Map<number, Spot>} two fingers zoom and move, one chooses */
  const touches = new Map();
  let bandStart = /** @type {number | null} */ (null);
  drag(map, (event, first) => {
    if (touches.size > 1) return;
    if (first) heat.focus({ preventScroll: true });
    const { step, rank } = spot(event);
    if (first) bandStart = event.shiftKey ? rank : null;
    if (bandStart === null) view.choose({ step, cell: view.cellAt(rank), band: null });
    else view.choose({ step, cell: view.cellAt(rank), band: bandOf(rank, bandStart) });
  }, () => view.report());
  drag(strip, (event, first) => {
    const { rank } = spot(event);
    if (first) bandStart = rank;
    view.choose({ cell: view.cellAt(rank), band: bandOf(rank, bandStart ?? rank, null) });
  }, () => view.report());
  map.addEventListener("pointermove", (event) => {
    if (!touches.has(event.pointerId)) {
      const { step, rank } = spot(event);
      return view.hover({ step, cell: view.cellAt(rank) });
    }
    const before = [...touches.values()];
    touches.set(event.pointerId, spotOf(event, map));
    if (touches.size === 2) pinch(view, before, [...touches.values()]);
  });
  map.addEventListener("pointerdown", (event) => event.pointerType === "touch" && touches.set(event.pointerId, spotOf(event, map)));
  map.addEventListener("pointerup", (event) => touches.delete(event.pointerId));
  map.addEventListener("pointercancel", (event) => touches.delete(event.pointerId));
  strip.addEventListener("pointermove", (event) => view.hover({ cell: view.cellAt(spot(event).rank) }));

  onStep(view, ink, (event) => view.stepNear(...spotOf(event, ink)));
  onStep(view, curve, (event) => spot(event).step);
  onStep(view, letters, (event) => spot(event).step, (step) => ({ step, letter: view.data.arrays.letter[step] }));
  for (const part of [map, strip, ink, curve, letters]) part.onpointerleave = () => view.hover(null);

  drag(down, (event) => {
    const half = (state.window.y1 - state.window.y0) / 2, at = shareOf(event, down)[1] * view.data.cells;
    view.look({ ...state.window, y0: at - half, y1: at + half });
  });
  drag(across, (event) => {
    const half = (state.window.x1 - state.window.x0) / 2, at = shareOf(event, across)[0] * view.data.steps;
    view.look({ ...state.window, x0: at - half, x1: at + half });
  });
  listenToWheel(map, {
    shiftZooms: true, // the cells alone
    zoom: (factor, [x, y], event) => view.zoom(x / map.clientWidth, y / map.clientHeight, event.shiftKey ? 1 : factor, event.ctrlKey ? 1 : factor),
    pan: (dx) => view.shift((-dx / map.clientWidth) * (state.window.x1 - state.window.x0), 0),
  }, view.signal);
  heat.onkeydown = (event) => key(view, event);
}

/**
 * Choose a step by dragging on a part, and see it by pointing there.
 * @param {CellView} view
 * @param {HTMLElement} part
 * @param {(event: MouseEvent) => number} stepAt
 * @param {(step: number) => {step: number, letter?: number}} seen what is seen of a step that is pointed at
 */
function onStep(view, part, stepAt, seen = (step) => ({ step })) {
  drag(part, (event) => view.choose({ step: stepAt(event) }), () => view.report());
  part.addEventListener("pointermove", (event) => view.hover(seen(stepAt(event))));
}

/**
 * The band between two rows; `alone` where they are the same.
 * @param {number} rank
 * @param {number} other
 * @param {[number, number] | null} alone
 * @returns {[number, number] | null}
 */
const bandOf = (rank, other, alone = [rank, rank]) => (rank === other ? alone : [Math.min(rank, other), Math.max(rank, other)]);

/** @param {CellView} view @param {Spot[]} before @param {Spot[]} now */
function pinch(view, before, now) {
  const { map } = view.parts, { x0, x1, y0, y1 } = view.state.window, { dx, dy, factor, x, y } = pinched(before, now);
  view.shift((-dx / map.clientWidth) * (x1 - x0), (-dy / map.clientHeight) * (y1 - y0));
  view.zoom(x / map.clientWidth, y / map.clientHeight, factor, factor);
}

/** @param {CellView} view @param {KeyboardEvent} event */
function key(view, event) {
  const { cell, step, band } = view.state.chosen, rank = view.rank(cell), far = event.shiftKey ? 10 : 1;
  /** @param {number} to */
  const toRank = (to) => ({ cell: view.cellAt(view.clampRank(to)), band: null });
  /** @param {number} by */
  const stretch = (by) => {
    const to = view.clampRank(rank + by), fixed = band ? (band[0] === rank ? band[1] : band[0]) : rank;
    return { cell: view.cellAt(to), band: bandOf(to, fixed, null) };
  };
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowLeft: () => view.choose({ step: step - far }),
    ArrowRight: () => view.choose({ step: step + far }),
    ArrowUp: () => view.choose(event.shiftKey ? stretch(-1) : toRank(rank - 1)),
    ArrowDown: () => view.choose(event.shiftKey ? stretch(1) : toRank(rank + 1)),
    PageUp: () => view.choose(toRank(rank - 10)),
    PageDown: () => view.choose(toRank(rank + 10)),
    Home: () => view.choose({ step: 0 }),
    End: () => view.choose({ step: view.data.steps - 1 }),
    Escape: () => view.choose({ band: null }),
    "+": () => view.zoomAtChosen(KEY_ZOOM),
    "=": () => view.zoomAtChosen(KEY_ZOOM),
    "-": () => view.zoomAtChosen(1 / KEY_ZOOM),
    0: () => view.whole(),
    o: () => view.nextOrder(),
    O: () => view.nextOrder(),
  };
  if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  keys[event.key]();
  view.hover(null);
  view.reveal();
  view.report();
}
