// The drawing half of the linked view: plain functions from arrays to canvases. A level is a byte from 0 to `top`; see hwmodel/views/packing.py.

const MIN_PX_PER_UNIT = 5; // smaller writing is broken into several rows
const MAX_PX_PER_UNIT = 18;
const ROW_HEIGHT = 110; // px an ink row may take
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

// Colours of all levels: CSS strings, and little-endian RGBA words for image data.
function makeRamp(stops, top) {
  const rgb = stops.map((stop) => [1, 3, 5].map((i) => parseInt(stop.slice(i, i + 2), 16)));
  const css = [], words = new Uint32Array(top + 1);
  for (let level = 0; level <= top; level++) {
    const at = (level / top) * (rgb.length - 1), i = Math.min(rgb.length - 2, Math.floor(at));
    const [r, g, b] = rgb[i].map((value, k) => Math.round(value + (rgb[i + 1][k] - value) * (at - i)));
    css.push(`rgb(${r},${g},${b})`);
    words[level] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  }
  return { css, words, top };
}

// A cleared canvas with one unit a CSS pixel, sharp on any screen.
function fit(canvas) {
  const ratio = devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight;
  canvas.width = Math.round(w * ratio);
  canvas.height = Math.round(h * ratio);
  const g = canvas.getContext("2d");
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { g, w, h };
}

// The levels (cells x steps) as an image, and the same with every sign turned; `shade` says which colour a cell's level has.
function makeImages(levels, cells, steps, ramp, shade) {
  return [false, true].map((turned) => {
    const image = Object.assign(document.createElement("canvas"), { width: steps, height: cells });
    const g = image.getContext("2d"), data = g.createImageData(steps, cells), words = new Uint32Array(data.data.buffer);
    for (let c = 0; c < cells; c++) {
      const row = Uint32Array.from({ length: ramp.top + 1 }, (_, level) => ramp.words[turned ? ramp.top - shade(c, level) : shade(c, level)]);
      for (let i = c * steps; i < (c + 1) * steps; i++) words[i] = row[levels[i]];
    }
    g.putImageData(data, 0, 0);
    return image;
  });
}

// Where each point lies on the canvas, so that points first..last fill it; long writing is broken at pen lifts into rows. The height follows from the
// writing, unless it is given.
function placeInk(points, joined, first, last, width, height) {
  const pad = 8, between = 14, rows = inkRows(points, joined, first, last, width - 2 * pad);
  const inkWidth = Math.max(...rows.map((row) => row.width), 1e-6), inkHeight = rows.reduce((sum, row) => sum + row.height, 1e-6);
  const room = (height ?? ROW_HEIGHT * Math.max(rows.length, 2)) - 2 * pad - between * (rows.length - 1);
  const scale = Math.min((width - 2 * pad) / inkWidth, room / inkHeight, MAX_PX_PER_UNIT);
  const x = new Float32Array(points.length / 2), y = new Float32Array(points.length / 2);
  const full = inkHeight * scale + between * (rows.length - 1);
  let top = height ? (height - full) / 2 : pad;
  rows.forEach((row, number) => {
    const to = rows[number + 1]?.start ?? x.length;
    for (let i = number ? row.start : 0; i < to; i++) {
      x[i] = pad + (points[2 * i] - row.left) * scale;
      y[i] = top + (points[2 * i + 1] - row.top) * scale;
    }
    top += row.height * scale + between;
  });
  const breaks = new Set(rows.slice(1).map((row) => row.start - 1)); // the segments that lead to another row
  return { x, y, breaks, height: height ?? Math.max(44, full + 2 * pad), line: clamp(scale * 0.42, 2, 5) };
}

// The rows that points first..last are broken into, each with its first point and its box.
function inkRows(points, joined, first, last, width) {
  const boxOf = (start, end) => {
    const box = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = start; i < end; i++) {
      for (const axis of [0, 1]) {
        box[2 * axis] = Math.min(box[2 * axis], points[2 * i + axis]);
        box[2 * axis + 1] = Math.max(box[2 * axis + 1], points[2 * i + axis]);
      }
    }
    return { start, left: box[0], width: box[1] - box[0], top: box[2], height: box[3] - box[2] };
  };
  const all = boxOf(first, last + 1), wanted = clamp(Math.ceil((MIN_PX_PER_UNIT * all.width) / width), 1, 8), starts = [first];
  for (let row = 1; row < wanted; row++) {
    const target = all.left + (all.width * row) / wanted, away = (i) => Math.abs(points[2 * i] - target);
    let best = -1;
    for (let i = starts.at(-1) + 2; i < last; i++) if (!joined[i - 1] && (best < 0 || away(i) < away(best))) best = i;
    if (best > 0 && away(best) < all.width / wanted / 2) starts.push(best);
  }
  return starts.map((start, row) => boxOf(start, starts[row + 1] ?? last + 1));
}

// The ink, segment t in the colour of series[t]; a grey edge keeps the scale's white visible on white and its black on black.
function paintInk(canvas, place, joined, series, ramp, first, last, theme) {
  const { g } = fit(canvas), buckets = new Map(), air = new Path2D(), edge = new Path2D();
  for (let t = 0; t < joined.length; t++) {
    if (place.breaks.has(t)) continue;
    const shade = (t >= first && t < last ? 0 : 1000) + (Math.round(series[t]) & ~1);
    if (joined[t] && !buckets.has(shade)) buckets.set(shade, new Path2D());
    for (const path of joined[t] ? [buckets.get(shade), edge] : [air]) {
      path.moveTo(place.x[t], place.y[t]);
      path.lineTo(place.x[t + 1], place.y[t + 1]);
    }
  }
  g.lineCap = g.lineJoin = "round";
  g.strokeStyle = theme.text;
  g.globalAlpha = 0.16;
  g.lineWidth = 1;
  g.setLineDash([1, 5]);
  g.stroke(air);
  g.setLineDash([]);
  g.globalAlpha = 0.5;
  g.lineWidth = place.line + 1.6;
  g.stroke(edge);
  g.lineWidth = place.line;
  for (const [shade, path] of buckets) {
    g.globalAlpha = shade >= 1000 ? 0.35 : 1;
    g.strokeStyle = ramp.css[shade % 1000];
    g.stroke(path);
  }
}

// The chosen cell over time, from limits[0] to limits[1]: a bar a step in the scale's colour, under a line.
function paintCurve(canvas, frame, series, ramp, limits, theme) {
  const { g, w, h } = fit(canvas), { left, right, x0, x1 } = frame, wide = (w - left - right) / (x1 - x0), pad = 4;
  const y = (level) => pad + (1 - level / ramp.top) * (h - 2 * pad);
  const rest = ramp.top * clamp((0 - limits[0]) / (limits[1] - limits[0]), 0, 1);
  g.fillStyle = theme.text;
  g.font = `10px ${theme.font}`;
  g.textAlign = "right";
  g.textBaseline = "middle";
  g.globalAlpha = 0.75;
  for (const [value, level] of [[limits[0], 0], [limits[1], ramp.top]]) {
    if (Number.isFinite(value)) g.fillText(short(value), left - 3, clamp(y(level), 6, h - 6));
  }
  g.save();
  g.beginPath();
  g.rect(left, 0, w - left - right, h);
  g.clip();
  g.globalAlpha = 1;
  const line = new Path2D();
  for (let t = Math.max(0, Math.floor(x0)); t < Math.min(series.length, Math.ceil(x1)); t++) {
    const x = left + (t - x0) * wide;
    g.fillStyle = ramp.css[Math.round(series[t])];
    g.fillRect(x, Math.min(y(series[t]), y(rest)), wide + 0.5, Math.abs(y(series[t]) - y(rest)));
    line.lineTo(x + wide / 2, y(series[t]));
  }
  g.strokeStyle = theme.text;
  g.globalAlpha = 0.8;
  g.lineWidth = 1.2;
  g.stroke(line);
  g.globalAlpha = 0.3;
  g.fillStyle = theme.text;
  g.fillRect(left, y(rest), w, 1);
  g.restore();
}

// The heat map: row c at place[c], between plain (turn 0) and sign-turned (turn 1) colours; rows that `dim` names fade.
function paintHeat(canvas, images, frame, place, turn, dim, theme) {
  const { g, w, h } = fit(canvas), { x0, x1, y0, y1 } = frame, tall = h / (y1 - y0), grain = 1 / (devicePixelRatio || 1);
  g.imageSmoothingEnabled = x1 - x0 > w;
  for (let c = 0; c < place.length; c++) {
    if (place[c] + 1 < y0 || place[c] > y1) continue;
    const top = Math.round(((place[c] - y0) * tall) / grain) * grain, bottom = Math.round(((place[c] + 1 - y0) * tall) / grain) * grain;
    const row = [x0, c, x1 - x0, 1, 0, top, w, Math.max(grain, bottom - top)];
    if (turn[c] < 1) g.drawImage(images[0], ...row);
    if (turn[c] > 0) {
      g.globalAlpha = turn[c];
      g.drawImage(images[1], ...row);
      g.globalAlpha = 1;
    }
    if (dim(c)) {
      g.globalAlpha = 0.82;
      g.fillStyle = theme.background;
      g.fillRect(0, row[5], w, row[7]);
      g.globalAlpha = 1;
    }
  }
}

// What each row responds to, as a colour (and a short word where there is room), with a bracket at the band.
function paintStrip(canvas, frame, place, colour, short, dim, band, chosen, theme) {
  const { g, w, h } = fit(canvas), { y0, y1 } = frame, tall = h / (y1 - y0), edge = 4;
  g.font = `600 ${clamp(tall - 2, 7, 10)}px ${theme.font}`;
  g.textBaseline = "middle";
  for (let c = 0; c < place.length; c++) {
    const y = (place[c] - y0) * tall;
    g.globalAlpha = dim(c) ? 0.12 : 1;
    g.fillStyle = colour(c);
    g.fillRect(edge + 1, y, w - edge - 1, Math.max(tall, 0.5) + 0.1);
    if (tall >= 9) {
      g.fillStyle = "#000";
      g.fillText(short(c), edge + 2, y + tall / 2);
    }
  }
  g.globalAlpha = 1;
  g.fillStyle = theme.text;
  if (band) g.fillRect(0, (band[0] - y0) * tall, 3, Math.max(2, (band[1] + 1 - band[0]) * tall));
  const middle = (place[chosen] + 0.5 - y0) * tall;
  g.beginPath();
  g.moveTo(0, middle - 5);
  g.lineTo(edge + 3, middle);
  g.lineTo(0, middle + 5);
  g.fill();
}

// Hair lines with a light edge, to be seen on every colour: at x (down) and y (across), each [place, strong].
function paintLines(canvas, across, down, theme) {
  const { g, w, h } = fit(canvas);
  for (const [list, box] of [[down, (at) => [at, 0, 1, h]], [across, (at) => [0, at, w, 1]]]) {
    for (const [at, strong] of list) {
      const [x, y, wide, tall] = box(Math.round(at));
      g.globalAlpha = strong ? 0.85 : 0.45;
      g.fillStyle = theme.background;
      g.fillRect(x - 1, y - 1, wide + 2, tall + 2);
      g.fillStyle = theme.text;
      g.fillRect(x, y, wide, tall);
    }
  }
  g.globalAlpha = 1;
}

// The pen's places: [point, colour] each; the last one is the hovered one.
function paintPens(canvas, place, pens, theme) {
  const { g } = fit(canvas);
  for (const [point, colour] of pens) {
    g.beginPath();
    g.arc(place.x[point], place.y[point], place.line / 2 + 4, 0, 7);
    g.fillStyle = colour;
    g.fill();
    g.lineWidth = 3;
    g.strokeStyle = theme.background;
    g.stroke();
    g.lineWidth = 1.5;
    g.strokeStyle = theme.text;
    g.stroke();
  }
}
