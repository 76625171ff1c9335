// Hands on the view: pointers and keys, told to the view in rows and branches.

import { spotOf } from "../shared/hands.js";
import { nearestRow } from "./places.js";
import { listenToStage } from "./stage.js";

/** @import { Hands } from "./stage.js" */
/** @import { FuturesView } from "./view.js" */

const NEAR_PX = 18; // the ink is meant when the pointer is so near
const TAP_PX = 60, TAP_BESIDE_BRANCH_PX = 8; // the same for a tap, far from a future and on one
const KEY_ZOOM = 1.5;

/** @param {FuturesView} view */
export function listen(view) {
  listenToStage(view.stage, handsOf(view), view.signal);
  view.stage.onkeydown = (event) => key(view, event);
  scrubAlong(view, view.overview, (x) => nearestRow(view.data, view.overviewCamera, x, null) ?? view.state.row);
  scrubAlong(view, view.curve, (x) => view.curveRow(x));
}

/** @param {FuturesView} view @returns {Hands} */
function handsOf(view) {
  return {
    grab: (x, y) => (view.data.mode === "fan" || view.data.mode === "sure") && view.nearest(x, y, NEAR_PX) !== null,
    scrub: (x, y) => view.choose(view.nearest(x, y) ?? view.state.row),
    tap(x, y) {
      const branch = view.branchNear(x, y), row = view.nearest(x, y, branch === null ? TAP_PX : TAP_BESIDE_BRANCH_PX);
      if (row !== null) view.choose(row);
      else if (branch !== null) view.take(branch);
    },
    pan: (dx, dy) => view.pan(dx, dy),
    zoom: (factor, x, y) => view.zoom(factor, x, y),
    hover(x, y) {
      if (view.data.mode === "fan" && !view.stage.classList.contains("waiting")) {
        const branch = view.branchNear(x, y);
        if (branch !== view.state.branchAt) view.pointAt(branch);
      }
      view.hoverRow(view.nearest(x, y, NEAR_PX));
    },
    leave() {
      if (view.state.branchAt !== null) view.pointAt(null);
      view.hoverRow(null);
    },
  };
}

/**
 * Choose rows by dragging along a strip, see them by pointing there.
 * @param {FuturesView} view
 * @param {HTMLCanvasElement} strip
 * @param {(x: number) => number} rowAt
 */
function scrubAlong(view, strip, rowAt) {
  let held = false;
  const at = (/** @type {MouseEvent} */ event) => rowAt(spotOf(event, strip)[0]);
  strip.onpointerdown = (event) => ((held = true), strip.setPointerCapture(event.pointerId), view.choose(at(event)));
  strip.onpointermove = (event) => (held ? view.choose(at(event)) : view.hoverRow(at(event)));
  strip.onpointerup = strip.onpointercancel = () => (held = false);
  strip.onpointerleave = () => view.hoverRow(null);
}

/** @param {FuturesView} view @param {KeyboardEvent} event */
function key(view, event) {
  const { row } = view.state, { last, branches = [] } = view.data, far = event.shiftKey ? 10 : 1;
  const go = (/** @type {number} */ to) => (view.choose(to), view.reveal());
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowLeft: () => go(row - far), ArrowRight: () => go(row + far), Home: () => go(1), End: () => go(last),
    "+": () => view.zoomMiddle(KEY_ZOOM), "=": () => view.zoomMiddle(KEY_ZOOM), "-": () => view.zoomMiddle(1 / KEY_ZOOM), 0: () => view.fit(true),
    i: () => view.toggleInk(), f: () => view.jump(1), F: () => view.jump(-1),
  };
  for (let k = 0; k < branches.length; k++) keys[String(k + 1)] = () => view.take(k);
  if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  keys[event.key]();
}
