// One press of Back leaves a page. Streamlit makes an entry of the browser's history of every parameter that Python writes into the address;
// here they become one entry a page. And on a phone the menu closes once a page is chosen, as Streamlit's own menu does.

const PHONE = "(max-width: 768px)"; // where the sidebar lies over the page

/** @type {string | null} */
let before = null; // the address of this page at the reader's last click, where another was written over it since

export default function () {
  if (Object.hasOwn(history, "pushState")) return;
  const push = history.pushState.bind(history);
  history.pushState = (state, unused, url) => {
    if (new URL(url ?? "", location.href).pathname === location.pathname) {
      before ??= location.href;
      history.replaceState(state, unused, url);
      return;
    }
    // The next page's parameters may come before its name: this page keeps what it had.
    if (before !== null) history.replaceState(history.state, "", before);
    before = null;
    push(state, unused, url);
  };
  addEventListener("click", ({ target }) => {
    before = null;
    if (matchMedia(PHONE).matches && target instanceof Element && target.closest(".st-key-menu a")) closeSidebar();
  }, true);
}

function closeSidebar() {
  const button = document.querySelector("[data-testid=stSidebarCollapseButton] button");
  if (button instanceof HTMLElement) setTimeout(() => button.click()); // after the menu's own click
}
