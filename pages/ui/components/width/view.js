// Reports how wide the page's column is, in CSS pixels, once it has stayed so for a moment.
const rulers = new WeakMap();
export default function ({ parentElement, setStateValue }) {
  const ruler = parentElement.querySelector(".ruler");
  if (rulers.has(ruler)) return;
  let last = 0, timer = 0;
  const observer = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const width = Math.floor(ruler.getBoundingClientRect().width);
      if (width > 0 && width !== last) setStateValue("width", (last = width));
    }, last ? 250 : 0);
  });
  rulers.set(ruler, observer);
  observer.observe(ruler);
  return () => observer.disconnect();
}
