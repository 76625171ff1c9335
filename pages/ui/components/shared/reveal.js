// A link in prose sets a view: both are to be in sight then.

const LEAST_SEEN = 0.6; // of the view, or of a window that is lower

/**
 * Scroll, where too little of a view is in sight, until the prose stands at the window's other end: what the view shows is beside its words.
 * @param {Element | null} view
 * @param {Element} prose
 */
export function reveal(view, prose) {
  if (!view) return;
  const { top, bottom, height } = view.getBoundingClientRect(), seen = Math.min(bottom, innerHeight) - Math.max(top, 0);
  if (seen >= LEAST_SEEN * Math.min(height, innerHeight)) return;
  const block = top < prose.getBoundingClientRect().top ? "end" : "start", still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  prose.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
}
