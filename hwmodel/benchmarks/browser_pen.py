"""How long a moving pen waits for its futures on the live sheet, from the event to the painted canvas, in a real browser whose page and worker are
throttled."""

from __future__ import annotations

import math

import numpy as np
from playwright.sync_api import Page

from hwmodel.benchmarks.browser import ENGINE, Files, files_of, opened
from hwmodel.benchmarks.measurement import Measurement
from hwmodel.cells.ordering import CellOrder
from hwmodel.cells.usual import Usual
from hwmodel.network.model import HandwritingModel
from hwmodel.views.engine import EngineParts, engine_parts
from hwmodel.views.live_sheet import live_bytes
from hwmodel.views.script import script

SHEET = ENGINE.parent / "live_sheet"
THROTTLED = 4  # times
PLACES, EVERY_MS = 240, 16  # of the pen
# Chromium slows the page's own thread down, and no worker: the engine's spends as much time again on nothing as its part of the throttling asks for.
SLOWED = """{
    let began = 0;
    const post = self.postMessage.bind(self);
    self.addEventListener("message", () => (began = performance.now()));
    self.postMessage = (answer) => {
        const until = began + TIMES * (performance.now() - began);
        while (performance.now() < until);
        post(answer);
    };
}
"""
MOUNT = """async () => {
    const { default: mount } = await import("/sheet.js");
    const host = document.body.appendChild(document.createElement("div")), root = host.attachShadow({ mode: "open" });
    root.innerHTML = `<style>${await (await fetch("/sheet.css")).text()}</style>` + await (await fetch("/sheet.html")).text();
    const data = new Uint8Array(await (await fetch("/sheet")).arrayBuffer());
    mount({ data, parentElement: root, setStateValue() {}, setTriggerValue() {} });
}"""


def sheet_files(model: HandwritingModel, slower: int = 1) -> Files:
    """What the page of a live sheet asks for: the cells in the network's order, and an engine that takes so many times as long."""
    parts = engine_parts(ENGINE)
    parts = EngineParts(SLOWED.replace("TIMES", str(slower)) + parts.worker, parts.kernel)
    cells = model.config.cells
    order = CellOrder(np.arange(cells), np.ones(cells, np.int8), 0.0)
    usual = Usual(np.zeros(cells, np.float32), np.ones(cells, np.float32), np.zeros(cells, bool))
    return files_of(model) | {
        "/sheet.js": ("text/javascript", script(SHEET / "view.js").encode()),
        "/sheet.css": ("text/css", (SHEET / "view.css").read_bytes()),
        "/sheet.html": ("text/html", (SHEET / "view.html").read_bytes()),
        "/sheet": ("application/octet-stream", live_bytes(parts, "weights", "", order, usual, None, None, 0.5)),
    }


def browser_pen(model: HandwritingModel) -> list[Measurement]:
    """Loops drawn with a mouse; the 95th percentile of the waits that the sheet itself notes."""
    with opened(sheet_files(model, THROTTLED)) as (_, page):
        waited = draw(page)
    name = f"browser, pen to futures, p95, {THROTTLED} x throttled"
    return [Measurement(name, float(np.percentile(waited, 95)), "ms", most=100)]


def draw(page: Page) -> list[float]:
    """Milliseconds that the pen waited, each time."""
    page.evaluate(MOUNT)
    sheet = page.locator(".sheet[data-ready=true]")
    sheet.wait_for()
    box = sheet.bounding_box()
    assert box is not None
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": THROTTLED})
    page.mouse.move(box["x"] + 30, box["y"] + 100)
    page.mouse.down()
    for i in range(PLACES):
        angle = i / 3
        page.mouse.move(box["x"] + 30 + 2.2 * i + 12 * math.sin(angle), box["y"] + 85 + 15 * math.cos(angle))
        page.wait_for_timeout(EVERY_MS)
    waited: list[float] = page.evaluate("performance.getEntriesByName('pen to futures').map(({ duration }) => duration)")
    page.mouse.up()
    return waited
