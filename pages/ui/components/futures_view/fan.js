// The list of branches beside the mixture they come from.

const percent = (share) => `${Math.round(100 * share)} %`;

function branchColour(view, k) {
  const colours = view.header.branch_colours[view.theme.name];
  return colours[k % colours.length];
}

function fillFan(view) {
  const { header, root } = view, box = root.querySelector(".branches");
  box.replaceChildren(...header.branches.map((branch, k) => {
    const button = document.createElement("button"), colour = branchColour(view, k);
    button.type = "button";
    button.className = "branch";
    button.title = `The model goes on along this branch (${k + 1})`;
    const sides = branch.right === null ? "no side: the ink ends here" : `right ${percent(branch.right)}, left ${percent(1 - branch.right)}`;
    button.innerHTML = `<i style="background:${colour}"></i><b>${percent(branch.share)}</b><small>${sides} · ${percent(branch.lifts)} lift the pen</small>
      <span class="bar-of" style="width:${100 * branch.share}%;background:${colour}"></span>`;
    button.onclick = () => view.take(k);
    button.onpointerenter = () => view.pointAt(k);
    button.onpointerleave = () => view.pointAt(null);
    return button;
  }));
  const next = nextOffset(view);
  drawMixture(root.querySelector(".next canvas"), view, next, view.theme);
  const side = header.grid.size.toFixed(2);
  root.querySelector("figcaption").textContent =
    `The mixture of the next step, ${side} model units wide: shade is density, ellipses are its ${view.gaussians.length / 6} Gaussians, the stronger the larger their share. ` +
    `${next ? "The ring is where the pen went. " : ""}The pen lifts with ${percent(header.pen_up_share)}.`;
}

// Where the pen really went next, from the chosen point; null at the line's end.
function nextOffset({ points, start, last }) {
  const row = start[0];
  return row < last ? [points[2 * row + 2] - points[2 * row], points[2 * row + 3] - points[2 * row + 1]] : null;
}
