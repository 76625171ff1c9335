// The view of futures: one ink, and on it hairs, main paths, a fan at one point or how sure the network is. All looking happens here; the chosen point and
// the chosen branch go back to Python.

const REPORT_MS = 140; // after the last move
const NEAR_PX = 18; // the ink is meant when the pointer is so near
const FIRST_SCALE = 6; // px a unit at least, when the ink is first shown
const VIEWS = new WeakMap(); // the script runs again with every change of data or theme, on the same element

class FuturesView {
  constructor(root) {
    const $ = (query) => root.querySelector(query);
    Object.assign(this, { root, stage: $(".stage"), curve: $(".curve"), overview: $(".overview"), readout: $(".readout") });
    Object.assign(this, { row: 1, hovered: null, branchAt: null, measure: 0, inkShown: { hairs: true, paths: false, whole: true, fan: true, sure: true } });
    this.closed = new AbortController();
    const { signal } = this.closed;
    listenToStage(this.stage, this, signal);
    this.stage.onkeydown = (event) => this.key(event);
    for (const [strip, rowAt] of [[this.overview, (x) => this.nearest(x, null, this.overviewCamera)], [this.curve, (x) => this.curveRow(x)]]) {
      let held = false;
      const use = (event) => this.choose(rowAt(event.clientX - strip.getBoundingClientRect().left));
      strip.onpointerdown = (event) => ((held = true), strip.setPointerCapture(event.pointerId), use(event));
      strip.onpointermove = (event) => (held ? use(event) : this.hoverRow(rowAt(event.clientX - strip.getBoundingClientRect().left)));
      strip.onpointerup = strip.onpointercancel = () => (held = false);
      strip.onpointerleave = () => this.hoverRow(null);
    }
    $(".in").onclick = () => this.zoomMiddle(1.5);
    $(".out").onclick = () => this.zoomMiddle(1 / 1.5);
    $(".whole").onclick = () => this.fit(true);
    $(".png").onclick = () => this.save();
    $(".before").onclick = () => this.jump(-1);
    $(".after").onclick = () => this.jump(1);
    $(".with-ink").onclick = () => this.toggleInk();
    this.resized = new ResizeObserver(() => this.header && this.stage.clientWidth && this.arrange());
    this.resized.observe(root.querySelector(".view"));
    addEventListener("remote", (event) => event.detail.to === this.header?.name && this.obey(event.detail), { signal });
  }

  close() {
    this.closed.abort();
    this.resized.disconnect();
    this.haze?.stop();
  }

  load({ header, arrays }) {
    const old = this.header, oldInk = this.points;
    for (const name of ["curves", "forks", "branch", "branches", "gaussians", "density", "written_from", "taken", "air"]) this[name] = undefined;
    Object.assign(this, { header, ...header, ...arrays, theme: themeOf(this.stage) });
    this.last = this.points.length / 2 - 1;
    const newInk = !oldInk || oldInk.length !== this.points.length || oldInk.some((value, i) => value !== this.points[i]);
    this.row = this.mode === "fan" ? this.start[0] : clamp(this.row, 1, this.last);
    this.stage.classList.remove("waiting");
    if (newInk || old?.mode !== header.mode || (this.mode === "fan" && !this.moved)) this.camera = null;
    const command = globalThis.remoteCommands?.get(header.name);
    if (command) this.obey(command);
    this.show();
    this.arrange();
  }

  obey({ serial, value }) {
    if (serial === this.serial) return;
    this.serial = serial;
    this.row = clamp(value.point + 1, 1, this.last);
    this.paint();
  }

  show() {
    const { mode, root } = this, has = (query, shown) => (root.querySelector(query).hidden = !shown);
    has(".overview", mode === "fan");
    has(".curve", mode === "sure");
    has(".fan", mode === "fan");
    has(".measures", mode === "sure");
    for (const query of [".before", ".after"]) has(query, mode === "sure" && this.forks.length);
    root.querySelector(".with-ink").ariaPressed = String(this.inkShown[mode]);
    if (mode === "sure") {
      root.querySelector(".measures").replaceChildren(...this.measures.map(({ label, says }, k) => {
        const button = Object.assign(document.createElement("button"), { type: "button", textContent: label, title: says });
        button.ariaPressed = String(k === this.measure);
        button.onclick = () => ((this.measure = k), this.show(), this.paint());
        return button;
      }));
    }
    const { sides, doubt } = this, ramps = { hairs: ["left of the pen’s way", sides, "right"], sure: ["low", doubt, "high"] };
    const [low, ramp, high] = ramps[mode] ?? [];
    root.querySelector(".legend").innerHTML = ramp ? `<span>${low}</span><i style="background:linear-gradient(to right,${ramp[this.theme.name]})"></i><span>${high}</span>` : "";
  }

  // ---- What is chosen

  choose(row) {
    row = clamp(row, 1, this.last);
    if (row === this.row) return;
    this.row = row;
    if (this.mode === "fan") this.stage.classList.add("waiting");
    this.paint();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.send({ point: this.row - 1, branch: null, taken: this.taken ?? 0 }), REPORT_MS);
  }

  take(branch) {
    if (this.mode !== "fan" || branch >= this.branches.length || this.row !== this.start[0]) return;
    this.moved = false;
    this.stage.classList.add("waiting");
    this.send({ point: this.row - 1, branch, taken: this.taken });
  }

  pointAt(branch) {
    this.branchAt = branch;
    this.paint();
  }

  hoverRow(row) {
    if (row === this.hovered) return;
    this.hovered = row;
    this.paint();
  }

  jump(direction) {
    const rows = Array.from(this.forks, (p) => this.start[p]), ahead = rows.filter((row) => (row - this.row) * direction > 0);
    if (ahead.length) this.choose(direction > 0 ? ahead[0] : ahead.at(-1));
    this.reveal();
  }

  toggleInk() {
    this.inkShown[this.mode] = !this.inkShown[this.mode];
    this.show();
    this.paint();
  }

  // The start whose futures stand for a row: the last one that is not behind it.
  startOf(row) {
    let low = 0, high = this.start.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.start[middle] <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  curveRow(x) {
    const { left, right } = this.curveFrame, count = this.start.length;
    return this.start[clamp(Math.floor(((x - left) / (right - left)) * count), 0, count - 1)];
  }

  // The row of the ink that is nearest to (x, y) on the screen (y may be null), at most `reach` px away.
  nearest(x, y, camera, reach = Infinity) {
    let best = null, least = reach * reach;
    for (let row = 1; row <= this.last; row++) {
      const dx = this.points[2 * row] * camera.scale + camera.x - x, dy = y === null ? 0 : this.points[2 * row + 1] * camera.scale + camera.y - y;
      if (dx * dx + dy * dy < least) [best, least] = [row, dx * dx + dy * dy];
    }
    return best;
  }

  // ---- Hands (see camera.js)

  grab(x, y) {
    return (this.mode === "fan" || this.mode === "sure") && this.nearest(x, y, this.camera, NEAR_PX) !== null;
  }

  scrub(x, y) {
    this.choose(this.nearest(x, y, this.camera));
  }

  drop() {}

  tap(x, y) {
    const branch = this.mode === "fan" ? branchNear(this, x, y) : null, row = this.nearest(x, y, this.camera, branch === null ? 60 : 8);
    if (row !== null) this.choose(row);
    else if (branch !== null) this.take(branch);
  }

  hover(x, y) {
    if (x === null) return this.branchAt !== null ? ((this.branchAt = null), this.hoverRow(null), this.paint()) : this.hoverRow(null);
    if (this.mode === "fan" && !this.stage.classList.contains("waiting")) {
      const branch = branchNear(this, x, y);
      if (branch !== this.branchAt) this.pointAt(branch);
    }
    this.hoverRow(this.nearest(x, y, this.camera, NEAR_PX));
  }

  pan(dx, dy) {
    return this.look({ ...this.camera, x: this.camera.x + dx, y: this.camera.y + dy });
  }

  zoom(factor, x, y) {
    return this.look(zoomed(this.camera, factor, x, y, this.leastScale));
  }

  zoomMiddle(factor) {
    this.zoom(factor, this.stage.clientWidth / 2, this.stage.clientHeight / 2);
  }

  key(event) {
    const far = event.shiftKey ? 10 : 1, go = (row) => (this.choose(row), this.reveal());
    const keys = {
      ArrowLeft: () => go(this.row - far), ArrowRight: () => go(this.row + far), Home: () => go(1), End: () => go(this.last),
      "+": () => this.zoomMiddle(1.5), "=": () => this.zoomMiddle(1.5), "-": () => this.zoomMiddle(1 / 1.5), 0: () => this.fit(true),
      i: () => this.toggleInk(),
    };
    if (this.mode === "sure") Object.assign(keys, { f: () => this.jump(1), F: () => this.jump(-1) });
    if (this.mode === "fan") for (let k = 0; k < this.branches.length; k++) keys[k + 1] = () => this.take(k);
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  }

  // ---- What is looked at

  arrange() {
    const width = this.stage.clientWidth;
    if (!width) return;
    const box = (this.shownBox = boxOf(this)), tallest = this.mode === "sure" ? 300 : 420;
    this.stage.style.height = `${clamp((width * (box.bottom - box.top)) / (box.right - box.left), this.mode === "sure" ? 150 : 220, tallest)}px`;
    if (!this.camera || this.wide !== width) this.fit(false);
    this.wide = width;
    if (this.mode === "fan") fillFan(this);
    this.paint();
  }

  fit(all) {
    const { clientWidth: width, clientHeight: height } = this.stage, whole = fitted(this.shownBox, width, height);
    this.leastScale = whole.scale * 0.7;
    this.camera = whole;
    if (!all && whole.scale < FIRST_SCALE) {
      const { scale, y } = zoomed(whole, FIRST_SCALE / whole.scale, 0, height / 2, whole.scale), { left, right } = this.shownBox;
      this.camera = { scale, x: clamp(width / 2 - scale * this.points[2 * this.row], width - scale * right, -scale * left), y };
    }
    this.moved = false;
    this.paint();
  }

  look(camera) {
    const next = kept(camera, this.shownBox, this.stage.clientWidth, this.stage.clientHeight), { scale, x, y } = this.camera;
    if (next.scale === scale && next.x === x && next.y === y) return false;
    this.camera = next;
    this.moved = true;
    this.paint();
    return true;
  }

  // Move just so far that the chosen point is well in sight.
  reveal() {
    const { camera, row, points, stage } = this, edge = Math.min(80, stage.clientWidth / 4);
    const into = (at, size, margin) => Math.max(0, margin - at) - Math.max(0, at - size + margin);
    const dx = into(points[2 * row] * camera.scale + camera.x, stage.clientWidth, edge), dy = into(points[2 * row + 1] * camera.scale + camera.y, stage.clientHeight, 30);
    if (dx || dy) this.camera = { scale: camera.scale, x: camera.x + dx, y: camera.y + dy };
    this.paint();
  }

  // ---- Pictures; at most once a frame

  paint() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (!this.camera || !this.stage.clientWidth) return;
      this.theme = themeOf(this.stage);
      paintScene(this);
    });
  }

  save() {
    const canvas = document.createElement("canvas"), ink = this.stage.querySelector(".ink");
    Object.assign(canvas, { width: ink.width, height: ink.height });
    const pen = canvas.getContext("2d");
    pen.fillStyle = this.theme.paper;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    for (const name of [".haze", ".ink", ".over"]) if (this.stage.querySelector(name).width) pen.drawImage(this.stage.querySelector(name), 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => {
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `futures-${this.mode}.png` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const view = VIEWS.get(parentElement) ?? new FuturesView(parentElement);
  VIEWS.set(parentElement, view);
  view.send = (value) => setStateValue("chosen", value);
  view.load(unpack(data));
  return () => {
    view.close();
    VIEWS.delete(parentElement);
  };
}
