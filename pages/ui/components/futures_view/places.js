// Where things stand on the paper, in model units or on the screen.

// What is to be seen of the ink and its futures: the one point's where there is one, else all of the line.
function boxOf(view) {
  const { points, start, paths, lengths, samples, steps, per_unit, mode } = view;
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  const take = (x, y) => {
    Object.assign(box, { left: Math.min(box.left, x), right: Math.max(box.right, x), top: Math.min(box.top, y), bottom: Math.max(box.bottom, y) });
  };
  const alone = start.length === 1;
  for (let row = mode === "fan" ? Math.max(0, start[0] - 40) : 0; row <= (alone ? start[0] : view.last); row++) take(points[2 * row], points[2 * row + 1]);
  if (alone) {
    const x = points[2 * start[0]], y = points[2 * start[0] + 1];
    for (let n = 0; n < samples; n++) {
      for (let at = n * steps; at < n * steps + lengths[n]; at++) take(x + paths[2 * at] / per_unit, y + paths[2 * at + 1] / per_unit);
    }
  }
  const wide = Math.max(0, 10 - (box.right - box.left)) / 2 + 1.5, tall = Math.max(0, 6 - (box.bottom - box.top)) / 2 + (mode === "sure" ? 1 : 2);
  return { left: box.left - wide, right: box.right + wide, top: box.top - tall, bottom: box.bottom + tall };
}

// The branch of the future whose drawing passes nearest.
function branchNear(view, x, y) {
  const { camera, points, start, paths, lengths, steps, samples, per_unit } = view, part = camera.scale / per_unit;
  const left = x - points[2 * start[0]] * camera.scale - camera.x, top = y - points[2 * start[0] + 1] * camera.scale - camera.y;
  let best = null, least = 12 * 12;
  for (let n = 0; n < samples; n++) {
    for (let s = 0; s < lengths[n]; s++) {
      const at = 2 * (n * steps + s), away = (paths[at] * part - left) ** 2 + (paths[at + 1] * part - top) ** 2;
      if (away < least) [best, least] = [view.branch[n], away];
    }
  }
  return best;
}
