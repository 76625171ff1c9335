// A page of its own: views with their data in the file, and prose whose links set them. It asks for nothing from any server.

import { startEngine } from "../engine/engine.js";
import { engineOfVisit } from "../engine/visit.js";
import { hand } from "../shared/remote.js";
import { reveal } from "../shared/reveal.js";
import { unsqueezed, unzipped } from "./squeezed.js";

/** @import { Engine } from "../engine/visit.js" */
/** @import { Component } from "../shared/lifecycle.js" */

/**
 * @typedef {object} Mounted
 * @property {string} key of the view, and id of the element that it stands in
 * @property {(component: Component) => unknown} component
 * @property {string} html
 * @property {string} css
 * @property {string[]} data one or several to choose from, squeezed; the first is shown
 * @property {Record<string, unknown>} chosen what is chosen in it at first, where it listens to choices
 * @property {any} [made] of data that the network makes anew: with what they were made,
 * @property {(page: AnewPage, blob: any) => Anew} [makeAnew] and what does so
 */

/**
 * What makes data anew asks of the page.
 * @typedef {object} AnewPage
 * @property {HTMLElement} host of the view
 * @property {() => Promise<Engine>} engine
 * @property {any} made
 * @property {(blob: any) => void} show in the view
 */

/** @typedef {{follow: (blob: any) => void, told: (chosen: any) => void}} Anew told of other data, and of what is chosen in the view */

/**
 * The network that goes along; its weights stand in the element `network`, at the end of the file.
 * @typedef {object} Network
 * @property {string} fingerprint
 * @property {string} worker the engine's, source
 * @property {string} kernel code, in base64 of gzip
 */

/**
 * What a link does: choose in a view, or show other data in it.
 * @typedef {{to: string, choose?: Record<string, unknown>, show?: number}} Action
 */

const ROWS = 200; // futures at once: as many as the app draws from a point

/** @param {Mounted[]} views @param {Record<string, Action>} actions by the name that a link's `data-choice` has @param {Network | null} network */
export function mountPage(views, actions, network) {
  const engine = network && engineOfVisit(network.fingerprint, () => begin(network)); // before a view asks for it
  const mounted = new Map(views.map((view) => [view.key, mount(view, engine)]));
  let serial = 0;
  for (const link of document.querySelectorAll("a")) {
    if (!link.dataset.choice) continue;
    const { to, choose, show } = actions[link.dataset.choice];
    link.onclick = async (event) => {
      event.preventDefault();
      if (link.parentElement) reveal(document.getElementById(to), link.parentElement);
      for (const other of link.parentElement?.querySelectorAll("a") ?? []) other.ariaCurrent = String(other === link);
      const view = await mounted.get(to);
      if (show !== undefined) view?.show(show);
      if (choose && view) hand({ to, serial: ++serial, value: (view.chosen = { ...view.chosen, ...choose }) });
    };
  }
  matchMedia("(prefers-color-scheme: dark)").onchange = () => mounted.forEach(async (view) => (await view).show());
}

/** @param {Mounted} mounted @param {Promise<Engine> | null} engine */
async function mount({ key, component, html, css, data, chosen, made, makeAnew }, engine) {
  const host = document.getElementById(key);
  if (!host) throw new Error(`there is no element ${key}`);
  const parentElement = host.attachShadow({ mode: "open" });
  parentElement.innerHTML = `<style>${css}</style>${html}`;
  const blobs = await Promise.all(data.map(unsqueezed));
  const view = { chosen, shown: blobs[0], show };
  const anew = made && engine && makeAnew?.({ host, engine: () => engine, made, show: put }, view.shown);
  /** @param {number} [which] of the data; none: as it is */
  function show(which) {
    if (which !== undefined) anew?.follow(blobs[which]);
    put(which === undefined ? view.shown : blobs[which]);
  }
  /** @param {any} blob */
  function put(blob) {
    view.shown = blob;
    component({ data: blob, parentElement, setStateValue: told, setTriggerValue: told });
  }
  /** @param {string} name @param {any} value */
  function told(name, value) {
    const { header } = view.shown;
    if (name === "measure") header.measure = value;
    if (name !== "chosen") return;
    view.chosen = { ...view.chosen, ...value };
    if (anew) anew.told(value);
    else if (header.mode === "fan") show(); // it waits for other futures, and there are these
  }
  show();
  if (Object.keys(chosen).length) hand({ to: key, serial: 0, value: chosen });
  return view;
}

/** @param {Network} network @returns {Promise<Engine>} */
async function begin({ worker, kernel }) {
  if (document.readyState === "loading") await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
  const weights = await unzipped(document.getElementById("network")?.textContent ?? "");
  const engine = startEngine({ worker, kernel: await unzipped(kernel) });
  await engine.load(weights, ROWS);
  return engine;
}
