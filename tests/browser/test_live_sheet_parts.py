"""The live sheet's parts in a real Chromium on a blank page: sides of futures, pace, guesses, and ink that is read, taken back and sent."""

from __future__ import annotations

from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, Route

from hwmodel.benchmarks.browser_pen import sheet_files
from hwmodel.cells.recording import record_cells
from hwmodel.futures.values import Futures, side_angles
from hwmodel.ink.strokes import Strokes
from hwmodel.network.likelihood import surprise
from hwmodel.views.colours import ACTIVATION_RAMP
from hwmodel.views.engine import PEN_NUMBERS
from pages.ui.hand.live import ink_of
from tests.support.engine import Run, floats_of, given_for, known_to_browser, text_of
from tests.support.lines import wavy_offsets
from tests.support.models import small_model

SIDES, PACE, WRITING, PAINT, CELLS = (f"../live_sheet/{name}.js" for name in ("sides", "pace", "writing", "paint", "cells"))


def test_futures_lean_to_the_sides_that_python_sees(run: Run) -> None:
    """Each beside the first, which is what the pen really did to Python."""
    rng = np.random.default_rng(0)
    offsets = rng.normal(0.3, 0.5, (12, 9, 3)).astype(np.float32)
    offsets[..., 2] = rng.random((12, 9)) < 0.1
    offsets[0, :, 2] = 0
    body = """
        const ways = js.waysOf(floatsOf(given), 12);
        return [js.sidesOf(ways, ways[0], 1), ways.map(({ x }) => x.length)];
    """
    sides, lengths = run(SIDES, body, text_of(offsets))
    real = Strokes(np.concatenate((np.array([[1, 0, 0]], np.float32), offsets[0])))
    futures = Futures(np.array([0]), offsets[None])
    np.testing.assert_allclose(sides, side_angles(futures, real)[0].clip(-1, 1), atol=1e-5)
    assert lengths == futures.lengths[0].tolist()


def test_the_most_likely_way_lies_among_the_others(run: Run) -> None:
    ends = [[0.0, 3.0], [2.0, 0.1], [2.1, 0.0], [1.9, 0.2], [0.0, -3.0]]
    body = "return js.likeliest(given.map(([x, y]) => ({ x: new Float32Array([x]), y: new Float32Array([y]) })))"
    assert run(SIDES, body, ends) in (1, 2, 3)


def test_futures_take_a_time_that_leaves_a_moving_pen_less_than_a_tenth_of_a_second(run: Run) -> None:
    """Of devices that take so many ms for a step of a future: a pen waits for two computations, a frame and the painting."""
    body = """
        return given.map((perStep) => {
            let pace = js.firstPace(), paces = [];
            for (let i = 0; i < 40; i++) {
                const { count, steps } = js.futuresAt(pace), ms = count * steps * perStep;
                paces.push([count, steps, ms]);
                pace = js.paceAfter(pace, ms);
            }
            return [paces.slice(20), pace.slow];
        });
    """
    quick, busy, slow, lame = run(PACE, body, [0.063, 0.09, 0.4, 4.0])
    for paces, too_slow in (quick, busy, slow):
        assert all(2 * ms + 20 <= 100 for _, _, ms in paces) and too_slow == 0
        assert len({count for count, _, _ in paces}) == 1, "it flickers between two paces"
    assert [paces[0][:2] for paces, _ in (quick, busy, slow, lame)] == [[24, 20], [18, 20], [6, 10], [6, 10]]
    assert lame[1] > 12, "the least takes too long"


def test_one_delay_takes_futures_away_for_a_moment_only(run: Run) -> None:
    body = "let pace = js.firstPace(); return given.map((ms) => (pace = js.paceAfter(pace, ms))).map(js.futuresAt).map(({ count }) => count)"
    assert run(PACE, body, [30, 50, 30, 30]) == [24] * 4, "a delay of some ms takes none away"
    assert run(PACE, body, [30, 200, 22, 30, 30]) == [24, 18, 24, 24, 24]


def test_ink_thickens_with_surprise_alone(run: Run) -> None:
    widths = run(PAINT, "return given.map(js.thicknessOf)", [-9, -2.5, 0, 3, 50])
    assert widths[0] == widths[1] < widths[2] < widths[3] == widths[4]


def test_a_cell_at_its_usual_recedes_into_the_paper_also_when_the_theme_changes(run: Run) -> None:
    """Two cells of which the second is turned over: at the usual, then rarely higher."""
    body = """
        const arrays = { permutation: [0, 1], sign: [1, -1], centre: [2, 5], reach: [4, 1] };
        const picture = new js.CellPicture({ header: { ramp: given }, arrays }, 9);
        const canvas = document.body.appendChild(document.createElement("canvas"));
        const writing = { heard: { cells: [Float32Array.of(2, 5), Float32Array.of(6, 9)] }, futures: null };
        return ["light", "dark"].map((name) => {
            picture.paint(canvas, writing, null, { name, line: "#888888" });
            return Array.from(picture.image.getContext("2d").getImageData(0, 0, 2, 2).data);
        });
    """
    for paper, painted in zip(("light", "dark"), run(CELLS, body, ACTIVATION_RAMP), strict=True):
        ramp = [tuple(bytes.fromhex(colour[1:])) for colour in ACTIVATION_RAMP[paper]]
        found = np.array(painted).reshape(2, 2, 4)[..., :3]
        np.testing.assert_allclose(found[:, 0], [ramp[len(ramp) // 2]] * 2, atol=4)
        np.testing.assert_array_equal(found[:, 1], (ramp[-1], ramp[0]))


def test_a_guess_ends_with_a_pen_lift_and_lies_on_the_grid(run: Run) -> None:
    offsets = np.random.default_rng(0).normal(0, 1, (30, 3)).astype(np.float32)
    offsets[:, 2] = 0
    whole = floats_of(run(WRITING, "return textOf(js.finished(floatsOf(given), 40))", text_of(offsets))).reshape(-1, 3)
    offsets[19, 2] = 1
    cut = floats_of(run(WRITING, "return textOf(js.finished(floatsOf(given), 40))", text_of(offsets))).reshape(-1, 3)
    assert len(whole) == 30 and len(cut) == 20 and whole[-1, 2] == cut[-1, 2] == 1
    places = 40 * cut[:, :2].cumsum(axis=0)
    np.testing.assert_allclose(places, np.rint(places), atol=1e-3)
    np.testing.assert_allclose(places / 40, offsets[:20, :2].cumsum(axis=0), atol=0.02)


def test_a_guess_on_an_empty_sheet_stands_on_its_line_wherever_its_first_letter_begins(run: Run) -> None:
    guess = np.random.default_rng(1).normal((0.2, 0.5), 1, (30, 2)).astype(np.float32)
    offsets = np.column_stack((guess, np.zeros(30, np.float32)))
    begin = run(WRITING, "return js.beginOf(floatsOf(given), { x: 2, y: 9 })", text_of(offsets))
    points = np.array([begin["x"], begin["y"]]) + guess.cumsum(axis=0)
    np.testing.assert_allclose((min(points[:, 0].min(), begin["x"]), points[:, 1].mean()), (2, 9), atol=1e-4)


BEGIN = """
const { engine } = await begin();
const writing = new js.Writing(engine, given.numbers, await engine.open(), () => {});
const draw = async (fromX) => {
    writing.down(fromX, 50);
    for (let i = 1; i < 30; i++) writing.move([fromX + 3 * i, 50 + 12 * Math.sin(i / 3)]);
    writing.up();
    await writing.listen();
};
const heard = () => [writing.heard.nats, textOf(Float32Array.from(writing.heard.cells.flatMap((row) => [...row])))];
"""


def test_what_was_drawn_taken_and_given_is_heard_as_python_hears_it(run: Run) -> None:
    """Two strokes by hand, a guess that is taken, and the last of three taken back; then the same ink given to an empty sheet."""
    body = (
        BEGIN
        + """
        await draw(20);
        await draw(140);
        await writing.think({ x: 0, y: 0 });
        const guess = writing.guess.length / 3;
        await writing.take();
        await draw(300);
        await writing.undo(1);
        const { start, offsets } = writing.ink(), drawn = heard();
        await writing.undo(Infinity);
        const empty = writing.ink();
        await writing.give({ x: start[0], y: start[1] }, Float32Array.from(offsets));
        return [{ start, offsets }, guess, writing.strokes.length, empty, drawn, heard()];
    """
    )
    model = small_model()
    ink, guess, strokes, empty, drawn, again = run(f"engine.js {WRITING}", body, given_for(model, numbers=PEN_NUMBERS, rows=32))
    line = ink_of(ink)
    assert line is not None and line.finished and line.pen_up.sum() >= 3 and guess > 5
    assert strokes == line.pen_up.sum() and ink_of(empty) is None
    known = known_to_browser(model)
    for nats, cells in (drawn, again):
        np.testing.assert_allclose(nats, surprise(known, [line])[0].sum(axis=1), atol=2e-3)
        np.testing.assert_allclose(floats_of(cells).reshape(len(line), -1), record_cells(known, line).cell, atol=2e-3)


def test_futures_stand_at_the_tip_while_the_pen_is_down_and_are_gone_when_it_lifts(run: Run) -> None:
    body = (
        BEGIN
        + """
        writing.down(20, 50);
        for (let i = 1; i < 30; i++) writing.move([20 + 3 * i, 50 + 12 * Math.sin(i / 3)]);
        await writing.listen();
        const { tail, offsets, count } = writing.futures, end = writing.points.at(-1);
        const tip = [end.x, end.y].map((value, axis) => value + tail.offsets.filter((_, i) => i % 3 === axis).reduce((sum, each) => sum + each, 0));
        writing.up();
        await writing.listen();
        return [tip.map((value) => value * writing.pxPerUnit), offsets.length / count / 3, writing.futures, writing.lifts.at(-1)];
    """
    )
    tip, steps, after, lifted = run(f"engine.js {WRITING}", body, given_for(small_model(), numbers=PEN_NUMBERS, rows=32))
    np.testing.assert_allclose(tip, (107, 50 + 12 * np.sin(29 / 3)), atol=0.3)
    assert (steps, after, lifted) == (20, None, True)


MOUNTING = """
const { default: mount } = await import("/sheet.js"), root = document.body.attachShadow({ mode: "open" });
root.innerHTML = `<style>${await (await fetch("/sheet.css")).text()}</style>` + await (await fetch("/sheet.html")).text();
const data = new Uint8Array(await (await fetch("/sheet")).arrayBuffer());
"""
MOUNT_AND_HEAR = (
    f"async () => {{ {MOUNTING}"
    + """
    return new Promise((done) => mount({ data, parentElement: root, setStateValue() {}, setTriggerValue: (...told) => done(told) }));
}"""
)
MOUNT_AND_DRAW = (
    f"async () => {{ {MOUNTING}"
    + """
    const told = [], component = { data, parentElement: root, setStateValue: (...each) => told.push(each), setTriggerValue() {} };
    mount(component);
    const sheet = root.querySelector(".sheet"), undo = root.querySelector(".undo");
    const end = performance.now() + 20000;
    const until = async (what) => {
        while (!what()) {
            if (performance.now() > end) throw new Error(`it never came to ${what}`);
            await new Promise(requestAnimationFrame);
        }
    };
    await until(() => sheet.dataset.ready);
    sheet.setPointerCapture = () => {};
    const pen = (name, x) => sheet.dispatchEvent(new PointerEvent(name, { pointerId: 1, clientX: x, clientY: 60, pointerType: "mouse" }));
    pen("pointerdown", 40);
    for (let x = 44; x < 160; x += 4) pen("pointermove", x);
    pen("pointerup", 160);
    await until(() => !undo.disabled);
    pen("pointerleave", 160);
    await until(() => told.length === 1);
    mount(component);
    await until(() => told.length === 2);
    return [...told.map(([name, { offsets }]) => [name, offsets]), undo.disabled];
}"""
)


def open_at(page: Page, address: str) -> None:
    """Go to a blank page from which a sheet can be mounted."""
    files = sheet_files(small_model())
    files |= {address: files["/"], "/base/weights": files.pop("/weights")}

    def answer(route: Route) -> None:
        kind, body = files[urlsplit(route.request.url).path]
        route.fulfill(content_type=kind, body=body)

    page.route("http://sheet.test/**", answer)
    page.goto(f"http://sheet.test{address}")


@pytest.mark.parametrize("address", ["/base/", "/base/your_hand"])
def test_a_sheet_whose_server_was_started_anew_keeps_its_ink_and_tells_of_it_again(page: Page, address: str) -> None:
    """Wherever the dashboard stands: the weights are below the folder of the page's address, and nothing else is."""
    open_at(page, address)
    (name, offsets), again, is_empty = page.evaluate(MOUNT_AND_DRAW)
    assert name == "ink" and len(offsets) > 30 and again == [name, offsets] and not is_empty


NO_WEBASSEMBLY = """
const Whole = Blob;
globalThis.Blob = class extends Whole {
    constructor(parts, kind) { super(["delete self.WebAssembly;", ...parts], kind); } // of a worker
};
"""


def test_a_browser_without_webassembly_asks_for_the_plain_sheet(page: Page) -> None:
    page.add_init_script(NO_WEBASSEMBLY)
    open_at(page, "/base/")
    assert page.evaluate(MOUNT_AND_HEAR) == ["plain", "this browser has no WebAssembly"]


def test_ink_that_is_given_keeps_its_strokes(run: Run) -> None:
    ink = wavy_offsets(60)
    body = BEGIN + "await writing.give({ x: 3, y: 4 }, floatsOf(given.ink)); return writing.ink()"
    found = ink_of(run(f"engine.js {WRITING}", body, given_for(small_model(), numbers=PEN_NUMBERS, rows=32, ink=text_of(ink))))
    assert found is not None and found.start == (3, 4)
    np.testing.assert_allclose(found.offsets, ink, atol=2e-4)
