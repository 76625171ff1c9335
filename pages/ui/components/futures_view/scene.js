// What each kind of view paints: the haze of all futures underneath, the ink, and on top what is chosen or pointed at.

function paintScene(view) {
  paintHaze(view);
  paintInkLayer(view);
  paintOver(view);
  if (view.mode === "fan") paintOverview(view);
  if (view.mode === "sure") paintCurve(view);
  view.readout.innerHTML = wordsFor(view, view.hovered ?? view.row);
  view.stage.ariaLabel = `${view.stageName ?? "Futures"}. ${view.readout.textContent}`;
}

// The haze takes longer than a frame: until it is done, the last one is moved and stretched to where it belongs.
function paintHaze(view) {
  const { stage, camera, theme, mode } = view, canvas = stage.querySelector(".haze"), shown = mode !== "fan" && mode !== "sure";
  canvas.hidden = !shown;
  if (!shown) return view.haze?.stop(), void (view.haze = view.hazeKey = null);
  const ratio = Math.min(devicePixelRatio || 1, 2), width = Math.round(stage.clientWidth * ratio), height = Math.round(stage.clientHeight * ratio);
  const key = [camera.scale, camera.x, camera.y, width, height, theme.name, mode].join();
  if (view.hazeData !== view.paths) view.haze?.stop(), (view.haze = view.hazeKey = null), (view.hazeData = view.paths);
  if (view.hazeKey !== key && !view.haze) {
    view.hazeKey = key;
    const colours = mode === "hairs" ? view.sides[theme.name].map(rgbOf) : Array(3).fill(rgbOf(theme.name === "dark" ? "#e6e3dc" : "#101518"));
    view.haze = new Haze(view, camera, width, height, ratio, { fade: mode === "hairs", colours }, (image) => {
      Object.assign(canvas, { width, height });
      canvas.getContext("2d").putImageData(image, 0, 0);
      view.hazeCamera = { ...view.haze.camera };
      view.haze = null;
      stage.dataset.painted = key;
      view.paint(); // moves it into place, and begins anew where the camera has moved on
    });
  }
  const old = view.hazeCamera;
  if (!old) return;
  const by = camera.scale / old.scale;
  canvas.style.transform = by === 1 && camera.x === old.x && camera.y === old.y ? "" : `translate(${camera.x - old.x * by}px,${camera.y - old.y * by}px) scale(${by})`;
}

function paintInkLayer(view) {
  const { theme, camera, mode, last, row } = view, { pen } = sized(view.stage.querySelector(".ink"));
  if (!view.inkShown[mode]) return;
  const thickness = clamp(camera.scale * 0.11, 1.2, 5);
  if (mode === "sure") return drawInk(pen, view, camera, 0, last, thickness * 1.6, doubtColour(view));
  if (mode === "whole") return drawInk(pen, view, camera, 0, view.start[0], thickness, () => theme.text);
  if (mode === "hairs") return drawInk(pen, view, camera, 0, last, clamp(camera.scale * 0.07, 1, 4), () => theme.text);
  const until = mode === "fan" ? row : last, from = view.written_from ?? Infinity;
  pen.globalAlpha = 0.28;
  drawInk(pen, view, camera, until, last, thickness, () => theme.text);
  pen.globalAlpha = 1;
  drawInk(pen, view, camera, 0, until, thickness, (at) => (at > from ? theme.accent : theme.text));
}

function paintOver(view) {
  const { theme, camera, mode, points, row, hovered, sides } = view, { pen } = sized(view.stage.querySelector(".over"));
  const place = (at) => [points[2 * at] * camera.scale + camera.x, points[2 * at + 1] * camera.scale + camera.y];
  if (mode === "fan" && row === view.start[0]) {
    drawFutures(pen, view, camera, 0, (n) => {
      const away = view.branchAt !== null && view.branch[n] !== view.branchAt;
      return { colour: branchColour(view, view.branch[n]), alpha: away ? 0.1 : 0.5, width: 1.2 };
    });
    view.branches.forEach((branch, k) => drawFutures(pen, view, camera, 0, (n) => n === branch.typical && { colour: branchColour(view, k), alpha: 1, width: 3 }));
  } else if (mode === "sure" || (mode === "hairs" && hovered !== null)) {
    const p = view.startOf(hovered ?? row);
    drawFutures(pen, view, camera, p, (n) => {
      const side = view.side[p * view.samples + n], colour = sides[theme.name][side === view.no_side || side === 0 ? 1 : side < 0 ? 0 : 2];
      return { colour, alpha: 0.75, width: 1.2 };
    });
  }
  if (mode === "sure") for (const p of view.forks) triangle(pen, place(view.start[p])[0], place(view.start[p])[1] - 8, theme.text);
  ring(pen, ...place(row), 6, theme.accent, theme.paper);
  if (hovered !== null && hovered !== row) ring(pen, ...place(hovered), 4, theme.text, theme.paper);
}

function paintOverview(view) {
  const { overview, points, last, theme } = view, { pen, width, height } = sized(overview);
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (let at = 0; at <= last; at++) {
    box.left = Math.min(box.left, points[2 * at]), box.right = Math.max(box.right, points[2 * at]);
    box.top = Math.min(box.top, points[2 * at + 1]), box.bottom = Math.max(box.bottom, points[2 * at + 1]);
  }
  for (const [low, high, least] of [["left", "right", 8], ["top", "bottom", 4]]) {
    const short = Math.max(0, least - (box[high] - box[low])) / 2 + 0.5;
    (box[low] -= short), (box[high] += short);
  }
  const camera = (view.overviewCamera = fitted(box, width, height));
  drawInk(pen, view, camera, 0, last, 1.3, (at) => (at > (view.written_from ?? Infinity) ? theme.accent : theme.text));
  const place = (at) => [points[2 * at] * camera.scale + camera.x, points[2 * at + 1] * camera.scale + camera.y];
  ring(pen, ...place(view.row), 5, theme.accent, theme.paper);
}

// ---- Sure or lost

function measureOf(view) {
  const count = view.start.length, values = view.curves.subarray(view.measure * count, (view.measure + 1) * count);
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const at = (share) => known[Math.round(share * (known.length - 1))] ?? 0;
  const low = at(0.01), high = Math.max(at(0.99), low + 1e-6); // a few far-out values would leave no room for the others
  return { values, low, high, colourOf: (value) => (Number.isNaN(value) ? view.theme.line : rampAt(view.doubt[view.theme.name], (value - low) / (high - low))) };
}

// A movement has the colour of the point it starts from: every measure is about what comes next.
function doubtColour(view) {
  const { values, colourOf } = measureOf(view);
  return (row) => colourOf(values[view.startOf(Math.max(row - 1, 1))]);
}

function paintCurve(view) {
  const { values, low, high, colourOf } = measureOf(view), label = (value) => value.toFixed(Math.abs(value) < 10 ? 2 : 0).replace("-", "−");
  const hovered = view.hovered === null ? null : view.startOf(view.hovered);
  view.curveFrame = drawCurve(view.curve, values, low, high, (p) => colourOf(values[p]), view.forks, view.startOf(view.row), hovered, label, view.theme);
}

// ---- Words

function wordsFor(view, row) {
  const { mode, start, side, samples, steps, lifted, no_side } = view, count = `Point ${row} of ${view.last}`;
  if (mode === "fan" && row !== start[0]) return count;
  const p = mode === "fan" ? 0 : view.startOf(row), shares = [0, 0, 0];
  if (mode === "whole") return `${samples} continuations of ${steps} steps from point ${start[0]} of ${view.last}`;
  for (let n = p * samples; n < (p + 1) * samples; n++) if (side[n] !== no_side && side[n]) shares[side[n] < 0 ? 0 : 1]++;
  for (let n = p * samples; n < (p + 1) * samples; n++) shares[2] += lifted[n];
  const known = shares[0] + shares[1] > 0;
  const sides = known ? `${percent(shares[0] / samples)} go left of where the pen went, ${percent(shares[1] / samples)} right` : "the ink ends before its futures do";
  const words = `<b>${count}</b> <span>· ${sides} · ${percent(shares[2] / samples)} lift the pen within ${steps} steps</span>`;
  if (mode !== "sure") return words;
  const values = view.measures.map(({ label, unit }, k) => {
    const value = view.curves[k * start.length + p];
    if (Number.isNaN(value)) return `${label} –`;
    return unit === "share" ? `${label} ${percent(value)}` : `${label} ${value.toFixed(2).replace("-", "−")} ${unit}`;
  });
  return `${words}<br><span>${values.join(" · ")}${view.forks.includes(p) ? " · the futures fork here" : ""}</span>`;
}
