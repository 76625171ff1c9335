// Elements found and made.

/**
 * The first element that a query finds; every view's html has it.
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} query
 * @param {new () => T} [kind]
 * @returns {T}
 */
export function find(root, query, kind = /** @type {any} */ (HTMLElement)) {
  const found = root.querySelector(query);
  if (!(found instanceof kind)) throw new Error(`view.html has no ${kind.name} ${query}`);
  return found;
}

/** @param {ParentNode} root @param {string} query */
export const findCanvas = (root, query) => find(root, query, HTMLCanvasElement);

/**
 * A new element with some properties.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export const make = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);

/** Text as it may stand in HTML and SVG. @param {string} text */
export const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
