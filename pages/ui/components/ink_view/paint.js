// Ink on a canvas: curves through the middles between points, round joins and caps, and one path a run of equal colour.

function paintInk(canvas, layout, kind, level, colours, thickness, upto) {
  const { x, y, height } = layout;
  const ratio = devicePixelRatio || 1, width = canvas.clientWidth;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  Object.assign(pen, { lineJoin: "round", lineCap: "round", lineWidth: thickness });
  const last = Math.min(upto, kind.length - 1);
  let running = null;
  const flush = () => running !== null && pen.stroke();
  for (let i = 0; i <= last; i++) {
    const goesOn = i < last && kind[i + 1];
    if (!kind[i] && goesOn) continue; // its ink begins with the next point
    if (level[i] !== running) {
      flush();
      pen.beginPath();
      pen.strokeStyle = colours[level[i]];
      running = level[i];
    }
    if (!kind[i]) {
      pen.moveTo(x[i], y[i]);
      pen.lineTo(x[i] + 0.01, y[i]); // a dot: canvases leave lines of no length out
      continue;
    }
    const atStart = !kind[i - 1], back = atStart ? 1 : 0.5;
    pen.moveTo(x[i] + (x[i - 1] - x[i]) * back, y[i] + (y[i - 1] - y[i]) * back);
    if (goesOn) pen.quadraticCurveTo(x[i], y[i], (x[i] + x[i + 1]) / 2, (y[i] + y[i + 1]) / 2);
    else pen.lineTo(x[i], y[i]);
  }
  flush();
}

// Where the pen is: filled while it touches the paper.
function paintPen(canvas, layout, kind, at, colour) {
  const pen = canvas.getContext("2d"), i = Math.min(at, kind.length - 1);
  pen.beginPath();
  pen.arc(layout.x[i], layout.y[i], 4, 0, 2 * Math.PI);
  Object.assign(pen, { fillStyle: colour, strokeStyle: colour, lineWidth: 1.5 });
  if (kind[i]) pen.fill();
  else pen.stroke();
}

// Palettes are lists of hex colours: a ramp is spread over `count` levels, a list of single colours is repeated.
function coloursOf(palette, spread, count) {
  return Array.from({ length: count }, (_, level) => (spread ? mixed(palette, level / Math.max(1, count - 1)) : palette[level % palette.length]));
}

function mixed(palette, share) {
  const at = share * (palette.length - 1), k = Math.min(Math.floor(at), palette.length - 2);
  if (palette.length < 2) return palette[0];
  const [a, b] = [palette[k], palette[k + 1]].map((hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)));
  return `rgb(${a.map((value, i) => Math.round(value + (b[i] - value) * (at - k))).join(",")})`;
}

// The theme, by the page's own background.
function isDark(element) {
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = getComputedStyle(element).getPropertyValue("--st-background-color").trim() || "#fff";
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(probe.fillStyle.slice(i, i + 2), 16));
  return 0.3 * r + 0.59 * g + 0.11 * b < 128;
}
