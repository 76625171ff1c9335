// A page of its own: views with their data in the file, and prose whose links set them. It asks for nothing from any server.

import { hand } from "../shared/remote.js";

/** @import { Component } from "../shared/lifecycle.js" */

/**
 * @typedef {object} Mounted
 * @property {string} key of the view, and id of the element that it stands in
 * @property {(component: Component) => unknown} component
 * @property {string} html
 * @property {string} css
 * @property {string[]} data one or several to choose from, base64 of gzip; the first is shown
 * @property {Record<string, unknown>} chosen what is chosen in it at first, where it listens to choices
 */

/**
 * What a link does: choose in a view, or show other data in it.
 * @typedef {{to: string, choose?: Record<string, unknown>, show?: number}} Action
 */

/** @param {Mounted[]} views @param {Record<string, Action>} actions by the name that a link's `data-choice` has */
export function mountPage(views, actions) {
  const mounted = new Map(views.map((view) => [view.key, mount(view)]));
  let serial = 0;
  for (const link of document.querySelectorAll("a")) {
    if (!link.dataset.choice) continue;
    const { to, choose, show } = actions[link.dataset.choice];
    link.onclick = async (event) => {
      event.preventDefault();
      for (const other of link.parentElement?.querySelectorAll("a") ?? []) other.ariaCurrent = String(other === link);
      const view = await mounted.get(to);
      if (show !== undefined) view?.show(show);
      if (choose && view) hand({ to, serial: ++serial, value: (view.chosen = { ...view.chosen, ...choose }) });
    };
  }
  matchMedia("(prefers-color-scheme: dark)").onchange = () => mounted.forEach(async (view) => (await view).show());
}

/** @param {Mounted} view */
async function mount({ key, component, html, css, data, chosen }) {
  const host = document.getElementById(key);
  if (!host) throw new Error(`there is no element ${key}`);
  const parentElement = host.attachShadow({ mode: "open" });
  parentElement.innerHTML = `<style>${css}</style>${html}`;
  const blobs = await Promise.all(data.map(unzipped));
  const view = { chosen, shown: 0, show };
  /** @param {number} [which] */
  function show(which = view.shown) {
    view.shown = which;
    component({ data: blobs[which], parentElement, setStateValue: keep, setTriggerValue: keep });
  }
  /** @param {string} name @param {unknown} value */
  function keep(name, value) {
    if (name === "chosen" && value && typeof value === "object") view.chosen = { ...view.chosen, ...value };
  }
  show();
  if (Object.keys(chosen).length) hand({ to: key, serial: 0, value: chosen });
  return view;
}

/** @param {string} text base64 of gzip */
async function unzipped(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
