// The linked view: one ink and what every cell does while it is read. All looking happens here; only what is chosen goes back to Python.

const TURN_MS = 750; // a change of order
const REPORT_MS = 160; // after the last key
const LEAST_ROWS = 8, LEAST_STEPS = 10;
const VIEWS = new WeakMap(); // the script runs again with every change of data or theme, on the same element

class LinkedView {
  constructor(root) {
    const $ = (query) => root.querySelector(query);
    this.root = root;
    this.parts = { map: $(".map"), strip: $(".strip"), ink: $(".ink"), curve: $(".curve"), heat: $(".heat"), down: $(".down"), across: $(".across") };
    this.at = $(".at");
    this.under = $(".under");
    this.chosen = { cell: 0, step: 0, order: 0, band: null, own_scale: true };
    this.role = null;
    this.hovered = null;
    this.closed = new AbortController();
    listen(this);
    $(".whole").onclick = () => this.whole();
    $(".unband").onclick = () => (this.choose({ band: null }), this.report());
    $(".png").onclick = () => savePicture(this, "png");
    $(".svg").onclick = () => savePicture(this, "svg");
    this.resized = new ResizeObserver(() => this.header && this.paint());
    for (const part of [this.parts.map, this.parts.ink]) this.resized.observe(part);
    addEventListener("remote", (event) => event.detail.to === this.header?.name && this.obey(event.detail), { signal: this.closed.signal });
  }

  close() {
    this.closed.abort();
    this.resized.disconnect();
  }

  load({ header, arrays }) {
    const old = this.header, { cells, steps } = header;
    Object.assign(this, { header, cells, steps, ...arrays, ramp: makeRamp(header.stops, header.top) });
    this.joined = this.pen_up.map((_, t) => (t ? 1 - this.pen_up[t - 1] : 1));
    this.painted = null; // the scale that the images are painted in
    const others = header.orders.slice(1).map((_, k) => [k * cells, (k + 1) * cells]);
    this.permutations = [Uint16Array.from({ length: cells }, (_, c) => c), ...others.map((part) => this.permutation.subarray(...part))];
    this.ranks = this.permutations.map((permutation) => {
      const rank = new Float32Array(cells);
      permutation.forEach((cell, place) => (rank[cell] = place));
      return rank;
    });
    this.turns = [new Float32Array(cells), ...others.map((part) => Float32Array.from(this.sign.subarray(...part), (sign) => (sign < 0 ? 1 : 0)))];
    if (old?.steps !== steps || old.cells !== cells) this.window = { x0: 0, x1: steps, y0: 0, y1: cells };
    this.mixing = null;
    this.choose(this.chosen);
    const command = globalThis.remoteCommands?.get(header.name);
    if (command) this.obey(command);
  }

  // ---- What is chosen

  obey({ serial, value }) {
    if (serial === this.serial) return;
    const first = this.serial === undefined;
    this.serial = serial;
    this.changeOrder(Math.max(0, this.header.orders.indexOf(value.order)));
    if (first) this.mixing = null;
    this.choose({ cell: value.cell, step: value.step, band: value.band, own_scale: value.own_scale });
    this.reveal();
  }

  choose(change) {
    const next = { ...this.chosen, ...change };
    next.order = clamp(next.order, 0, this.header.orders.length - 1);
    next.cell = clamp(next.cell, 0, this.cells - 1);
    next.step = this.clampStep(next.step);
    this.chosen = next;
    if (this.painted !== next.own_scale) {
      this.images = makeImages(this.levels, this.cells, this.steps, this.ramp, (cell, level) => this.shade(cell, level));
      this.painted = next.own_scale;
      fillControls(this);
    }
    this.series = this.shades();
    this.paint();
  }

  report() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      const value = { ...this.chosen, order: this.header.orders[this.chosen.order] };
      if (JSON.stringify(value) !== this.sent) this.send(value);
      this.sent = JSON.stringify(value);
    }, REPORT_MS);
  }

  // ---- Values, and the colours (0 to top) that stand for them

  chosenCells() {
    const { cell, order, band } = this.chosen;
    return band ? this.permutations[order].slice(band[0], band[1] + 1) : [cell];
  }

  // Colour of each step (T,): the chosen cell's, or the mean of the band's.
  shades() {
    const cells = this.chosenCells(), series = new Float32Array(this.steps);
    for (const c of cells) for (let t = 0; t < this.steps; t++) series[t] += this.shown(c, t) / cells.length;
    return series;
  }

  turned = (cell) => this.turns[this.chosen.order][cell] > 0;

  // The colour of a cell's level, its sign not turned: between the fixed limits, or between the cell's own lowest and highest.
  shade(cell, level) {
    if (this.chosen.own_scale) return level;
    const { limits, top } = this.header;
    return Math.round(clamp((this.unpacked(cell, level) - limits[0]) / (limits[1] - limits[0]), 0, 1) * top);
  }

  shown(cell, step) {
    const shade = this.shade(cell, this.levels[cell * this.steps + step]);
    return this.turned(cell) ? this.header.top - shade : shade;
  }

  unpacked = (cell, level) => this.low[cell] + ((this.high[cell] - this.low[cell]) * level) / this.header.top;

  value(cell, step) {
    const value = this.unpacked(cell, this.levels[cell * this.steps + step]);
    return this.turned(cell) ? -value : value;
  }

  // What the ends of the colours stand for, for the chosen cell; nothing where a band's cells have each their own.
  limits() {
    if (!this.chosen.own_scale) return this.header.limits;
    return this.chosen.band ? [NaN, NaN] : [this.low[this.chosen.cell], this.high[this.chosen.cell]];
  }

  scaleText() {
    if (this.chosen.own_scale) return this.header.signed ? ["−peak", "peak"] : ["lowest", "highest"];
    const [low, high] = this.header.limits.map(short), beyond = this.header.what === "cell state";
    return beyond ? [`≤ ${low}`, `≥ ${high}`] : [low, high];
  }

  rank = (cell) => this.ranks[this.chosen.order][cell];
  cellAt = (rank) => this.permutations[this.chosen.order][rank];
  clampStep = (step) => clamp(Math.floor(step), 0, this.steps - 1);
  clampRank = (rank) => clamp(Math.floor(rank), 0, this.cells - 1);

  stepNear(x, y) {
    let best = 0, nearest = Infinity;
    for (let t = 0; t < this.steps; t++) {
      const away = (this.inkPlace.x[t + 1] - x) ** 2 + (this.inkPlace.y[t + 1] - y) ** 2;
      if (away < nearest) [best, nearest] = [t, away];
    }
    return best;
  }

  // ---- Orders

  nextOrder() {
    this.changeOrder((this.chosen.order + 1) % this.header.orders.length);
    this.report();
  }

  changeOrder(order) {
    if (order === this.chosen.order) return;
    const from = this.arrangement();
    this.mixing = { from, start: performance.now() };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.mixing = null;
    this.choose({ order, band: null });
    fillControls(this);
  }

  // Where each row lies now and how far its sign is turned: on the way between two orders, or at rest.
  arrangement() {
    const place = this.ranks[this.chosen.order], turn = this.turns[this.chosen.order];
    const done = this.mixing ? (performance.now() - this.mixing.start) / TURN_MS : 1;
    if (done >= 1) {
      this.mixing = null;
      return { place, turn };
    }
    const part = done * done * (3 - 2 * done), { from } = this.mixing;
    const between = (a, b) => a.map((value, c) => value + (b[c] - value) * part);
    return { place: between(from.place, place), turn: between(from.turn, turn) };
  }

  // ---- What is looked at

  look(change) {
    const next = { ...this.window, ...change }, was = JSON.stringify(this.window);
    for (const [low, high, most, least] of [["x0", "x1", this.steps, LEAST_STEPS], ["y0", "y1", this.cells, LEAST_ROWS]]) {
      const size = clamp(next[high] - next[low], Math.min(least, most), most);
      next[low] = clamp(next[low], 0, most - size);
      next[high] = next[low] + size;
    }
    this.window = next;
    this.paint();
    return JSON.stringify(next) !== was;
  }

  zoom(fx, fy, byX, byY) {
    const { x0, x1, y0, y1 } = this.window, x = x0 + fx * (x1 - x0), y = y0 + fy * (y1 - y0);
    const wide = clamp((x1 - x0) * byX, Math.min(LEAST_STEPS, this.steps), this.steps), tall = clamp((y1 - y0) * byY, Math.min(LEAST_ROWS, this.cells), this.cells);
    return this.look({ x0: x - fx * wide, x1: x + (1 - fx) * wide, y0: y - fy * tall, y1: y + (1 - fy) * tall });
  }

  zoomAtChosen(by) {
    const { x0, x1, y0, y1 } = this.window;
    this.zoom((this.chosen.step + 0.5 - x0) / (x1 - x0), (this.rank(this.chosen.cell) + 0.5 - y0) / (y1 - y0), by, by);
  }

  shift(x, y) {
    const { x0, x1, y0, y1 } = this.window;
    return this.look({ x0: x0 + x, x1: x1 + x, y0: y0 + y, y1: y1 + y });
  }

  whole() {
    this.look({ x0: 0, x1: this.steps, y0: 0, y1: this.cells });
  }

  // Move what is looked at just so far that the chosen cell and step are in it.
  reveal() {
    const { x0, x1, y0, y1 } = this.window, { cell, step } = this.chosen, rank = this.rank(cell);
    const into = (at, low, high) => Math.min(0, at - low) + Math.max(0, at + 1 - high);
    this.shift(into(step, x0, x1), into(rank, y0, y1));
  }

  hover(spot) {
    this.hovered = spot && { ...this.chosen, ...spot };
    if (this.inkPlace) this.paintOver();
  }

  // ---- Pictures; everything at most once a frame

  paint() {
    this.frameAsked ??= requestAnimationFrame(() => {
      this.frameAsked = null;
      if (!this.root.isConnected || !this.parts.map.clientWidth) return;
      this.theme = readTheme(this.root);
      this.paintAll();
      this.paintOver();
      if (this.mixing) this.paint();
    });
  }

  paintAll() {
    const { header, ramp, series, window: frame, chosen, theme } = this, first = Math.floor(frame.x0), last = Math.ceil(frame.x1);
    const { map, strip, ink, curve } = this.parts;
    this.inkPlace = placeInk(this.points, this.joined, 0, this.steps, ink.clientWidth);
    ink.style.height = `${this.inkPlace.height}px`; // the same however far one zooms, so that the map stays under the pointer
    if (last - first < this.steps) this.inkPlace = placeInk(this.points, this.joined, first, last, ink.clientWidth, this.inkPlace.height);
    paintInk(ink.querySelector(".paint"), this.inkPlace, this.joined, series, ramp, first, last, theme);
    const left = map.offsetLeft - this.parts.heat.offsetLeft, right = this.parts.heat.clientWidth - left - map.clientWidth;
    this.curveFrame = { ...frame, left, right };
    paintCurve(curve.querySelector(".paint"), this.curveFrame, series, ramp, this.limits(), theme);
    const { place, turn } = this.arrangement(), dim = (c) => this.role !== null && this.group[c] !== this.role;
    paintHeat(map.querySelector(".paint"), this.images, frame, place, turn, dim, theme);
    const group = (c) => header.groups[this.group[c]];
    paintStrip(strip, frame, place, (c) => group(c).colour, (c) => group(c).short, dim, chosen.band, chosen.cell, theme);
    this.root.querySelector(".whole").hidden = last - first >= this.steps && frame.y1 - frame.y0 >= this.cells;
    this.root.querySelector(".unband").hidden = !chosen.band;
    for (const [rail, low, high, most, from, to] of [["down", frame.y0, frame.y1, this.cells, "top", "bottom"], ["across", frame.x0, frame.x1, this.steps, "left", "right"]]) {
      const part = this.parts[rail];
      part.classList.toggle("shown", high - low < most - 1e-6);
      Object.assign(part.firstElementChild.style, { [from]: `${(100 * low) / most}%`, [to]: `${100 - (100 * high) / most}%` });
    }
  }

  paintOver() {
    const { chosen, hovered, theme, window: frame, ramp } = this, { map, ink, curve } = this.parts, see = hovered ?? chosen;
    const across = (rank) => ((rank + 0.5 - frame.y0) / (frame.y1 - frame.y0)) * map.clientHeight;
    const down = (step) => ((step + 0.5 - frame.x0) / (frame.x1 - frame.x0)) * map.clientWidth;
    const rows = chosen.band ? [[across(chosen.band[0] - 0.5), true], [across(chosen.band[1] + 0.5), true]] : [[across(this.rank(chosen.cell)), true]];
    const columns = [[down(chosen.step), true]];
    if (hovered) rows.push([across(this.rank(hovered.cell)), false]), columns.push([down(hovered.step), false]);
    paintLines(map.querySelector(".over"), this.mixing ? [] : rows, columns, theme);
    const { left, right, x0, x1 } = this.curveFrame, at = (step) => left + ((step + 0.5 - x0) / (x1 - x0)) * (curve.clientWidth - left - right);
    paintLines(curve.querySelector(".over"), [], columns.map((column, k) => [at(k ? hovered.step : chosen.step), column[1]]), theme);
    const pens = [[chosen.step + 1, theme.text]];
    if (hovered) pens.push([see.step + 1, ramp.css[Math.round(this.series[see.step])]]);
    paintPens(ink.querySelector(".over"), this.inkPlace, pens, theme);
    this.tell(see);
  }

  tell(see) {
    const { chosen } = this, lines = readings(this, see);
    this.at.innerHTML = lines[0];
    this.under.innerHTML = see.cell === chosen.cell ? "" : lines[1];
    this.parts.heat.setAttribute("aria-label", `${this.header.what} of ${this.cells} cells over ${this.steps} steps. ${this.at.textContent}`);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const view = VIEWS.get(parentElement) ?? new LinkedView(parentElement);
  VIEWS.set(parentElement, view);
  view.send = (value) => setStateValue("chosen", value);
  view.load(unpack(data));
  return () => {
    view.close();
    VIEWS.delete(parentElement);
  };
}
