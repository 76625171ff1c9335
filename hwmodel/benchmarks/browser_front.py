"""How long a visitor of the first page waits for ink that moves, on a warm server that has no network loaded, in a real browser.

Beside a Streamlit page of one title, which no page of ours can be quicker than; the two take turns, and the best turn of each is kept.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from hwmodel.benchmarks import chromium
from hwmodel.benchmarks.dashboard import fresh_server
from hwmodel.benchmarks.measurement import Measurement
from hwmodel.network.model import HandwritingModel

VISITS = 7  # each with an empty cache, after one that warms the server
BARE = "import streamlit\n\nstreamlit.title('Bare')\n"
# Milliseconds since the visitor followed the link; ink_view/view.js sets the mark when it has painted a piece of a line that goes on
MOVES = "performance.getEntriesByName('ink moves')[0]?.startTime"
STANDS = "document.querySelector('h1') && performance.now()"


def browser_front(model: HandwritingModel) -> list[Measurement]:
    """From following the link to the first painted piece of a line that goes on. What is measured needs no model."""
    with TemporaryDirectory() as folder:
        bare_app = Path(folder) / "bare.py"
        bare_app.write_text(BARE, encoding="utf-8")
        with fresh_server() as ours, fresh_server(bare_app) as bare, sync_playwright() as playwright:
            started = playwright.chromium.launch(executable_path=chromium.PATH, args=chromium.FLAGS)
            try:
                turns = [(visit(started, ours.url, MOVES), visit(started, bare.url, STANDS)) for _ in range(VISITS + 1)][1:]
            finally:
                started.close()
            if ours.has_torch():
                raise RuntimeError("the first page has loaded a network, which it must not need")
    moves, stands = (min(each) for each in zip(*turns, strict=True))
    return [Measurement("browser, first moving ink, no network", moves, "ms", stands, most=1500, beside="bare Streamlit")]


def visit(started: Browser, url: str, seen: str) -> float:
    """Milliseconds until a new visitor has seen something, an expression of js."""
    context = started.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(url)
    waited = float(page.wait_for_function(seen).json_value())
    context.close()
    return waited
