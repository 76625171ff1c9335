"""How long a visitor of the first page waits for ink that moves, on a warm server that has no network loaded, in a real browser."""

from __future__ import annotations

from statistics import median

from playwright.sync_api import Browser, sync_playwright

from hwmodel.benchmarks import chromium
from hwmodel.benchmarks.dashboard import fresh_server
from hwmodel.benchmarks.measurement import Measurement
from hwmodel.network.model import HandwritingModel

VISITS = 5  # each with an empty cache, after one that warms the server
MOVES = "performance.getEntriesByName('ink moves')[0]?.startTime"  # ms since the visitor followed the link; ink_view/view.js sets the mark


def browser_front(model: HandwritingModel) -> list[Measurement]:
    """From following the link to the first painted piece of a line that goes on; the median of some visits. What is measured needs no model."""
    with fresh_server() as server, sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.PATH, args=chromium.FLAGS)
        try:
            visit(started, server.url)
            waited = [visit(started, server.url) for _ in range(VISITS)]
        finally:
            started.close()
        if server.has_torch():
            raise RuntimeError("the first page has loaded a network, which it must not need")
    return [Measurement("browser, first moving ink, no network", median(waited), "ms", most=1500)]


def visit(started: Browser, url: str) -> float:
    """Milliseconds until the ink moves."""
    context = started.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(url)
    waited = float(page.wait_for_function(MOVES).json_value())
    context.close()
    return waited
