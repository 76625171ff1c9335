"""A real Chromium on the running dashboard: the app is started once for all tests here, on a port of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from hwmodel.benchmarks import chromium
from hwmodel.benchmarks.dashboard import fresh_server
from tests.support.engine import Run, run_on

PATIENCE_MS = 60_000  # the first page imports torch, on a machine that may be busy

IS_DARK = """() => {
  const [r, g, b] = getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor.match(/[0-9]+/g).map(Number);
  return r + g + b < 384;
}"""

expect.set_options(timeout=PATIENCE_MS)


BLANK_PAGE = (
    "test_shared_js.py",
    "test_engine.py",
    "test_engine_numbers.py",
    "test_engine_pen.py",
    "test_engine_text.py",
    "test_futures_anew.py",
    "test_ink_anew.py",
    "test_live_sheet_parts.py",
)
MAY_MISS = "the browser, the server and a busy machine may miss each other: a test fails where it fails three times"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that drive the dashboard may be taken again, with the reason on the marker; those on a blank page may not."""
    for item in items:
        if Path(__file__).parent in item.path.parents and item.path.name not in BLANK_PAGE:
            item.add_marker(pytest.mark.flaky(reruns=2, reason=MAY_MISS))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that were taken again."""
    again = Counter(report.nodeid for report in terminalreporter.stats.get("rerun", []))
    if again:
        terminalreporter.section(f"taken again ({MAY_MISS})")
        for name, times in again.items():
            terminalreporter.write_line(f"{name}: {times} time{'s' if times > 1 else ''}")


@pytest.fixture(scope="session")
def app_url() -> Iterator[str]:
    """Address of the running dashboard."""
    with fresh_server() as server:
        yield server.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: the system's, or the one `playwright install chromium` fetched. Skips where there is neither."""
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=chromium.PATH, args=chromium.FLAGS)
        except Error as error:
            pytest.skip(f"no Chromium that starts: apt-get install chromium, or playwright install chromium ({error.message.splitlines()[0]})")
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh visitor at a desktop. Fails where the page throws an error in the browser."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors, f"errors in the browser: {errors}"


def open_page(page: Page, address: str) -> None:
    """Go to an address and wait until the page's script has run through."""
    page.goto(address)
    expect(page.get_by_test_id("stApp")).to_be_visible()
    settle(page)


def settle(page: Page) -> None:
    """Wait until the script is not running."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()


def rest(page: Page) -> None:
    """Wait until the script has not run for half a second. What is in a page tells the server something once it is there, and a press of Back that
    comes before is overtaken by that."""
    page.evaluate(
        """() => {
            const app = document.querySelector("[data-testid=stApp]"), mark = () => (window.ranAt = performance.now());
            mark();
            new MutationObserver(mark).observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] });
        }"""
    )
    page.wait_for_function("performance.now() - window.ranAt > 500")
    settle(page)


def watch_scrolling(page: Page) -> None:
    """From here on, `wait_until_still` knows when the page last scrolled."""
    page.evaluate(
        """() => {
            window.scrolledAt = performance.now();
            document.addEventListener("scroll", () => (window.scrolledAt = performance.now()), { capture: true, passive: true });
        }"""
    )


def wait_until_still(page: Page) -> None:
    """Wait until the page has not scrolled for longer than the views let a wheel rest (shared/hands.js)."""
    page.wait_for_function("performance.now() - window.scrolledAt > 450")


def wait_frames(page: Page, count: int) -> None:
    """Wait until the browser has painted so many frames."""
    page.evaluate(
        """(count) => new Promise((done) => {
            const frame = () => (count-- > 0 ? requestAnimationFrame(frame) : done());
            frame();
        })""",
        count,
    )


def wait_for(page: Page, what: Callable[[], bool], why: str) -> None:
    """Look again and again until `what` holds; fails, saying `why`, where it never does."""
    for _ in range(PATIENCE_MS // 100):
        if what():
            return
        page.wait_for_timeout(100)
    pytest.fail(why)


def faults(page: Page) -> list[str]:
    """What axe-core calls a serious or critical fault of accessibility in the page as it stands."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']}: {node['target'][-1]} {node['html'][:200]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def darken(page: Page) -> None:
    """Turn to the dark theme."""
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(IS_DARK)
    settle(page)


@pytest.fixture
def run(page: Page) -> Run:
    """run(files, body, given) on a blank page: see `run_on`."""
    page.set_content("<p>blank</p>")
    return partial(run_on, page)
