// Reports how wide the page's column is, in CSS pixels, once it has stayed so for a moment.

import { find } from "../shared/dom.js";

/** @import { Component } from "../shared/lifecycle.js" */

const REST_MS = 250; // the first width is told at once

/** @type {WeakSet<Element>} */
const rulers = new WeakSet();

/** @param {Component} component */
export default function ({ parentElement, setStateValue }) {
  const ruler = find(parentElement, ".ruler");
  if (rulers.has(ruler)) return;
  let last = 0, timer = 0;
  const observer = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const width = Math.floor(ruler.getBoundingClientRect().width);
      if (width > 0 && width !== last) setStateValue("width", (last = width));
    }, last ? REST_MS : 0);
  });
  rulers.add(ruler);
  observer.observe(ruler);
  return () => observer.disconnect();
}
