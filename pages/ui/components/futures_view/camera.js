// Where one looks: screen = model * scale + (x, y), in CSS pixels; and the hands that move it.

const MOST_SCALE = 400; // px a model unit
const WHEEL_REST = 400; // ms: a page that is being scrolled goes on scrolling over the picture
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

// The camera that shows a box (left, top, right, bottom) whole, in the middle.
function fitted(box, width, height) {
  const scale = Math.min(width / (box.right - box.left), height / (box.bottom - box.top), 60);
  return { scale, x: (width - scale * (box.left + box.right)) / 2, y: (height - scale * (box.top + box.bottom)) / 2 };
}

function zoomed(camera, factor, x, y, least) {
  const scale = clamp(camera.scale * factor, least, MOST_SCALE), by = scale / camera.scale;
  return { scale, x: x - (x - camera.x) * by, y: y - (y - camera.y) * by };
}

// The camera, moved so that some of the box stays in sight.
function kept({ scale, x, y }, box, width, height) {
  const edge = 40;
  return {
    scale,
    x: clamp(x, edge - scale * box.right, width - edge - scale * box.left),
    y: clamp(y, edge - scale * box.bottom, height - edge - scale * box.top),
  };
}

// Pointers and wheel on the stage. hands: {grab(x, y) -> true to scrub, scrub(x, y), drop(), tap(x, y), pan(dx, dy), zoom(factor, x, y), hover(x, y) or
// hover(null)}.
function listenToStage(stage, hands, signal) {
  const touching = new Map();
  let scrubbing = false, moved = 0, pageMoved = -Infinity;
  const place = (event) => {
    const box = stage.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const on = (kind, act, options = {}) => stage.addEventListener(kind, act, { signal, ...options });
  on("pointerdown", (event) => {
    if (event.button > 0) return;
    stage.focus({ preventScroll: true });
    stage.setPointerCapture(event.pointerId);
    touching.set(event.pointerId, place(event));
    moved = 0;
    scrubbing = touching.size === 1 && hands.grab(...place(event));
  });
  on("pointermove", (event) => {
    const now = place(event), before = touching.get(event.pointerId);
    if (!before) return hands.hover(...now);
    moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (touching.size === 2) {
      const [other] = [...touching].filter(([id]) => id !== event.pointerId).map(([, spot]) => spot);
      const apart = (spot) => Math.hypot(spot[0] - other[0], spot[1] - other[1]);
      hands.pan((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
      hands.zoom(apart(now) / Math.max(apart(before), 1), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
      scrubbing = false;
    } else if (scrubbing) hands.scrub(...now);
    else if (moved > 4) hands.pan(now[0] - before[0], now[1] - before[1]);
    touching.set(event.pointerId, now);
  });
  on("pointerup", (event) => {
    if (!touching.delete(event.pointerId)) return;
    if (moved <= 4) hands.tap(...place(event));
    else if (scrubbing) hands.drop();
  });
  on("pointercancel", (event) => touching.delete(event.pointerId));
  on("pointerleave", () => hands.hover(null));
  document.addEventListener("scroll", () => (pageMoved = performance.now()), { capture: true, passive: true, signal });
  on("wheel", (event) => {
    if (performance.now() - pageMoved < WHEEL_REST) return;
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const used = sideways ? hands.pan(-event.deltaX, 0) : hands.zoom(Math.exp(-clamp(event.deltaY, -120, 120) * 0.0025), ...place(event));
    if (used || event.ctrlKey) event.preventDefault(); // a wheel that can zoom no further scrolls the page
  }, { passive: false });
}
