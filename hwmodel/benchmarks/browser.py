"""What the network takes in a real browser, in a worker, beside the same step in plain js.

By the clock on the wall, from asking on the page to the answer there; the two kernels take turns, and the best turn of each is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from hwmodel.benchmarks import chromium
from hwmodel.benchmarks.measurement import Measurement
from hwmodel.network.as_arrays import weights_of
from hwmodel.network.model import HandwritingModel
from hwmodel.views.engine import engine_parts
from hwmodel.views.network_weights import weights_bytes
from hwmodel.views.script import script

Files = dict[str, tuple[str, bytes]]  # type and bytes by path

ENGINE = Path(__file__).parents[2] / "pages" / "ui" / "components" / "engine"
SIDE_BY_SIDE, STEPS = 48, 20  # futures
AT_THE_PEN = 24  # futures that stand at a moving pen's tip
ONE_LINE_STEPS = 400
TURNS = 7

# Seconds of the best turn of each work, after one turn that does not count.
MEASURE = """async ({ sideBySide, atThePen, steps, oneLine, turns }) => {
    const { startEngine } = await import("/engine.js");
    const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
    const worker = await (await fetch("/worker.js")).text();
    const manner = { bias: 0.5, seed: 0 };
    const began = performance.now();
    const [weights, kernel] = await Promise.all([bytes("/weights"), bytes("/kernel.wasm")]);
    const engine = startEngine({ worker, kernel });
    const { kernel: kind } = await engine.load(weights, sideBySide);
    const line = await engine.open();
    const ready = (performance.now() - began) / 1000;
    const plain = startEngine({ worker, kernel: null });
    await plain.load(weights, sideBySide);
    const plainLine = await plain.open();
    const works = {
        sideBySide: () => engine.futures(line, sideBySide, steps, manner),
        plainSideBySide: () => plain.futures(plainLine, sideBySide, steps, manner),
        atThePen: () => engine.futures(line, atThePen, steps, manner),
        plainAtThePen: () => plain.futures(plainLine, atThePen, steps, manner),
        oneLine: async () => engine.write(await engine.copy(line), oneLine, manner),
        plainOneLine: async () => plain.write(await plain.copy(plainLine), oneLine, manner),
    };
    const best = { ready, kind };
    for (let turn = 0; turn <= turns; turn++) {
        for (const [name, work] of Object.entries(works)) {
            const before = performance.now();
            await work();
            if (turn) best[name] = Math.min(best[name] ?? Infinity, (performance.now() - before) / 1000);
        }
    }
    plain.stop();
    return best;
}"""


def browser(model: HandwritingModel) -> list[Measurement]:
    """Steps a second of many lines and of one, futures at a pen's tip, time until the weights are ready, memory of the tab."""
    with opened(files_of(model)) as (started, page):
        empty_mb, seconds, full_mb = renderer_mb(started, page), measure(page), renderer_mb(started, page)
    if seconds["kind"] != "wasm":
        raise RuntimeError("this browser does not take the kernel: it lacks WebAssembly's 128-bit SIMD")
    many = SIDE_BY_SIDE * (STEPS - 1)  # the first step of a future is drawn from what the line's state predicts
    measured = [
        rate(f"browser, {SIDE_BY_SIDE} lines side by side", "row-steps", many, seconds["sideBySide"], seconds["plainSideBySide"], 10_000),
        rate("browser, one line", "steps", ONE_LINE_STEPS, seconds["oneLine"], seconds["plainOneLine"], 4_000),
        Measurement(f"browser, futures, {AT_THE_PEN} x {STEPS}", 1e3 * seconds["atThePen"], "ms", 1e3 * seconds["plainAtThePen"], beside="plain js"),
        Measurement("browser, weights ready", 1e3 * seconds["ready"], "ms", most=1000),
    ]
    if full_mb is not None and empty_mb is not None:
        measured.append(Measurement("browser, memory of the tab", full_mb, "MB", empty_mb, most=200, beside="empty"))
    return measured


def rate(name: str, what: str, count: int, seconds: float, plain: float, least: float) -> Measurement:
    """So many a second, beside plain js."""
    return Measurement(name, count / seconds, f"{what} a second", count / plain, least=least, beside="plain js")


def measure(page: Page) -> dict[str, Any]:
    numbers = {"sideBySide": SIDE_BY_SIDE, "atThePen": AT_THE_PEN, "steps": STEPS, "oneLine": ONE_LINE_STEPS, "turns": TURNS}
    found: dict[str, Any] = page.evaluate(MEASURE, numbers)
    return found


def files_of(model: HandwritingModel) -> Files:
    """Type and bytes of what the page asks for, by path."""
    parts = engine_parts(ENGINE)
    return {
        "/": ("text/html", b"<!doctype html><title>benchmark</title>"),
        "/engine.js": ("text/javascript", script(ENGINE / "engine.js").encode()),
        "/worker.js": ("text/javascript", parts.worker.encode()),
        "/kernel.wasm": ("application/wasm", parts.kernel),
        "/weights": ("application/octet-stream", weights_bytes(weights_of(model), "", model.config.units_per_offset)),
    }


@contextmanager
def opened(files: Files) -> Iterator[tuple[Browser, Page]]:
    """A browser, and in it the page that these files begin with."""
    with served(files) as address, sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.PATH, args=chromium.FLAGS)
        try:
            page = started.new_page()
            page.goto(address)
            yield started, page
        finally:
            started.close()


@contextmanager
def served(files: Files) -> Iterator[str]:
    """Address of a server of this machine that gives these files."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that http.server looks for
            kind, body = files.get(self.path, ("text/plain", b""))
            self.send_response(200 if self.path in files else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


def renderer_mb(started: Browser, page: Page) -> float | None:
    """Megabytes that the tab's process holds, shared ones counted by share (man 5 proc, Pss); None where the system does not tell (not Linux)."""
    page.evaluate("1")  # its process is there
    processes = started.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    held = []
    for process in processes:
        rollup = Path(f"/proc/{process['id']}/smaps_rollup")
        if process["type"] == "renderer" and rollup.exists():
            held += [int(line.split()[1]) / 1024 for line in rollup.read_text(encoding="utf-8").splitlines() if line.startswith("Pss:")]
    return max(held, default=None)
