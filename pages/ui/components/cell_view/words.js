// The view in words, and the small things a page is made of.

const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const number = (value, digits = 2) => value.toFixed(digits).replace("-", "−");
const short = (value) => String(Number(value.toPrecision(2))).replace("-", "−").replace(/^(−?)0\./, "$1.");

function readTheme(root) {
  const style = getComputedStyle(root.querySelector(".view"));
  return {
    text: style.color,
    background: style.getPropertyValue("--st-background-color").trim() || "#fff",
    font: style.fontFamily,
  };
}

function cellText(view, cell) {
  const turned = view.turned(cell), evidence = view.header[turned ? "evidence_turned" : "evidence"][cell];
  return `cell ${cell}${turned ? ", sign turned" : ""}${evidence ? ` (${escape(view.header.groups[view.group[cell]].label)}, ${escape(evidence)})` : ""}`;
}

// Two lines of HTML: the chosen cell (or band) at the seen step, and the cell under the pointer.
function readings(view, see) {
  const { chosen, steps, points, joined } = view, { step } = see, mark = (shade) => `<i style="background:${view.ramp.css[Math.round(shade)]}"></i>`;
  const where = `Step ${step + 1} of ${steps}, pen at ${number(points[2 * step + 2], 1)}, ${number(points[2 * step + 3], 1)}`;
  const pen = view.pen_up[step] ? ", lifting" : joined[step] ? "" : ", in the air";
  const [first, last] = chosen.band ?? [], cells = view.chosenCells();
  const who = chosen.band ? `mean of ${cells.length} rows, ${first + 1} to ${last + 1}` : cellText(view, chosen.cell);
  const mean = cells.reduce((sum, cell) => sum + view.value(cell, step), 0) / cells.length;
  return [
    `${where}${pen} · ${mark(view.series[step])}<b>${number(mean)}</b> ${who}`,
    `${mark(view.shown(see.cell, step))}<b>${number(view.value(see.cell, step))}</b> ${cellText(view, see.cell)}, row ${view.rank(see.cell) + 1}`,
  ];
}
