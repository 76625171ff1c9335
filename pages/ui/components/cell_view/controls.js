// The buttons around the pictures, made anew when what they say has changed.
function fillControls(view) {
  const { header, ramp } = view, $ = (query) => view.root.querySelector(query), orders = header.orders.length > 1 ? header.orders : [];
  $(".orders").replaceChildren(...orders.map((name, k) => chip(name, k === view.chosen.order, () => (view.changeOrder(k), view.report()))));
  const [low, high] = view.scaleText(), { own_scale } = view.chosen;
  $(".low").textContent = low;
  $(".high").textContent = high;
  const scales = [["Same scale", false], ["Own scale", true]];
  $(".scales").replaceChildren(...scales.map(([name, own]) => chip(name, own === own_scale, () => (view.choose({ own_scale: own }), view.report()))));
  const { g, w, h } = fit($(".ramp"));
  for (let x = 0; x < w; x++) (g.fillStyle = ramp.css[Math.round((ramp.top * x) / w)]), g.fillRect(x, 0, 1, h);
  const counts = header.groups.map((_, k) => view.group.reduce((sum, group) => sum + (group === k), 0));
  $(".roles").replaceChildren(...header.groups.flatMap((group, k) => {
    if (!counts[k] || header.groups.length < 2) return [];
    const button = chip("", view.role === k, () => ((view.role = view.role === k ? null : k), fillControls(view), view.paint()));
    button.title = `Show only these ${counts[k]} cells`;
    button.innerHTML = `<i style="background:${group.colour}"></i>${escape(group.label)} <span>${counts[k]}</span>`;
    return [button];
  }));
}

function chip(label, pressed, act) {
  const button = document.createElement("button");
  button.textContent = label;
  button.setAttribute("aria-pressed", pressed);
  button.onclick = act;
  return button;
}
