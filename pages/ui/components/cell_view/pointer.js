// Hands on the view: pointers, wheel and keys, told to the view in rows and steps.

const WHEEL_REST = 400; // ms: a page that is being scrolled goes on scrolling over the map
const places = (event, element) => {
  const box = element.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top, box.width, box.height];
};

// Call `move(event, first)` from press to release.
function drag(element, move, end = () => {}) {
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

function listen(view) {
  const { map, strip, ink, curve, heat, down, across } = view.parts;
  const spot = (event) => {
    const [x, y, w, h] = places(event, map), { x0, x1, y0, y1 } = view.window;
    return { step: view.clampStep(x0 + (x / w) * (x1 - x0)), rank: view.clampRank(y0 + (y / h) * (y1 - y0)) };
  };
  const touches = new Map(); // two fingers zoom and move, one chooses
  let bandStart = null;
  drag(map, (event, first) => {
    if (touches.size > 1) return;
    if (first) heat.focus({ preventScroll: true });
    const { step, rank } = spot(event);
    if (first) bandStart = event.shiftKey ? rank : null;
    if (bandStart === null) view.choose({ step, cell: view.cellAt(rank), band: null });
    else view.choose({ step, cell: view.cellAt(rank), band: [Math.min(rank, bandStart), Math.max(rank, bandStart)] });
  }, () => view.report());
  drag(strip, (event, first) => {
    const { rank } = spot(event);
    if (first) bandStart = rank;
    view.choose({ cell: view.cellAt(rank), band: rank === bandStart ? null : [Math.min(rank, bandStart), Math.max(rank, bandStart)] });
  }, () => view.report());
  map.addEventListener("pointermove", (event) => {
    if (!touches.has(event.pointerId)) {
      const { step, rank } = spot(event);
      return view.hover({ step, cell: view.cellAt(rank) });
    }
    const before = [...touches.values()];
    touches.set(event.pointerId, places(event, map));
    if (touches.size === 2) pinch(view, before, [...touches.values()]);
  });
  map.addEventListener("pointerdown", (event) => event.pointerType === "touch" && touches.set(event.pointerId, places(event, map)));
  for (const kind of ["pointerup", "pointercancel"]) map.addEventListener(kind, (event) => touches.delete(event.pointerId));
  strip.addEventListener("pointermove", (event) => view.hover({ cell: view.cellAt(spot(event).rank) }));

  const inkStep = (event) => {
    const [x, y] = places(event, ink);
    return view.stepNear(x, y);
  };
  const curveStep = (event) => spot(event).step;
  for (const [part, stepAt] of [[ink, inkStep], [curve, curveStep]]) {
    drag(part, (event) => view.choose({ step: stepAt(event) }), () => view.report());
    part.addEventListener("pointermove", (event) => view.hover({ step: stepAt(event) }));
  }
  for (const part of [map, strip, ink, curve]) part.onpointerleave = () => view.hover(null);

  rail(down, (at, size) => view.look({ y0: at * view.cells - size / 2, y1: at * view.cells + size / 2 }), () => view.window.y1 - view.window.y0, 1);
  rail(across, (at, size) => view.look({ x0: at * view.steps - size / 2, x1: at * view.steps + size / 2 }), () => view.window.x1 - view.window.x0, 0);
  listenToWheel(view, map);
  heat.onkeydown = (event) => key(view, event);
}

function rail(element, moveTo, size, axis) {
  drag(element, (event) => {
    const place = places(event, element);
    moveTo(place[axis] / place[axis + 2], size());
  });
}

function pinch(view, before, now) {
  const middle = (pair, axis) => (pair[0][axis] + pair[1][axis]) / 2 / pair[0][axis + 2];
  const spread = (pair) => Math.hypot(pair[0][0] - pair[1][0], pair[0][1] - pair[1][1]);
  const { x0, x1, y0, y1 } = view.window, factor = spread(before) / Math.max(spread(now), 1);
  view.shift((middle(before, 0) - middle(now, 0)) * (x1 - x0), (middle(before, 1) - middle(now, 1)) * (y1 - y0));
  view.zoom(middle(now, 0), middle(now, 1), factor, factor);
}

function listenToWheel(view, map) {
  let pageMoved = -Infinity;
  document.addEventListener("scroll", () => (pageMoved = performance.now()), { capture: true, passive: true, signal: view.closed.signal });
  map.addEventListener("wheel", (event) => {
    if (performance.now() - pageMoved < WHEEL_REST) return;
    const [x, y, w, h] = places(event, map), factor = Math.exp(clamp(event.deltaY || (event.shiftKey ? event.deltaX : 0), -120, 120) * 0.0022);
    const moved = Math.abs(event.deltaX) > Math.abs(event.deltaY) && !event.shiftKey
      ? view.shift((event.deltaX / w) * (view.window.x1 - view.window.x0), 0)
      : view.zoom(x / w, y / h, event.shiftKey ? 1 : factor, event.ctrlKey ? 1 : factor);
    if (moved || event.ctrlKey) event.preventDefault(); // a wheel that can zoom no further out scrolls the page
  }, { passive: false });
}

function key(view, event) {
  const { cell, step, band } = view.chosen, rank = view.rank(cell), far = event.shiftKey ? 10 : 1;
  const toRank = (to) => ({ cell: view.cellAt(view.clampRank(to)), band: null });
  const stretch = (by) => {
    const to = view.clampRank(rank + by), fixed = band ? (band[0] === rank ? band[1] : band[0]) : rank;
    return { cell: view.cellAt(to), band: to === fixed ? null : [Math.min(to, fixed), Math.max(to, fixed)] };
  };
  const keys = {
    ArrowLeft: () => view.choose({ step: step - far }),
    ArrowRight: () => view.choose({ step: step + far }),
    ArrowUp: () => view.choose(event.shiftKey ? stretch(-1) : toRank(rank - 1)),
    ArrowDown: () => view.choose(event.shiftKey ? stretch(1) : toRank(rank + 1)),
    PageUp: () => view.choose(toRank(rank - 10)),
    PageDown: () => view.choose(toRank(rank + 10)),
    Home: () => view.choose({ step: 0 }),
    End: () => view.choose({ step: view.steps - 1 }),
    Escape: () => view.choose({ band: null }),
    "+": () => view.zoomAtChosen(0.7),
    "=": () => view.zoomAtChosen(0.7),
    "-": () => view.zoomAtChosen(1 / 0.7),
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
