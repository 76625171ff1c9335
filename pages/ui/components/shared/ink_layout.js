// Where ink stands on a canvas. Ink that is too wide goes on in a row below, as in a book: it is broken between words, or else between strokes, which go
// into the rows by where they stand and not by when they were written, so that a t's cross drawn late stays with its t.

/**
 * What the ink may take. Lengths are CSS pixels, scales CSS pixels a model unit.
 * @typedef {object} Room
 * @property {number} width
 * @property {number} margin around the ink of every row
 * @property {number} leastRow height of a row with its margins, so that a flat stroke has air around it
 * @property {number} most scale
 * @property {number} least scale: what would be smaller in one row is broken into several
 * @property {number} filledAt scale at which rows are filled; below `most`, they are made equally wide and drawn as large as they can be
 * @property {number} [perRow] height that a row may take on average, and a single one twice
 * @property {number} [height] of all, where it is given: the ink fits into it, in its middle
 * @property {[number, number]} [span] first and last point that are to be seen whole, if not all
 */

/**
 * @typedef {object} Layout
 * @property {Float32Array} x of each point
 * @property {Float32Array} y of each point
 * @property {Uint16Array} row of each point
 * @property {number} scale
 * @property {number} height
 */

/** @typedef {{first: number, end: number, left: number, right: number, top: number, bottom: number}} Stroke points first..end-1, and the box of what counts */
/** @typedef {{left: number, right: number, top: number, bottom: number, strokes: Stroke[]}} Row */

const WORD_GAP = 2.5; // model units: letters of a word stand closer

/**
 * @param {Float32Array} points (x, y) of each point, in model units
 * @param {Uint8Array} inked of each point: 1 where ink joins it to the one before
 * @param {Room} room
 * @returns {Layout}
 */
export function layInk(points, inked, room) {
  const [first, last] = room.span ?? [0, inked.length - 1];
  const strokes = strokesOf(points, inked, first, last), wide = room.width - 2 * room.margin;
  const rows = rowsOf(strokes.filter((stroke) => stroke.right >= stroke.left), wide, room);
  const inkWidth = Math.max(...rows.map((row) => row.right - row.left)), inkHeight = rows.reduce((sum, row) => sum + row.bottom - row.top, 0);
  const allowed = (room.height ?? (room.perRow ?? Infinity) * Math.max(rows.length, 2)) - 2 * room.margin * rows.length;
  const scale = Math.min(room.most, wide / Math.max(inkWidth, 1e-6), Math.max(allowed, 1) / Math.max(inkHeight, 1e-6));

  const heights = rows.map((row) => Math.max((row.bottom - row.top) * scale + 2 * room.margin, room.height === undefined ? room.leastRow : 0));
  const full = heights.reduce((sum, height) => sum + height, 0), height = room.height ?? full;
  let top = (height - full) / 2;
  const middles = heights.map((each) => (top += each) - each / 2);

  const x = new Float32Array(inked.length), y = new Float32Array(inked.length), rowOf = new Uint16Array(inked.length);
  let number = 0;
  for (const stroke of strokes) {
    const found = rows.findIndex((row) => row.strokes.includes(stroke));
    if (found >= 0) number = found; // a stroke that is not to be seen goes with the one before
    const row = rows[number];
    for (let i = stroke.first; i < stroke.end; i++) {
      x[i] = room.margin + (points[2 * i] - row.left) * scale;
      y[i] = middles[number] + (points[2 * i + 1] - (row.top + row.bottom) / 2) * scale;
      rowOf[i] = number;
    }
  }
  return { x, y, row: rowOf, scale, height };
}

/**
 * All strokes, in order of writing, each with the box of its points between `first` and `last`.
 * @param {Float32Array} points
 * @param {Uint8Array} inked
 * @param {number} first
 * @param {number} last
 */
function strokesOf(points, inked, first, last) {
  /** @type {Stroke[]} */
  const strokes = [];
  let stroke = { first: 0, end: 0, left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (let i = 0; i < inked.length; i++) {
    if (!inked[i]) strokes.push((stroke = { first: i, end: i, left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }));
    stroke.end = i + 1;
    if (i < first || i > last) continue;
    const x = points[2 * i], y = points[2 * i + 1];
    Object.assign(stroke, { left: Math.min(stroke.left, x), right: Math.max(stroke.right, x), top: Math.min(stroke.top, y), bottom: Math.max(stroke.bottom, y) });
  }
  return strokes;
}

/**
 * @param {Stroke[]} strokes
 * @param {number} wide px
 * @param {Room} room
 */
function rowsOf(strokes, wide, { least, filledAt, most }) {
  const sorted = [...strokes].sort((a, b) => a.left - b.left);
  const whole = Math.max(...strokes.map((stroke) => stroke.right)) - sorted[0].left, widest = Math.max(...strokes.map((stroke) => stroke.right - stroke.left));
  if (whole * least <= wide) return filled(sorted, whole);
  const rows = filled(sorted, Math.max(wide / filledAt, widest));
  if (filledAt === most) return rows;
  let low = widest, high = wide / filledAt; // rows of one width are drawn the largest: the narrowest that need no further row
  while (high - low > 0.1) {
    const middle = (low + high) / 2;
    if (filled(sorted, middle).length > rows.length) low = middle;
    else high = middle;
  }
  return filled(sorted, Math.max(high, widest));
}

/**
 * Rows at most so many model units wide, broken between words where that leaves no row half empty.
 * @param {Stroke[]} sorted from left to right
 * @param {number} most
 */
function filled(sorted, most) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {Stroke[]} */
  let waiting = [];
  for (const stroke of sorted) {
    while (waiting.length && stroke.right - waiting[0].left > most + 0.01) rows.push(asRow(waiting.splice(0, wordsEnd(waiting, stroke, most))));
    waiting.push(stroke);
  }
  return [...rows, asRow(waiting)];
}

/** How many strokes of a row stand before its last gap between words, or all. @param {Stroke[]} strokes @param {Stroke} next @param {number} most */
function wordsEnd(strokes, next, most) {
  let end = strokes.length, right = -Infinity;
  [...strokes, next].forEach((stroke, i) => {
    if (i > 0 && stroke.left - right > WORD_GAP && stroke.left - strokes[0].left > most / 2) end = i;
    right = Math.max(right, stroke.right);
  });
  return end;
}

/** @param {Stroke[]} strokes @returns {Row} */
function asRow(strokes) {
  const [left, top] = [strokes.map((each) => each.left), strokes.map((each) => each.top)].map((each) => Math.min(...each));
  const [right, bottom] = [strokes.map((each) => each.right), strokes.map((each) => each.bottom)].map((each) => Math.max(...each));
  return { left, right, top, bottom, strokes };
}

/**
 * What `layInk` calls inked, from where the pen lifts.
 * @param {Uint8Array} penUp of each offset: 1 where the pen lifts after it
 */
export function inkedOf(penUp) {
  return Uint8Array.from({ length: penUp.length + 1 }, (_, i) => (i === 0 ? 0 : i === 1 ? 1 : 1 - penUp[i - 2]));
}
