// Lines of ink, one below the other or in a grid, painted as they were written. Python sends all of it at once; playing costs no round trip.

const POINTS_PER_SECOND = 100; // of writing at speed 1: about what the tablets recorded
const LEVELS = 256;
const PLAY = "M4 2.5v11l9-5.5z", PAUSE = "M4 2.5h3v11H4zM9 2.5h3v11H9z";
const VIEWS = new WeakMap(); // the script runs again with every change of data or theme, on the same element

class InkView {
  constructor(root) {
    const $ = (query) => root.querySelector(query);
    this.root = root;
    this.host = $(".view");
    this.box = $(".panels");
    this.place = $(".place");
    this.count = $(".count");
    this.button = $(".play");
    this.legend = document.createElement("div");
    this.legend.className = "legend";
    this.host.prepend(this.legend);
    this.speed = 4;
    this.at = 0;
    this.playing = false;
    this.panels = [];
    this.button.onclick = () => (this.playing ? this.pause() : this.play());
    this.place.oninput = () => (this.pause(), (this.at = Number(this.place.value)), this.paint());
    $(".speed").onchange = (event) => (this.speed = Number(event.target.value));
    this.resized = new ResizeObserver(() => this.arrange());
    this.resized.observe(this.box);
  }

  close() {
    this.pause();
    this.resized.disconnect();
  }

  load({ header, arrays }) {
    const sameInk = this.points?.length === arrays.points.length && this.points.every((value, i) => value === arrays.points[i]);
    Object.assign(this, { header, points: arrays.points });
    const theme = isDark(this.host) ? "dark" : "light", palette = header.palette?.[theme];
    this.ink = getComputedStyle(this.host).color;
    this.accent = getComputedStyle(this.host).getPropertyValue("--st-primary-color");
    this.colours = coloursOf(palette ?? [this.ink], palette && header.spread, LEVELS);
    this.showLegend(palette);
    this.steps = Math.max(...header.panels.map((panel) => panel.count)) - 1;
    this.place.max = this.steps;
    this.fill(arrays);
    if (!sameInk) {
      this.pause();
      this.at = this.steps;
    }
    this.arrange();
    if (header.play && !sameInk && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.play();
  }

  showLegend(palette) {
    const { legend } = this.header;
    this.legend.replaceChildren();
    if (!legend || !palette) return;
    const ramp = document.createElement("i");
    ramp.style.background = `linear-gradient(to right, ${palette.join(", ")})`;
    const [what, low, high] = [legend.what, legend.low, legend.high].map((text) => Object.assign(document.createElement("span"), { textContent: text }));
    what.className = "what";
    this.legend.append(what, low, ramp, high);
  }

  // ---- Panels

  fill({ points, kind, level }) {
    const { panels, columns } = this.header;
    this.box.classList.toggle("grid", columns.length > 0);
    this.box.style.setProperty("--columns", columns.length);
    const focused = this.panels.findIndex(({ canvas }) => canvas.parentElement === this.root.activeElement);
    this.box.replaceChildren();
    if (columns.length) this.box.append(heading("", "corner"), ...columns.map((name) => heading(name, "column")));
    let first = 0;
    this.panels = panels.map((panel, index) => {
      const end = first + panel.count;
      const mine = { kind: kind.subarray(first, end), level: level.subarray(first, end), points: points.subarray(2 * first, 2 * end) };
      first = end;
      if (columns.length && index % columns.length === 0) this.box.append(heading(panel.row, "row"));
      mine.canvas = this.addPanel(panel, index);
      return mine;
    });
    this.panels[focused]?.canvas.parentElement.focus();
  }

  addPanel(panel, index) {
    const { panels, columns, chosen } = this.header;
    const element = document.createElement(panels.length === 1 ? "div" : "button");
    const canvas = document.createElement("canvas");
    element.className = "panel";
    if (panels.length === 1) {
      element.classList.add("only");
      Object.assign(canvas, { role: "img", ariaLabel: panel.note });
    } else {
      Object.assign(element, { type: "button", ariaLabel: `${columns.length ? "Open" : "Choose"} ${panel.label}`, title: panel.note });
      if (!columns.length) element.ariaPressed = String(index === chosen);
      element.onclick = () => this.pick(index);
    }
    element.append(canvas);
    if (!columns.length) element.append(Object.assign(document.createElement("span"), { className: "note", textContent: panel.note }));
    this.box.append(element);
    return canvas;
  }

  arrange() {
    for (const panel of this.panels) {
      if (!panel.canvas.clientWidth) continue;
      panel.layout = layOut(panel.points, panel.kind, panel.canvas.clientWidth, this.header.px_per_unit);
      panel.canvas.style.height = `${panel.layout.height}px`;
    }
    this.paint();
  }

  paint() {
    const upto = Math.floor(this.at);
    for (const { canvas, layout, kind, level } of this.panels) {
      if (!layout) continue;
      paintInk(canvas, layout, kind, level, this.colours, this.header.thickness, upto);
      if (upto < kind.length - 1) paintPen(canvas, layout, kind, upto, this.accent);
    }
    this.place.value = upto;
    this.count.textContent = `${upto} / ${this.steps}`;
  }

  // ---- Playing

  play() {
    if (this.at >= this.steps) this.at = 0;
    this.setPlaying(true);
    let before = performance.now();
    const frame = (now) => {
      if (!this.playing) return;
      this.at = Math.min(this.steps, this.at + ((now - before) / 1000) * this.speed * POINTS_PER_SECOND);
      before = now;
      this.paint();
      if (this.at >= this.steps) this.setPlaying(false);
      else this.frame = requestAnimationFrame(frame);
    };
    this.frame = requestAnimationFrame(frame);
  }

  pause() {
    cancelAnimationFrame(this.frame);
    this.setPlaying(false);
  }

  setPlaying(playing) {
    this.playing = playing;
    this.button.ariaLabel = playing ? "Pause the writing" : "Play the writing";
    this.button.querySelector("path").setAttribute("d", playing ? PAUSE : PLAY);
  }
}

function heading(text, kind) {
  return Object.assign(document.createElement("span"), { className: `head ${kind}`, textContent: text });
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!VIEWS.has(parentElement)) VIEWS.set(parentElement, new InkView(parentElement));
  const view = VIEWS.get(parentElement);
  view.pick = (index) => setTriggerValue("picked", index);
  view.load(unpack(data));
  return () => {
    view.close();
    VIEWS.delete(parentElement);
  };
}
