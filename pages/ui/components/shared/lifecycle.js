// A view from its first data to its end. Streamlit runs a component's script again with every change of data or theme, on the same element.

import { unpack } from "./packing.js";

/**
 * What Streamlit hands to a component.
 * @typedef {object} Component
 * @property {any} data bytes as Python packs them, or their header and arrays
 * @property {ShadowRoot} parentElement
 * @property {(name: string, value: unknown) => void} setStateValue
 * @property {(name: string, value: unknown) => void} setTriggerValue
 */

/**
 * A field that the first load or the first frame sets, before anything reads it.
 * @template T
 * @returns {T}
 */
export const later = () => /** @type {any} */ (undefined);

/** What every view is made of. @abstract */
export class View {
  /** @param {ShadowRoot} root with the view's html */
  constructor(root) {
    this.root = root;
    this.closed = new AbortController();
    this.signal = this.closed.signal; // to listen with: it ends all listening
  }

  /**
   * Take data, the first or new ones.
   * @param {{header: any, arrays: any}} blob
   * @param {Component} component
   */
  load(blob, component) {
    throw new Error(`a view must load ${blob} for ${component}`);
  }

  /** @param {Element[]} elements @param {() => void} act when one of them has another size */
  onResize(elements, act) {
    const observer = new ResizeObserver(act);
    for (const element of elements) observer.observe(element);
    this.signal.addEventListener("abort", () => observer.disconnect());
  }

  close() {
    this.closed.abort();
  }
}

/**
 * The function that Streamlit calls, for a kind of view.
 * @param {new (root: ShadowRoot) => View} Kind
 * @returns {(component: Component) => () => void}
 */
export function mounted(Kind) {
  /** @type {WeakMap<ShadowRoot, View>} */
  const views = new WeakMap();
  return (component) => {
    const root = component.parentElement, view = views.get(root) ?? new Kind(root);
    views.set(root, view);
    view.load(component.data instanceof Uint8Array ? unpack(component.data) : component.data, component);
    return () => {
      view.close();
      views.delete(root);
    };
  };
}

/**
 * A function that acts in the next frame, once however often it is called before.
 * @param {() => void} act
 */
export function onceAFrame(act) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      act();
    });
  };
}
