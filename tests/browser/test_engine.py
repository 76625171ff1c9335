"""The engine in a real Chromium on a blank page: what is read, written and asked of it in its worker."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Error, Page

from hwmodel.cells.recording import record_cells
from hwmodel.data.lines import load_lines
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.likelihood import score, step_nats, surprise
from hwmodel.sampling.laws import graves
from hwmodel.sampling.lines import generate
from hwmodel.views.network_weights import PRECISIONS
from hwmodel.views.script import script
from pages.ui.components.engine import FOLDER, parts
from tests.conftest import SHARED, needs_shared
from tests.support.engine import Run, floats_of, given_for, known_to_browser, run_on, text_of
from tests.support.lines import wavy_offsets
from tests.support.models import small_model

UNIPEN = "data/unipen_lines.npz"


@pytest.mark.parametrize("plain", [False, True], ids=["wasm", "plain"])
def test_what_is_read_costs_as_many_nats_and_leaves_the_cells_as_in_torch(run: Run, plain: bool) -> None:
    model = load_checkpoint("unipen").model
    lines = [one.strokes for one in generate(model, range(4), graves(0.5), max_steps=120)]
    body = """
        const { engine } = await begin(), found = [];
        for (const text of given.lines) {
            const line = await engine.open(), offsets = floatsOf(text);
            const first = await engine.read(line, offsets.subarray(0, 30)), rest = await engine.read(line, offsets.subarray(30));
            found.push([textOf(Float32Array.from([...first.nats, ...rest.nats])), textOf(rest.cells.slice(-500))]);
        }
        return found;
    """
    again = known_to_browser(model)
    found = run("engine.js", body, given_for(model, plain, lines=[text_of(line.offsets) for line in lines]))
    for (nats, cells), line, wanted in zip(found, lines, surprise(again, lines), strict=True):
        np.testing.assert_allclose(floats_of(nats).reshape(-1, 2), wanted, rtol=0, atol=2e-3)
        np.testing.assert_allclose(floats_of(cells), record_cells(again, line).cell[-1], rtol=0, atol=2e-3)


@needs_shared(UNIPEN)
def test_fifty_held_out_lines_cost_as_many_nats_in_the_browser_as_with_float32(run: Run) -> None:
    stored = load_lines(SHARED / UNIPEN)
    chosen = np.random.default_rng(0).choice(stored.choose("validation", "written"), 50, replace=False)
    model, lines = load_checkpoint("unipen").model, [stored.offsets(i)[:200] for i in chosen]  # most of a line
    body = """
        const { engine } = await begin();
        let nats = 0, steps = 0;
        for (const text of given.lines) {
            const record = await engine.read(await engine.open(), floatsOf(text));
            nats += record.nats.reduce((sum, each) => sum + each, 0);
            steps += record.nats.length / 2;
        }
        return [nats / steps, steps];
    """
    nats, steps = run("engine.js", body, given_for(model, lines=[text_of(line) for line in lines]))
    exact = score(model, lines)
    assert steps == exact.steps and nats == pytest.approx(exact.total, abs=0.005)


def test_the_same_seed_writes_the_same_ink_in_one_piece_and_in_two(run: Run) -> None:
    body = """
        const { engine } = await begin(), found = [];
        for (const [seed, pieces] of [[3, [40]], [3, [15, 25]], [4, [40]]]) {
            const line = await engine.open(), offsets = [];
            for (const steps of pieces) offsets.push(...(await engine.write(line, steps, { bias: 0.5, seed })).offsets);
            found.push(offsets);
        }
        return found;
    """
    whole, in_two, other = run("engine.js", body, given_for(load_checkpoint("unipen").model))
    assert whole == in_two != other
    assert len(whole) == 120 and set(whole[2::3]) <= {0, 1}


def test_what_the_engine_writes_is_like_what_python_writes(run: Run) -> None:
    """Sixteen lines of 300 steps each at bias 0.5: their median step, how often the pen lifts, and what they cost the network."""
    model = load_checkpoint("unipen").model
    body = """
        const { engine } = await begin(), found = [];
        for (let seed = 0; seed < 16; seed++) found.push(textOf((await engine.write(await engine.open(), 300, { bias: 0.5, seed })).offsets));
        return found;
    """
    theirs = [floats_of(text).reshape(-1, 3) for text in run("engine.js", body, given_for(model))]
    ours = [one.strokes.offsets for one in generate(model, range(16), graves(0.5), max_steps=300, width=1e6)]
    step, our_step = (np.median(np.hypot(*np.concatenate(lines)[:, :2].T)) for lines in (theirs, ours))
    lifts, our_lifts = (np.concatenate(lines)[:, 2].mean() for lines in (theirs, ours))
    cost, our_cost = (np.median([nats.sum(axis=1).mean() for nats in step_nats(model, lines)]) for lines in (theirs, ours))
    assert step == pytest.approx(our_step, rel=0.15)
    assert lifts == pytest.approx(our_lifts, abs=0.015)
    assert cost == pytest.approx(our_cost, abs=0.35)


def test_futures_are_told_apart_by_seed_and_number_alone(run: Run) -> None:
    body = """
        const { engine } = await begin(), line = await engine.open(), seeds = { bias: 0.5, seed: 1 };
        await engine.read(line, floatsOf(given.ink));
        const many = (await engine.futures(line, 6, 9, seeds)).offsets, few = (await engine.futures(line, 2, 4, seeds)).offsets;
        const other = (await engine.futures(line, 2, 4, { bias: 0.5, seed: 2 })).offsets;
        return [many, few, other].map(textOf);
    """
    found = run("engine.js", body, given_for(load_checkpoint("unipen").model, ink=text_of(wavy_offsets(20))))
    many, few, other = (floats_of(text).reshape(count, -1, 3) for text, count in zip(found, (6, 2, 2), strict=True))
    np.testing.assert_allclose(many[:2, :4], few, atol=1e-4)  # six rows and two are added up in another order
    assert not np.allclose(few, other, atol=0.01) and not np.allclose(many[0], many[1], atol=0.01)
    assert many.shape == (6, 9, 3)


def test_a_future_is_what_the_network_would_have_read(run: Run) -> None:
    """Its steps follow from one another: the nats of what was drawn, read by torch from the line's start, are those of a likely way."""
    model, ink = load_checkpoint("unipen").model, wavy_offsets(20)
    body = """
        const { engine } = await begin(), line = await engine.open();
        await engine.read(line, floatsOf(given.ink));
        return textOf((await engine.futures(line, 8, 20, { bias: 1, seed: 1 })).offsets);
    """
    futures = floats_of(run("engine.js", body, given_for(model, ink=text_of(ink)))).reshape(8, 20, 3)
    rows = [np.concatenate((ink, future)) for future in futures]
    shuffled = [np.concatenate((ink, future[::-1])) for future in futures]
    drawn, wrong = (np.mean([nats[20:].sum(axis=1).mean() for nats in step_nats(model, each)]) for each in (rows, shuffled))
    assert drawn < -2 and drawn < wrong - 1


def test_a_tail_is_looked_at_and_not_read(run: Run) -> None:
    body = """
        const { engine } = await begin(), line = await engine.open(), other = await engine.open(), manner = { bias: 0.5, seed: 1 };
        const ink = floatsOf(given.ink), head = ink.subarray(0, 30), tail = ink.subarray(30);
        for (const each of [line, other]) await engine.read(each, head);
        const seen = await engine.futures(line, 4, 5, manner, tail);
        const copy = await engine.copy(line);
        const unmoved = await engine.futures(copy, 4, 5, manner), as_before = await engine.futures(other, 4, 5, manner);
        await engine.read(copy, tail);
        const read = await engine.futures(copy, 4, 5, manner);
        return [seen.offsets, read.offsets, unmoved.offsets, as_before.offsets, seen.tail.nats].map(textOf);
    """
    found = run("engine.js", body, given_for(load_checkpoint("unipen").model, ink=text_of(wavy_offsets(15))))
    seen, read, unmoved, as_before, nats = map(floats_of, found)
    np.testing.assert_array_equal(seen, read)
    np.testing.assert_array_equal(unmoved, as_before)
    assert len(nats) == 10 and not np.allclose(seen, unmoved, atol=0.01)


def test_what_is_asked_in_vain_is_told(run: Run) -> None:
    body = """
        const failing = (promise) => promise.then(() => "", (error) => error.message), found = [];
        const engine = js.startEngine({ worker: given.worker, kernel: null });
        found.push(await failing(engine.open()));
        found.push(await failing(engine.load(new TextEncoder().encode("nonsense, and not short"))));
        found.push(await failing(engine.load(bytesOf(given.weights).subarray(0, 300))));
        found.push(await failing(engine.load(bytesOf(given.other))));
        await engine.load(bytesOf(given.weights), 2);
        const line = await engine.open();
        found.push(await failing(engine.futures(line, 3, 4, { bias: 0, seed: 0 })));
        await engine.close(line);
        found.push(await failing(engine.read(line, new Float32Array(3))));
        const waiting = failing(engine.open());
        engine.stop();
        found.push(await waiting, await failing(engine.open()));
        return found;
    """
    given = given_for(small_model())
    other = base64.b64decode(given["weights"]).replace(b"handwriting-weights-1", b"handwriting-weights-9")
    found = run("engine.js", body, given | {"other": text_of(other)})
    complaints = (
        "load them first",
        "no packed weights",
        "fetch them again",
        "handwriting-weights-9",
        "room for 2",
        "no open line",
        "stopped",
        "stopped",
    )
    assert all(complaint in told for complaint, told in zip(complaints, found, strict=True)), found


def test_a_worker_that_cannot_start_is_told(run: Run) -> None:
    body = 'return js.startEngine({ worker: "this is no js", kernel: null }).open().then(() => "", (error) => error.message)'
    assert "worker failed" in run("engine.js", body)


def test_a_kernel_that_the_browser_does_not_take_gives_way_to_plain_js(run: Run) -> None:
    given = given_for(small_model()) | {"kernel": text_of(parts().kernel[:-20])}
    assert run("engine.js", "return (await begin()).told.kernel", given) == "js"
    assert run("engine.js", "return (await begin()).told.kernel", given_for(small_model())) == "wasm"


def test_the_engine_runs_on_a_page_opened_from_a_disk(page: Page, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<!doctype html><title>blank</title>", "utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    body = """
        const { engine, told } = await begin(), { offsets } = await engine.write(await engine.open(), 5, { bias: 1, seed: 0 });
        return [told.kernel, offsets.length];
    """
    assert run_on(page, "engine.js", body, given_for(small_model())) == ["wasm", 15]


def test_where_a_page_forbids_webassembly_plain_js_takes_over(page: Page) -> None:
    policy = "script-src 'unsafe-inline' blob:; worker-src blob:"
    page.route("http://engine.test/", lambda route: route.fulfill(body="<p>blank</p>", headers={"Content-Security-Policy": policy}))
    page.goto("http://engine.test/")
    with pytest.raises(Error, match=r"unsafe-eval|CSP"):
        page.evaluate("WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))")
    source = script(FOLDER / "engine.js")
    found = page.evaluate(
        """async ([source, given]) => {
            const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
            const js = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
            const engine = js.startEngine({ worker: given.worker, kernel: bytesOf(given.kernel) });
            return (await engine.load(bytesOf(given.weights))).kernel;
        }""",
        [source, given_for(small_model())],
    )
    assert found == "js"


def test_the_worker_is_ready_for_both_precisions(run: Run) -> None:
    for precision in PRECISIONS:
        told = run("engine.js", "return (await begin()).told", given_for(small_model(), precision=precision))
        assert (told["header"]["precision"], told["header"]["cells"]) == (precision, 8)
