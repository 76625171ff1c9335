// What each kind of view paints: the haze of all futures underneath, the ink, and on top what is chosen or pointed at.

import { sharp } from "../shared/canvas.js";
import { cssOf, mixed } from "../shared/colour.js";
import { findCanvas } from "../shared/dom.js";
import { clamp, fixed } from "../shared/numbers.js";
import { fitted, placed } from "./camera.js";
import { fanOf, startOf, sureOf } from "./data.js";
import { branchColour } from "./fan.js";
import { drawCurve, drawFutures, drawInk, ring, triangle } from "./paint.js";
import { boxAround, widened } from "./places.js";
import { wordsFor } from "./words.js";

/** @import { Camera } from "./camera.js" */
/** @import { Pen } from "../shared/canvas.js" */
/** @import { FuturesData, SureData } from "./data.js" */
/** @import { Curve } from "./paint.js" */
/** @import { FuturesView } from "./view.js" */

const BESIDE_HAIRS = 0.4; // opacity of the forks' marks: the hairs are what is looked at

/** @param {FuturesView} view @param {Camera} camera */
export function paintScene(view, camera) {
  const { data, state: { row, hovered }, readout, stage, haze, theme } = view, sure = sureOf(data), seen = hovered ?? row;
  haze.paint(data, camera, theme);
  inkOnto(sharp(findCanvas(stage, ".ink")).pen, view, camera);
  overOnto(sharp(findCanvas(stage, ".over")).pen, view, camera);
  if (data.mode === "fan") paintOverview(view);
  if (sure) paintCurve(view, sure, camera);
  readout.innerHTML = wordsFor(data, seen, seen === data.start[0]);
  stage.ariaLabel = `Futures. ${readout.textContent}`;
}

/** The ink. @param {Pen} pen @param {FuturesView} view @param {Camera} camera */
export function inkOnto(pen, { data, state, theme }, camera) {
  const { mode, last, written_from: from = Infinity } = data, sure = sureOf(data);
  if (!state.inkShown[mode]) return;
  const thickness = clamp(camera.scale * 0.11, 1.2, 5), text = () => theme.text;
  if (sure) return drawInk(pen, data, camera, 0, last, thickness * 1.6, doubtColour(sure, state.measure, theme.name, theme.line));
  if (mode === "whole") return drawInk(pen, data, camera, 0, data.start[0], thickness, text);
  if (mode === "hairs") return drawInk(pen, data, camera, 0, last, clamp(camera.scale * 0.07, 1, 4), text);
  const until = mode === "fan" ? state.row : last;
  pen.globalAlpha = 0.28;
  drawInk(pen, data, camera, until, last, thickness, text);
  pen.globalAlpha = 1;
  drawInk(pen, data, camera, 0, until, thickness, (at) => (at > from ? theme.accent : theme.text));
}

/**
 * Which side a future of a start ends on: 0 left, 1 neither or not known, 2 right.
 * @param {FuturesData} data
 * @param {number} p
 * @param {number} n
 * @param {number} along how far to the side, of 100, still counts as neither
 */
export function sideOf({ side, samples, no_side }, p, n, along = 0) {
  const turned = side[p * samples + n];
  return turned === no_side || Math.abs(turned) <= along ? 1 : turned < 0 ? 0 : 2;
}

/** What is chosen or pointed at. @param {Pen} pen @param {FuturesView} view @param {Camera} camera */
export function overOnto(pen, { data, state: { row, hovered, branchAt }, theme }, camera) {
  const { mode, points } = data, fan = fanOf(data), sure = sureOf(data);
  if (fan && row === fan.start[0]) {
    drawFutures(pen, fan, camera, 0, (n) => {
      const away = branchAt !== null && fan.branch[n] !== branchAt;
      return { colour: branchColour(fan, theme, fan.branch[n]), alpha: away ? 0.1 : 0.5, width: 1.2 };
    });
    fan.branches.forEach(({ typical }, k) => {
      drawFutures(pen, fan, camera, 0, (n) => (n === typical ? { colour: branchColour(fan, theme, k), alpha: 1, width: 3 } : null));
    });
  } else if (sure || (mode === "hairs" && hovered !== null)) {
    const p = startOf(data, hovered ?? row), colours = data.sides[theme.name];
    drawFutures(pen, data, camera, p, (n) => ({ colour: colours[sideOf(data, p, n)], alpha: 0.75, width: 1.2 }));
  }
  pen.globalAlpha = mode === "hairs" || mode === "paths" ? BESIDE_HAIRS : 1;
  for (const fork of data.forks) {
    const [x, y] = placed(points, fork, camera);
    triangle(pen, x, y - 8, theme.text);
  }
  pen.globalAlpha = 1;
  ring(pen, ...placed(points, row, camera), 6, theme.accent, theme.paper);
  if (hovered !== null && hovered !== row) ring(pen, ...placed(points, hovered, camera), 4, theme.text, theme.paper);
}

/** @param {FuturesView} view */
function paintOverview(view) {
  const { data, theme, state } = view, { points, last, written_from: from = Infinity } = data, { pen, width, height } = sharp(view.overview);
  const camera = fitted(widened(boxAround(points, 0, last), [8, 4], [0.5, 1]), width, height);
  view.overviewCamera = camera;
  drawInk(pen, data, camera, 0, last, 1.3, (at) => (at > from ? theme.accent : theme.text));
  ring(pen, ...placed(points, state.row, camera), 5, theme.accent, theme.paper);
}

// ---- Sure or lost

/** @param {SureData} sure @param {number} measure @param {"light" | "dark"} theme @param {string} unknown colour @returns {Curve} */
function curveOf({ curves, start, doubt }, measure, theme, unknown) {
  const count = start.length, values = curves.subarray(measure * count, (measure + 1) * count);
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  /** @param {number} share */
  const at = (share) => known[Math.round(share * (known.length - 1))] ?? 0;
  const low = at(0.01), high = Math.max(at(0.99), low + 1e-6); // a few far-out values would leave no room for the others
  return { values, low, high, colourOf: (value) => (Number.isNaN(value) ? unknown : cssOf(mixed(doubt[theme], (value - low) / (high - low)))) };
}

/**
 * A movement has the colour of the point it starts from: every measure is about what comes next.
 * @param {SureData} sure
 * @param {number} measure
 * @param {"light" | "dark"} theme
 * @param {string} unknown
 */
function doubtColour(sure, measure, theme, unknown) {
  const { values, colourOf } = curveOf(sure, measure, theme, unknown);
  return (/** @type {number} */ row) => colourOf(values[startOf(sure, Math.max(row - 1, 1))]);
}

/** The curve of what is in sight, so that it stands below its ink. @param {FuturesView} view @param {SureData} sure @param {Camera} camera */
function paintCurve(view, sure, camera) {
  const { state: { row, hovered, measure }, theme } = view, label = (/** @type {number} */ value) => fixed(value, Math.abs(value) < 10 ? 2 : 0);
  const { label: name, unit } = sure.measures[measure], [first, last] = inSight(sure, camera, view.stage.clientWidth), { start } = sure;
  const marks = { chosen: startOf(sure, row), hovered: hovered === null ? null : startOf(sure, hovered), forks: Array.from(sure.forks, (fork) => startOf(sure, fork)) };
  const words = { value: label, name: `${name}, ${unit}`, first: `point ${start[first]}`, last: `point ${start[last]}` };
  view.curveFrame = { ...drawCurve(view.curve, curveOf(sure, measure, theme.name, theme.line), { first, last }, marks, words, theme), first, last };
}

/** First and last start whose points are on the stage; all where none is. @param {SureData} sure @param {Camera} camera @param {number} width px @returns {[number, number]} */
function inSight({ points, start }, camera, width) {
  let first = -1, last = -1;
  for (let p = 0; p < start.length; p++) {
    const [x] = placed(points, start[p], camera);
    if (x < 0 || x > width) continue;
    if (first < 0) first = p;
    last = p;
  }
  return first < last ? [first, last] : [0, start.length - 1];
}
