// Where ink stands on a canvas of a given width. A line that is too wide goes on in a row below, at a gap between strokes, as in a book.

const MARGIN = 1.2; // model units around the ink
const SQUEEZE = 1.3; // ink this much too wide is drawn smaller instead of broken into two rows
const LEAST_HEIGHT = 9; // model units of a row: a flat stroke still has room around it

// points: Float32Array (x, y) * (T + 1); kind: Uint8Array, 1 where ink joins a point to the one before it.
// -> {scale: px per unit, height: px, x: Float32Array, y: Float32Array in px}
function layOut(points, kind, width, pxPerUnit) {
  const strokes = strokesOf(points, kind);
  const whole = Math.max(...strokes.map((stroke) => stroke.right)) - Math.min(...strokes.map((stroke) => stroke.left)) + 2 * MARGIN;
  const widest = Math.max(...strokes.map((stroke) => stroke.right - stroke.left)) + 2 * MARGIN;
  const scale = Math.min(pxPerUnit, width / (whole * pxPerUnit < SQUEEZE * width ? whole : widest));
  const rows = rowsOf(strokes, width / scale - 2 * MARGIN);
  const x = new Float32Array(kind.length), y = new Float32Array(kind.length);
  let top = 0;
  for (const row of rows) {
    const high = Math.min(...row.strokes.map((stroke) => stroke.top)), low = Math.max(...row.strokes.map((stroke) => stroke.bottom));
    const height = Math.max(low - high + 2 * MARGIN, LEAST_HEIGHT);
    const down = top + (height - (high + low)) / 2;
    for (const stroke of row.strokes) {
      for (let i = stroke.first; i < stroke.end; i++) {
        x[i] = (points[2 * i] - row.left + MARGIN) * scale;
        y[i] = (points[2 * i + 1] + down) * scale;
      }
    }
    top += height;
  }
  return { scale, height: top * scale, x, y };
}

function strokesOf(points, kind) {
  const strokes = [];
  for (let i = 0; i < kind.length; i++) {
    const x = points[2 * i], y = points[2 * i + 1];
    if (!kind[i]) strokes.push({ first: i, end: i, left: x, right: x, top: y, bottom: y });
    const stroke = strokes.at(-1);
    stroke.end = i + 1;
    stroke.left = Math.min(stroke.left, x);
    stroke.right = Math.max(stroke.right, x);
    stroke.top = Math.min(stroke.top, y);
    stroke.bottom = Math.max(stroke.bottom, y);
  }
  return strokes;
}

// From left to right and not in the order of writing, so that a t's cross drawn late stays with its t.
function rowsOf(strokes, width) {
  const rows = [];
  for (const stroke of [...strokes].sort((a, b) => a.left - b.left)) {
    const row = rows.at(-1);
    if (row && stroke.right - row.left <= width + 0.01) row.strokes.push(stroke);
    else rows.push({ left: stroke.left, strokes: [stroke] });
  }
  return rows;
}
