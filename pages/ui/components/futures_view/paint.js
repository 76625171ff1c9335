// Pictures in the theme's colours. `to` is a camera: screen = model * scale + (x, y).

function sized(canvas) {
  const ratio = devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  Object.assign(pen, { lineCap: "round", lineJoin: "round", globalAlpha: 1 });
  return { pen, width, height };
}

const rgbOf = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

// A ramp of hex colours at `share` from 0 to 1, as a CSS colour.
function rampAt(ramp, share) {
  const at = clamp(share, 0, 1) * (ramp.length - 1), k = Math.min(Math.floor(at), ramp.length - 2);
  const [a, b] = [rgbOf(ramp[k]), rgbOf(ramp[k + 1])];
  return `rgb(${a.map((value, i) => Math.round(value + (b[i] - value) * (at - k))).join(",")})`;
}

function themeOf(element) {
  const style = getComputedStyle(element), read = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  const paper = read("--st-background-color", "#ffffff"), probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = paper;
  const [r, g, b] = rgbOf(probe.fillStyle);
  return {
    text: style.color, paper, line: read("--st-border-color", "#cccccc"), accent: read("--st-primary-color", "#01665e"), font: read("--st-font", "sans-serif"),
    name: 0.3 * r + 0.59 * g + 0.11 * b < 128 ? "dark" : "light",
  };
}

// Ink from row `first` to row `last` of the points; colourAt(row) may give each movement its own colour.
function drawInk(pen, { points, pen_up }, to, first, last, thickness, colourAt) {
  const x = (row) => points[2 * row] * to.scale + to.x, y = (row) => points[2 * row + 1] * to.scale + to.y;
  pen.lineWidth = thickness;
  let colour = null, open = false;
  const flush = () => open && pen.stroke();
  for (let row = first + 1; row <= last; row++) {
    if (row > 1 && pen_up[row - 2]) {
      if (pen_up[row - 1]) dot(pen, x(row), y(row), thickness, colourAt(row));
      continue;
    }
    const wanted = colourAt(row);
    if (wanted !== colour || !open) {
      flush();
      pen.beginPath();
      pen.strokeStyle = colour = wanted;
      open = true;
    }
    pen.moveTo(x(row - 1), y(row - 1));
    pen.lineTo(x(row) + (x(row) === x(row - 1) && y(row) === y(row - 1) ? 0.01 : 0), y(row));
  }
  flush();
}

function dot(pen, x, y, width, colour) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(x, y, width / 2, 0, 2 * Math.PI);
  pen.fill();
}

// The futures of start p, as lines; styleOf(n) -> {colour, alpha, width} or null to leave it out.
function drawFutures(pen, futures, to, p, styleOf) {
  const { points, pen_up, start, paths, lengths, samples, steps, per_unit } = futures, row = start[p];
  const x = points[2 * row] * to.scale + to.x, y = points[2 * row + 1] * to.scale + to.y, part = to.scale / per_unit;
  for (let n = 0; n < samples; n++) {
    const style = styleOf(n);
    if (!style) continue;
    const future = p * samples + n;
    pen.beginPath();
    let at = future * steps * 2;
    if (!pen_up[row - 1]) pen.moveTo(x, y);
    for (let s = 0; s < lengths[future]; s++, at += 2) pen.lineTo(x + paths[at] * part, y + paths[at + 1] * part);
    Object.assign(pen, { strokeStyle: style.colour, globalAlpha: style.alpha, lineWidth: style.width });
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

// A ring around a point, that is seen on any ground.
function ring(pen, x, y, radius, colour, paper) {
  for (const [width, style] of [[4.5, paper], [2, colour]]) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    Object.assign(pen, { lineWidth: width, strokeStyle: style });
    pen.stroke();
  }
}

// One measure along the line, forks as small triangles on top. -> {left, right} of its frame
function drawCurve(canvas, values, low, high, colourAt, forks, chosen, hovered, label, theme) {
  const { pen, width, height } = sized(canvas), left = 44, right = width - 8, top = 14, bottom = height - 8, count = values.length;
  const x = (p) => left + ((p + 0.5) / count) * (right - left), y = (value) => bottom - clamp((value - low) / (high - low || 1), 0, 1) * (bottom - top);
  pen.font = `11px ${theme.font}`;
  Object.assign(pen, { fillStyle: theme.text, textAlign: "right", textBaseline: "middle", globalAlpha: 0.75 });
  for (const value of [low, high]) pen.fillText(label(value), left - 6, y(value));
  Object.assign(pen, { globalAlpha: 1, strokeStyle: theme.line, lineWidth: 1 });
  pen.strokeRect(left, top, right - left, bottom - top);
  pen.lineWidth = 1.6;
  for (let p = 1; p < count; p++) {
    if (Number.isNaN(values[p]) || Number.isNaN(values[p - 1])) continue;
    pen.beginPath();
    pen.strokeStyle = colourAt(p);
    pen.moveTo(x(p - 1), y(values[p - 1]));
    pen.lineTo(x(p), y(values[p]));
    pen.stroke();
  }
  for (const p of forks) triangle(pen, x(p), top - 3, theme.text);
  for (const [p, colour] of [[chosen, theme.accent], [hovered, theme.text]]) {
    if (p === null) continue;
    Object.assign(pen, { strokeStyle: colour, lineWidth: 1.2 });
    pen.strokeRect(x(p), top, 0, bottom - top);
    if (!Number.isNaN(values[p])) dot(pen, x(p), y(values[p]), 7, colour);
  }
  return { left, right };
}

// Pointing down, its tip at (x, y).
function triangle(pen, x, y, colour) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x - 4.5, y - 8);
  pen.lineTo(x + 4.5, y - 8);
  pen.fill();
}

// The mixture of the next step: its density as shade, each Gaussian as the ellipse of one standard deviation, as strong as its share.
function drawMixture(canvas, { grid, density, gaussians }, actual, theme) {
  const { pen, width } = sized(canvas), scale = width / grid.size, x = (at) => (at - grid.left) * scale, y = (at) => (at - grid.top) * scale;
  const shade = new OffscreenCanvas(grid.cells, grid.cells), image = new ImageData(grid.cells, grid.cells), colour = rgbOf(theme.name === "dark" ? "#80cdc1" : "#01665e");
  density.forEach((value, i) => image.data.set([...colour, value * 0.75], 4 * i));
  shade.getContext("2d").putImageData(image, 0, 0);
  pen.drawImage(shade, 0, 0, width, width);
  for (let k = 0; k < gaussians.length; k += 6) {
    const [pi, muX, muY, sigmaX, sigmaY, rho] = gaussians.subarray(k, k + 6);
    const half = (sigmaX ** 2 + sigmaY ** 2) / 2, off = Math.hypot((sigmaX ** 2 - sigmaY ** 2) / 2, rho * sigmaX * sigmaY);
    const turn = 0.5 * Math.atan2(2 * rho * sigmaX * sigmaY, sigmaX ** 2 - sigmaY ** 2);
    pen.beginPath();
    pen.ellipse(x(muX), y(muY), Math.sqrt(half + off) * scale, Math.sqrt(Math.max(half - off, 0)) * scale, turn, 0, 2 * Math.PI);
    Object.assign(pen, { strokeStyle: theme.text, lineWidth: 1.2, globalAlpha: Math.min(1, 0.08 + 1.2 * pi) });
    pen.stroke();
  }
  pen.globalAlpha = 1;
  dot(pen, x(0), y(0), 6, theme.text);
  if (actual) ring(pen, x(actual[0]), y(actual[1]), 5, theme.accent, theme.paper);
}
