// Prose whose links set a picture elsewhere on the page.

import { find, make } from "../shared/dom.js";
import { reveal } from "../shared/reveal.js";

/** @import { Component } from "../shared/lifecycle.js" */

/** @typedef {{text: string, choice?: string}} Span */

/** @param {Component} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const /** @type {{spans: Span[], chosen: string | null, to: string | null}} */ { spans, chosen, to } = data;
  const prose = find(parentElement, ".prose"), focused = parentElement.activeElement instanceof HTMLElement ? parentElement.activeElement.dataset.choice : null;
  const parts = spans.map(({ text, choice }) => (choice === undefined ? text : link(text, choice, choice === chosen, () => follow(choice))));
  /** @param {string} choice */
  function follow(choice) {
    if (to) reveal(document.querySelector(`.st-key-${to}`), prose);
    setTriggerValue("choice", choice);
  }
  prose.replaceChildren(...parts);
  const again = [...prose.querySelectorAll("a")].find((link) => link.dataset.choice === focused);
  again?.focus({ preventScroll: true });
}

/** A link, which unlike a button is broken where the line ends. @param {string} text @param {string} choice @param {boolean} chosen @param {() => void} act */
function link(text, choice, chosen, act) {
  const follow = (/** @type {Event} */ event) => (event.preventDefault(), act());
  const element = make("a", { href: `#${choice}`, textContent: text, onclick: follow, ariaCurrent: String(chosen) });
  element.dataset.choice = choice;
  return element;
}
