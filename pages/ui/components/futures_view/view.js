// The view of futures: one ink, and on it hairs, main paths, a fan at one point or how sure the network is. All looking happens here; the chosen point
// and the chosen branch go back to Python.

import { penOf } from "../shared/canvas.js";
import { find, findCanvas, make } from "../shared/dom.js";
import { View, later, mounted, onceAFrame } from "../shared/lifecycle.js";
import { clamp } from "../shared/numbers.js";
import { Remote } from "../shared/remote.js";
import { saveCanvas, saveText } from "../shared/saving.js";
import { themeOf } from "../shared/theme.js";
import { fitted, kept, placed, zoomed } from "./camera.js";
import { dataOf, fanOf, sureOf } from "./data.js";
import { fillFan } from "./fan.js";
import { HazeLayer } from "./haze.js";
import { boxOf, branchNear, nearestRow } from "./places.js";
import { listen } from "./pointer.js";
import { inRows } from "./rows.js";
import { paintScene } from "./scene.js";
import { svgOf } from "./svg.js";

/** @import { Component } from "../shared/lifecycle.js" */
/** @import { Theme } from "../shared/theme.js" */
/** @import { Box, Camera } from "./camera.js" */
/** @import { FuturesArrays, FuturesData, FuturesHeader } from "./data.js" */

/**
 * @typedef {object} State what the reader has done
 * @property {number} row that is chosen
 * @property {number | null} hovered row
 * @property {number | null} branchAt the branch that is pointed at
 * @property {number} measure
 * @property {Record<FuturesHeader["mode"], boolean>} inkShown
 * @property {Camera | null} camera where one looks; null: to be fitted
 * @property {boolean} moved the camera, by hand
 */

const REPORT_MS = 140; // after the last move
const FIRST_SCALE = 6; // px a unit at least, when the ink is first shown
const SURE_UNITS = 50, SURE_SCALE = 22; // the same of how sure the network is: about 200 points, unless that is larger
const AROUND_STAGE = 260; // px that the page's title, its bar and the words below need beside the stage
const BUTTON_ZOOM = 1.5;

export class FuturesView extends View {
  /** @type {FuturesData} */
  data = later();
  /** @type {(value: {point: number, branch: number | null, taken: number}) => void} */
  send = later();
  /** @type {Theme} */
  theme = later();
  /** @type {Box} that is fitted */
  shownBox = later();
  /** @type {Camera} of the overview */
  overviewCamera = later();
  /** @type {{left: number, right: number, first: number, last: number}} of the curve, in px, and the starts at its ends */
  curveFrame = later();
  /** @type {Float32Array} the points as they were given, not in rows */
  given = later();
  /** @type {(label: string) => void} */
  sendMeasure = later();

  /** @param {ShadowRoot} root */
  constructor(root) {
    super(root);
    this.stage = find(root, ".stage");
    this.readout = find(root, ".readout");
    this.curve = findCanvas(root, ".curve");
    this.overview = findCanvas(root, ".overview");
    const inkShown = { hairs: true, paths: false, whole: true, fan: true, sure: true };
    /** @type {State} */
    this.state = { row: 1, hovered: null, branchAt: null, measure: 0, inkShown, camera: null, moved: false };
    this.leastScale = 0;
    this.wide = 0; // the stage's width that the camera was fitted to
    this.waiting = 0;
    this.paint = onceAFrame(() => this.paintFrame());
    this.haze = new HazeLayer(findCanvas(this.stage, ".haze"), this.stage, this.paint);
    this.remote = new Remote(({ point }) => ((this.state.row = clamp(point + 1, 1, this.data.last)), this.paint()), this.signal);
    listen(this);
    find(root, ".in").onclick = () => this.zoomMiddle(BUTTON_ZOOM);
    find(root, ".out").onclick = () => this.zoomMiddle(1 / BUTTON_ZOOM);
    find(root, ".whole").onclick = () => this.fit(true);
    find(root, ".png").onclick = () => this.save();
    find(root, ".svg").onclick = () => this.state.camera && saveText(svgOf(this, this.state.camera), "image/svg+xml", `futures-${this.data.mode}.svg`);
    find(root, ".before").onclick = () => this.jump(-1);
    find(root, ".after").onclick = () => this.jump(1);
    find(root, ".with-ink").onclick = () => this.toggleInk();
    this.onResize([find(root, ".view")], () => this.data && this.arrange());
  }

  close() {
    super.close();
    this.haze.stop();
  }

  /** @param {{header: FuturesHeader, arrays: FuturesArrays}} blob @param {Component} component */
  load({ header, arrays }, { setStateValue }) {
    const old = this.data, before = this.given, { state } = this;
    this.data = dataOf(header, arrays);
    this.given = arrays.points;
    this.send = (value) => setStateValue("chosen", value);
    this.sendMeasure = (label) => setStateValue("measure", label);
    state.measure = Math.max(0, header.measures?.findIndex(({ label }) => label === header.measure) ?? 0);
    this.theme = themeOf(this.stage);
    const { points, mode, start, last } = this.data, newInk = before?.length !== points.length || before.some((value, i) => value !== points[i]);
    state.row = mode === "fan" ? start[0] : clamp(state.row, 1, last);
    this.stage.classList.remove("waiting");
    if (newInk || old.mode !== mode || (mode === "fan" && !state.moved)) state.camera = null;
    this.remote.listenAs(header.name);
    this.show();
    this.arrange();
  }

  /** What is shown around the stage. */
  show() {
    const { root, theme, state, data: { mode, sides, doubt, forks } } = this, sure = sureOf(this.data);
    /** @type {(query: string, shown: boolean) => void} */
    const has = (query, shown) => void (find(root, query).hidden = !shown);
    for (const query of [".overview", ".fan"]) has(query, mode === "fan");
    for (const query of [".curve", ".measures"]) has(query, sure !== null);
    for (const query of [".before", ".after"]) has(query, forks.length > 0);
    find(root, ".with-ink").ariaPressed = String(state.inkShown[mode]);
    if (sure) {
      find(root, ".measures").replaceChildren(...sure.measures.map(({ label, says }, k) => make("button", {
        type: "button", textContent: label, title: says, ariaPressed: String(k === state.measure),
        onclick: () => ((state.measure = k), this.show(), this.paint(), this.sendMeasure(label)),
      })));
    }
    /** @type {[string, Record<"light" | "dark", string[]>, string] | null} */
    const legend = mode === "hairs" ? ["left of the pen’s way", sides, "right"] : sure ? ["low", doubt, "high"] : null;
    find(root, ".legend").innerHTML = legend ? legendHtml(...legend, theme) : "";
  }

  // ---- What is chosen

  /** @param {number} row */
  choose(row) {
    const { state, data } = this;
    row = clamp(row, 1, data.last);
    if (row === state.row) return;
    state.row = row;
    if (data.mode === "fan") this.stage.classList.add("waiting");
    this.paint();
    clearTimeout(this.waiting);
    const chosen = () => ({ point: state.row - 1, branch: null, taken: this.data.taken ?? 0, fork: this.data.forks.includes(state.row) });
    this.waiting = setTimeout(() => this.send(chosen()), REPORT_MS);
  }

  /** @param {number} branch */
  take(branch) {
    const fan = fanOf(this.data), { state } = this;
    if (!fan || branch >= fan.branches.length || state.row !== fan.start[0]) return;
    state.moved = false;
    this.stage.classList.add("waiting");
    this.send({ point: state.row - 1, branch, taken: fan.taken });
  }

  /** @param {number | null} branch */
  pointAt(branch) {
    this.state.branchAt = branch;
    this.paint();
  }

  /** @param {number | null} row */
  hoverRow(row) {
    if (row === this.state.hovered) return;
    this.state.hovered = row;
    this.paint();
  }

  /** @param {1 | -1} direction to the next fork or to the one before */
  jump(direction) {
    const { data, state } = this, ahead = [...data.forks].filter((row) => (row - state.row) * direction > 0), next = ahead.at(direction > 0 ? 0 : -1);
    if (next !== undefined) this.choose(next);
    this.reveal();
  }

  toggleInk() {
    const { inkShown } = this.state, { mode } = this.data;
    inkShown[mode] = !inkShown[mode];
    this.show();
    this.paint();
  }

  /** @param {number} x px on the curve */
  curveRow(x) {
    const { left, right, first, last } = this.curveFrame, count = last - first + 1;
    return this.data.start[first + clamp(Math.floor(((x - left) / (right - left)) * count), 0, count - 1)];
  }

  /** The row nearest to a place on the stage, at most `reach` px away. @param {number} x @param {number} y @param {number} reach */
  nearest(x, y, reach = Infinity) {
    return this.state.camera && nearestRow(this.data, this.state.camera, x, y, reach);
  }

  /** The branch of the fan near a place on the stage. @param {number} x @param {number} y */
  branchNear(x, y) {
    const fan = fanOf(this.data), { camera } = this.state;
    return fan && camera && branchNear(fan, camera, x, y);
  }

  // ---- What is looked at; pan, zoom and look say whether anything moved

  /** @param {number} dx @param {number} dy */
  pan(dx, dy) {
    const { camera } = this.state;
    return camera !== null && this.look({ ...camera, x: camera.x + dx, y: camera.y + dy });
  }

  /** @param {number} factor @param {number} x @param {number} y */
  zoom(factor, x, y) {
    const { camera } = this.state;
    return camera !== null && this.look(zoomed(camera, factor, x, y, this.leastScale));
  }

  /** Zoom about the middle. @param {number} factor */
  zoomMiddle(factor) {
    this.zoom(factor, this.stage.clientWidth / 2, this.stage.clientHeight / 2);
  }

  arrange() {
    const width = this.stage.clientWidth, fan = fanOf(this.data), { mode, pen_up } = this.data;
    if (!width) return;
    if (mode === "hairs" || mode === "paths") this.data.points = inRows(this.given, pen_up, width);
    const box = (this.shownBox = boxOf(this.data)), tall = box.bottom - box.top;
    const wanted = mode === "sure" ? tall * this.firstScale() : (width * tall) / (box.right - box.left);
    this.stage.style.height = `${clamp(wanted, ...this.heights())}px`;
    if (!this.state.camera || this.wide !== width) this.fit(false);
    this.wide = width;
    if (fan) fillFan(this, fan);
    this.paint();
  }

  /** The least and the most height of the stage: of many futures, as much as the screen has. @returns {[number, number]} */
  heights() {
    const { mode } = this.data;
    if (mode === "sure") return [150, 300];
    return [220, mode === "hairs" || mode === "paths" ? Math.max(420, innerHeight - AROUND_STAGE) : 420];
  }

  /** Scale at least, when the ink is first shown. */
  firstScale() {
    return this.data.mode === "sure" ? clamp(this.stage.clientWidth / SURE_UNITS, FIRST_SCALE, SURE_SCALE) : FIRST_SCALE;
  }

  /** @param {boolean} all and not only as much as is large enough to be seen */
  fit(all) {
    const { clientWidth: width, clientHeight: height } = this.stage, whole = fitted(this.shownBox, width, height), { state, data } = this;
    this.leastScale = whole.scale * 0.7;
    state.camera = whole;
    if (!all && whole.scale < this.firstScale()) {
      const { scale, y } = zoomed(whole, this.firstScale() / whole.scale, 0, height / 2, whole.scale), { left, right } = this.shownBox;
      state.camera = { scale, x: clamp(width / 2 - scale * data.points[2 * state.row], width - scale * right, -scale * left), y };
    }
    state.moved = false;
    this.paint();
  }

  /** @param {Camera} camera */
  look(camera) {
    const next = kept(camera, this.shownBox, this.stage.clientWidth, this.stage.clientHeight), now = this.state.camera;
    if (now && next.scale === now.scale && next.x === now.x && next.y === now.y) return false;
    Object.assign(this.state, { camera: next, moved: true });
    this.paint();
    return true;
  }

  /** Move just so far that the chosen point is well in sight. */
  reveal() {
    const { stage, data, state: { camera, row } } = this, edge = Math.min(80, stage.clientWidth / 4);
    if (!camera) return;
    /** @type {(at: number, size: number, margin: number) => number} */
    const into = (at, size, margin) => Math.max(0, margin - at) - Math.max(0, at - size + margin);
    const [x, y] = placed(data.points, row, camera), dx = into(x, stage.clientWidth, edge), dy = into(y, stage.clientHeight, 30);
    if (dx || dy) this.state.camera = { scale: camera.scale, x: camera.x + dx, y: camera.y + dy };
    this.paint();
  }

  // ---- Pictures

  paintFrame() {
    const { camera } = this.state;
    if (!camera || !this.stage.clientWidth) return;
    this.theme = themeOf(this.stage);
    paintScene(this, camera);
  }

  save() {
    const layers = [".haze", ".ink", ".over"].map((query) => findCanvas(this.stage, query)), { width, height } = layers[1];
    const canvas = make("canvas", { width, height }), pen = penOf(canvas);
    pen.fillStyle = this.theme.paper;
    pen.fillRect(0, 0, width, height);
    for (const layer of layers) if (layer.width) pen.drawImage(layer, 0, 0, width, height);
    saveCanvas(canvas, `futures-${this.data.mode}.png`);
  }
}

/** @param {string} low @param {Record<"light" | "dark", string[]>} ramp @param {string} high @param {Theme} theme */
const legendHtml = (low, ramp, high, theme) => {
  return `<span>${low}</span><i style="background:linear-gradient(to right,${ramp[theme.name].join(",")})"></i><span>${high}</span>`;
};

export default mounted(FuturesView);
