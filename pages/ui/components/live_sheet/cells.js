// The cells in their order below the sheet: a picture that grows by a column with each step.

import { rampOf } from "../shared/colour.js";
import { make } from "../shared/dom.js";
import { spotOf } from "../shared/hands.js";
import { clamp } from "../shared/numbers.js";
import { paintMap, putColumns } from "./paint.js";

/** @import { Theme } from "../shared/theme.js" */
/** @import { LiveData } from "./data.js" */
/** @import { Writing } from "./writing.js" */

const TAIL_ROOM = 64; // columns of the pen's way beyond what was read
const LEVELS = 255;

export class CellPicture {
  /**
   * @param {LiveData} data
   * @param {number} most steps
   */
  constructor(data, most) {
    this.data = data;
    this.rows = data.arrays.permutation.length;
    this.image = make("canvas", { width: most, height: this.rows });
    this.columns = 0; // that stay
    /** @type {"light" | "dark" | null} */
    this.paper = null;
    this.words = new Uint32Array(); // colours of the ramp on this paper, as an image's data
  }

  /** Steps were taken back. */
  restart() {
    this.columns = 0;
  }

  /** Colours for light or dark paper. @param {"light" | "dark"} paper */
  use(paper) {
    if (paper === this.paper) return;
    this.paper = paper;
    this.words = Uint32Array.from(rampOf(this.data.header.ramp[paper], LEVELS), ([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r);
    this.restart();
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Writing} writing
   * @param {number | null} chosen cell
   * @param {Theme} theme
   */
  paint(canvas, writing, chosen, theme) {
    this.use(theme.name);
    const { cells } = writing.heard, { tail } = writing.futures ?? {}, { data, rows, image, words } = this;
    putColumns(image, this.columns, cells.slice(this.columns), data, words);
    this.columns = cells.length;
    const steps = Math.min(TAIL_ROOM, (tail?.cells.length ?? 0) / rows);
    const columns = Array.from({ length: steps }, (_, step) => /** @type {Float32Array} */ (tail?.cells.subarray(step * rows, (step + 1) * rows)));
    putColumns(image, this.columns, columns, data, words);
    paintMap(canvas, image, this.columns + steps, chosen === null ? null : data.arrays.permutation.indexOf(chosen), rows, theme);
  }
}

/**
 * Choose cells with the mouse and the keys.
 * @param {HTMLElement} map
 * @param {{data: () => LiveData, chosen: () => number | null, choose: (cell: number | null) => void}} hands
 * @param {AbortSignal} signal
 */
export function listenToMap(map, { data, chosen, choose }, signal) {
  const chooseRow = (/** @type {number} */ row) => {
    const { permutation } = data().arrays;
    choose(permutation[clamp(row, 0, permutation.length - 1)]);
  };
  map.addEventListener("click", (event) => {
    chooseRow(Math.floor((spotOf(event, map)[1] / map.clientHeight) * data().arrays.permutation.length));
  }, { signal });
  map.addEventListener("keydown", (event) => {
    const cell = chosen(), row = cell === null ? -1 : data().arrays.permutation.indexOf(cell);
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (event.key === "Escape") choose(null);
    else if (by) chooseRow(row + by);
    else return;
    event.preventDefault();
  }, { signal });
}
