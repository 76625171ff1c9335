// The view as a drawing (SVG, the heat map in it as an image of one pixel a value), and that drawing as a picture (PNG).

const PICTURE_SCALE = 2;

function drawing(view) {
  const { inkPlace: place, joined, series, ramp, header, theme, window: frame, parts, chosen } = view;
  const w = parts.ink.clientWidth, mapHeight = parts.map.clientHeight, left = view.curveFrame.left, wide = parts.map.clientWidth;
  const top = 30, mapTop = top + place.height + 12, height = mapTop + mapHeight + 26, strip = left - 6;
  const order = view.permutations[chosen.order], rows = [...order].map((cell, rank) => ({ cell, rank })).filter(({ rank }) => rank + 1 > frame.y0 && rank < frame.y1);
  const first = Math.floor(frame.x0), last = Math.ceil(frame.x1), image = Object.assign(document.createElement("canvas"), { width: last - first, height: rows.length });
  const g = image.getContext("2d");
  rows.forEach(({ cell }, y) => g.drawImage(view.images[view.turns[chosen.order][cell]], first, cell, last - first, 1, 0, y, last - first, 1));
  const tall = mapHeight / rows.length, at = (value) => value.toFixed(2), segments = [];
  for (let t = first; t < last; t++) {
    if (joined[t]) segments.push(`<path d="M${at(place.x[t])} ${at(place.y[t])}L${at(place.x[t + 1])} ${at(place.y[t + 1])}" stroke="${ramp.css[Math.round(series[t])]}"/>`);
  }
  const edge = segments.map((segment) => segment.replace(/ stroke="[^"]*"/, "")).join("");
  const stops = header.stops.map((stop, k) => `<stop offset="${k / (header.stops.length - 1)}" stop-color="${stop}"/>`).join("");
  const who = chosen.band ? `mean of rows ${chosen.band[0] + 1} to ${chosen.band[1] + 1}` : cellText(view, chosen.cell);
  const text = (x, y, words, anchor = "start") => `<text x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`;
  const middle = mapTop + (view.rank(chosen.cell) + 0.5 - rows[0].rank) * tall;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${at(height)}" viewBox="0 0 ${w} ${at(height)}" font-family="sans-serif" font-size="12" fill="${theme.text}">
<defs><linearGradient id="scale">${stops}</linearGradient></defs>
<rect width="100%" height="100%" fill="${theme.background}"/>
${text(0, 16, `${escape(header.what)}, ink coloured by ${who}, ${escape(header.orders[chosen.order])}`)}
${text(w - 150, 16, view.scaleText()[0], "end")}<rect x="${w - 144}" y="7" width="90" height="9" fill="url(#scale)"/>${text(w - 18, 16, view.scaleText()[1], "end")}
<g transform="translate(0 ${top})" stroke-linecap="round" fill="none"><g stroke="${theme.text}" stroke-opacity="0.5" stroke-width="${at(place.line + 1.6)}">${edge}</g>
<g stroke-width="${at(place.line)}">${segments.join("")}</g></g>
${rows.map(({ cell }, y) => `<rect x="4" y="${at(mapTop + y * tall)}" width="${strip - 4}" height="${at(tall + 0.1)}" fill="${header.groups[view.group[cell]].colour}"/>`).join("")}
<image x="${left}" y="${at(mapTop)}" width="${wide}" height="${mapHeight}" preserveAspectRatio="none" style="image-rendering:pixelated" href="${image.toDataURL()}"/>
<path d="M0 ${at(middle - 4)}l4 4l-4 4z"/>
${text(left, at(height - 8), `step ${first + 1}`)}${text(left + wide, at(height - 8), `step ${last}`, "end")}
</svg>`;
}

async function savePicture(view, kind) {
  const svg = drawing(view), name = `${view.header.file}.${kind}`;
  if (kind === "svg") return save(new Blob([svg], { type: "image/svg+xml" }), name);
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width * PICTURE_SCALE, height: image.height * PICTURE_SCALE });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  canvas.toBlob((blob) => save(blob, name), "image/png");
}

function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
