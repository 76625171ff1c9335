// The view as a drawing (SVG, the heat map in it as an image of one pixel a value), and that drawing as a picture (PNG).

import { penOf } from "../shared/canvas.js";
import { escaped, make } from "../shared/dom.js";
import { save, saveCanvas } from "../shared/saving.js";
import { drawnLetters } from "./letters.js";
import { thickness } from "./paint.js";
import { cellText } from "./words.js";

/** @import { CellView } from "./view.js" */

const PICTURE_SCALE = 2;
const HEAD = 30, FOOT = 26, BETWEEN = 22; // px above, below and between ink and map
const TICK = 7, BRACKET = 4, LETTER = 6.3, LINE = 14; // px: of a pen lift, of a band, and of a letter and a line of its name
const FADED = 0.82; // as on the screen, of rows that are not looked at

/** @type {(x: number, y: number | string, words: string, anchor?: string) => string} */
const text = (x, y, words, anchor = "start") => `<text x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`;

/**
 * A bracket beside the rows from `top` to `bottom` and the band's name, on two lines or upright where there is little room for it.
 * @param {string} label
 * @param {number} x @param {number} top @param {number} bottom
 * @param {number} room px at the right of x
 */
function bracket(label, x, top, bottom, room) {
  const middle = (top + bottom) / 2, from = x + BRACKET + 5, words = escaped(label), broken = label.lastIndexOf(" ");
  const line = `<path d="M${x} ${top.toFixed(1)}h${BRACKET}V${bottom.toFixed(1)}h${-BRACKET}" fill="none" stroke="currentColor" stroke-opacity="0.6" stroke-width="1.5"/>`;
  if (room < 8 * LETTER) return `${line}<g transform="translate(${from + 4} ${middle.toFixed(1)}) rotate(90)">${text(0, 0, words, "middle")}</g>`;
  if (label.length * LETTER < room - BRACKET - 5 || broken < 0) return line + text(from, (middle + 4).toFixed(1), words);
  const halves = [label.slice(0, broken), label.slice(broken + 1)];
  return line + halves.map((half, k) => text(from, (middle + 4 + (k - 0.5) * LINE).toFixed(1), escaped(half))).join("");
}

/** @param {CellView} view */
function drawing(view) {
  const { data, parts, theme, series, inkPlace: place, state: { chosen, window: frame } } = view, { header, ramp } = data;
  const w = parts.ink.clientWidth, mapHeight = parts.map.clientHeight, left = view.curveFrame.left, wide = parts.map.clientWidth;
  const told = data.text.length ? parts.letters.clientHeight : 0, mapTop = HEAD + place.height + BETWEEN + told, height = mapTop + mapHeight + FOOT, strip = left - 6;
  const order = data.permutations[chosen.order], rows = [...order].map((cell, rank) => ({ cell, rank })).filter(({ rank }) => rank + 1 > frame.y0 && rank < frame.y1);
  const first = Math.floor(frame.x0), last = Math.ceil(frame.x1), image = make("canvas", { width: last - first, height: rows.length }), pen = penOf(image);
  rows.forEach(({ cell }, y) => pen.drawImage(view.images[data.turns[chosen.order][cell]], first, cell, last - first, 1, 0, y, last - first, 1));
  const tall = mapHeight / rows.length, at = (/** @type {number} */ value) => value.toFixed(2), segments = [];
  for (let t = first; t < last; t++) {
    if (!data.inked[t + 1]) continue;
    const path = `d="M${at(place.x[t])} ${at(place.y[t])}L${at(place.x[t + 1])} ${at(place.y[t + 1])}"`;
    segments.push({ edge: `<path ${path}/>`, core: `<path ${path} stroke="${ramp.css[Math.round(series[t])]}"/>` });
  }
  const stopsOf = header.stops[theme.name], stops = stopsOf.map((stop, k) => `<stop offset="${k / (stopsOf.length - 1)}" stop-color="${stop}"/>`).join("");
  const who = chosen.band ? `mean of rows ${chosen.band[0] + 1} to ${chosen.band[1] + 1}` : cellText(data, chosen.cell, chosen.order);
  const bands = data.header.bands[chosen.order].flatMap(({ label, first: from, last: to }) => {
    const above = Math.max(from, rows[0].rank), below = Math.min(to, rows[rows.length - 1].rank);
    return above > below ? [] : [bracket(label, left + wide + 4, mapTop + (above - rows[0].rank) * tall + 1, mapTop + (below + 1 - rows[0].rank) * tall - 1, w - left - wide - 4)];
  });
  const lifts = [...data.arrays.pen_up.subarray(first, last)].flatMap((up, k) => (up ? [`M${at(left + ((k + 0.5) / (last - first)) * wide)} ${mapTop - TICK - 2}v${TICK}`] : []));
  const faded = rows.map(({ cell }, y) => (view.faded(cell) ? `<rect x="4" y="${at(mapTop + y * tall)}" width="${left + wide - 4}" height="${at(tall + 0.1)}"/>` : "")).join("");
  const middle = mapTop + (view.rank(chosen.cell) + 0.5 - rows[0].rank) * tall, [low, high] = data.scaleText(chosen.scale);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${at(height)}" viewBox="0 0 ${w} ${at(height)}" font-family="sans-serif" font-size="12" fill="${theme.text}">
<defs><linearGradient id="scale">${stops}</linearGradient></defs>
<rect width="100%" height="100%" fill="${theme.paper}"/>
${text(0, 16, `${escaped(header.what)}, ink coloured by ${who}, ${escaped(header.orders[chosen.order])}`)}
${text(w - 150, 16, low, "end")}<rect x="${w - 144}" y="7" width="90" height="9" fill="url(#scale)"/>${text(w - 18, 16, high, "end")}
<g transform="translate(0 ${HEAD})" stroke-linecap="round" fill="none"><g stroke="${theme.text}" stroke-opacity="0.5" stroke-width="${at(thickness(place) + 1.6)}">${segments.map(({ edge }) => edge).join("")}</g>
<g stroke-width="${at(thickness(place))}">${segments.map(({ core }) => core).join("")}</g></g>
${rows.map(({ cell }, y) => `<rect x="4" y="${at(mapTop + y * tall)}" width="${strip - 4}" height="${at(tall + 0.1)}" fill="${data.groupOf(cell).colour}"/>`).join("")}
<image x="${left}" y="${at(mapTop)}" width="${wide}" height="${mapHeight}" preserveAspectRatio="none" style="image-rendering:pixelated" href="${image.toDataURL()}"/>
<g class="faded" fill="${theme.paper}" fill-opacity="${FADED}">${faded}</g>
<path d="M0 ${at(middle - 4)}l4 4l-4 4z"/>
<g class="lifts" stroke="${theme.text}" stroke-opacity="0.75" stroke-width="1.5"><path d="${lifts.join("")}"/></g>${w - left - wide < 8 * LETTER ? "" : text(left + wide + 8, mapTop - 2, "pen lifts")}
${told ? `<g class="letters" transform="translate(${left} ${at(mapTop - TICK - 4 - told)})">${drawnLetters(data, first, last, wide, told)}</g>` : ""}
<g class="bands" color="${theme.text}">${bands.join("")}</g>
${text(left, at(height - 8), `step ${first + 1}`)}${text(left + wide, at(height - 8), `step ${last}`, "end")}
</svg>`;
}

/** @param {CellView} view @param {"png" | "svg"} kind */
export async function savePicture(view, kind) {
  const blob = new Blob([drawing(view)], { type: "image/svg+xml" }), name = `${view.data.header.file}.${kind}`;
  if (kind === "svg") return save(blob, name);
  const image = make("img", { src: URL.createObjectURL(blob) });
  await image.decode();
  const canvas = make("canvas", { width: image.width * PICTURE_SCALE, height: image.height * PICTURE_SCALE });
  penOf(canvas).drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  saveCanvas(canvas, name);
}
