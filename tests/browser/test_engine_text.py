"""A network that is told what to write, in a real Chromium on a blank page: where its window goes, what it writes, and where it ends."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from hwmodel.network.checkpoint import load_text_checkpoint
from hwmodel.network.mixture import nll
from hwmodel.network.text_model import TextModel
from hwmodel.network.text_stepper import TextStepper
from hwmodel.network.windowed_lstm import TextState
from hwmodel.sampling import endings
from hwmodel.sampling.laws import graves
from hwmodel.sampling.text_lines import write_texts
from hwmodel.views.engine import ENDING_NUMBERS
from tests.support.engine import Run, floats_of, given_for, text_known_to_browser, text_of
from tests.support.models import small_text_model
from tests.support.states import random_states

NEAR = 1e-4
TEXT = "Dear Susan, 42!"
REASONS = {
    "written": endings.WRITTEN,
    "full": "the line is full",
    "up": "it left the line upwards",
    "down": "it left the line downwards",
    "back": "it left the line to the left",
    "loop": "it was going round in circles",
    "still": "the pen was standing still",
}


STEP = """
const network = await js.makeNetwork(js.readWeights(bytesOf(given.weights)), given.kernel && bytesOf(given.kernel), given.count);
const arrays = ["hidden", "cell", "offset", "window"].map((name) => [network[name], floatsOf(given[name])]);
for (const [rows, values] of arrays) rows.forEach((row, i) => row.set(values.subarray(i * row.length, (i + 1) * row.length)));
const kappa = floatsOf(given.kappa);
for (let row = 0; row < given.count; row++) network.reading[row] = { ...js.beginReading(given.text, network.alphabet), kappa: kappa[row] };
network.step(given.count);
const joined = (rows) => textOf(Float32Array.from(rows.flatMap((row) => [...row])));
const { reading } = network;
const seen = [network.hidden, network.cell, network.raw, network.window, reading.map(({ phi }) => phi)].map(joined);
return [...seen, ...["kappa", "progress", "beyond"].map((name) => joined(reading.map((one) => [one[name]])))];
"""


@torch.inference_mode()
def assert_steps_agree(run: Run, model: TextModel, text: str, count: int, plain: bool) -> None:
    """Random states of the network, its window and how far it has come, one step on."""
    config, rng = model.config, np.random.default_rng(1)
    hidden, cell, offset = random_states(count, config.cells)
    window, kappa = (rng.random((count, columns)).astype(np.float32) for columns in (config.classes, 1))
    kappa *= len(text) + 1
    arrays = {"hidden": hidden, "cell": cell, "offset": offset, "window": window, "kappa": kappa}
    texts: dict[str, Any] = {name: text_of(array) for name, array in arrays.items()}
    found = run("data.js network.js window.js", STEP, given_for(model, plain, count=count, text=text, **texts))
    known = text_known_to_browser(model)
    stepper = TextStepper(known, known.text([text] * count))
    stepper.start(TextState(*(torch.from_numpy(array) for array in (hidden, cell, window, kappa))), torch.from_numpy(offset))
    raw = stepper.step()
    wanted = (stepper.hidden, stepper.cell, raw, stepper.window, stepper.phi, stepper.kappa, stepper.progress, stepper.beyond)
    for name, numbers, there in zip(("hidden", "cell", "raw", "window", "phi", "kappa", "progress", "beyond"), found, wanted, strict=True):
        np.testing.assert_allclose(floats_of(numbers).reshape(there.shape), there, rtol=1e-4, atol=NEAR, err_msg=name)


@pytest.mark.parametrize("plain", [False, True], ids=["wasm", "plain"])
def test_random_states_and_windows_go_where_torch_goes(run: Run, plain: bool) -> None:
    assert_steps_agree(run, load_text_checkpoint("iam-text").model, TEXT, 200 if plain else 1000, plain)


def test_a_network_of_another_size_goes_where_torch_goes(run: Run) -> None:
    assert_steps_agree(run, small_text_model(), "cab cab", 5, False)


@torch.inference_mode()
def test_a_line_that_is_read_with_its_text_costs_as_many_nats_as_in_torch(run: Run) -> None:
    model = load_text_checkpoint("iam-text").model
    (line,) = write_texts(model, [TEXT], [3], graves(0.5))
    body = """
        const { engine } = await begin(), record = await engine.read(await engine.open(given.text), floatsOf(given.ink));
        return [record.nats, record.progress].map(textOf);
    """
    nats, progress = map(floats_of, run("engine.js", body, given_for(model, text=TEXT, ink=text_of(line.strokes.offsets))))
    known, targets = text_known_to_browser(model), torch.from_numpy(line.strokes.offsets.copy())[None]
    gone = known.run(torch.cat((torch.zeros(1, 1, 3), targets[:, :-1]), dim=1), known.text([TEXT]))
    wanted = nll(known.predict(gone), targets)
    np.testing.assert_allclose(nats.reshape(-1, 2), torch.stack((wanted.xy[0], wanted.pen[0]), dim=1), rtol=0, atol=5e-3)
    np.testing.assert_allclose(progress, known.progress(gone)[0], rtol=0, atol=5e-3)


def test_a_text_is_written_to_its_end_and_no_further(run: Run) -> None:
    """As Python writes it: each to its end, in about as many steps, and the same in the futures of the line's beginning."""
    model = load_text_checkpoint("iam-text").model
    body = """
        const { engine } = await begin(), found = [];
        for (let seed = 0; seed < 4; seed++) {
            const line = await engine.open(given.text), record = await engine.writeToEnd(line, 1200, { bias: 1, seed }, given.numbers);
            found.push([record.reason, record.offsets.length / 3, record.progress.at(-1), record.cells.length, record.nats.length]);
        }
        const futures = await engine.futures(await engine.open(given.text), 3, 20, { bias: 1, seed: 0 });
        return [found, futures.offsets.length];
    """
    found, futures = run("engine.js", body, given_for(model, text=TEXT, numbers=ENDING_NUMBERS))
    ours = write_texts(model, [TEXT] * 4, range(4), graves(1.0))
    for reason, steps, progress, cells, nats in found:
        assert reason == "written" and (cells, nats) == (500 * steps, 2 * steps)
        assert progress == pytest.approx(len(TEXT), abs=1.2)
    assert np.mean([row[1] for row in found]) == pytest.approx(np.mean([len(line.strokes) for line in ours]), rel=0.2)
    assert futures == 3 * 20 * 3


def made_up_line(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Offsets (T, 3) that leave the line, stand still, go round or end; how far their window has passed a text's end; and whether it looks beyond."""
    steps = int(rng.integers(1, 400))
    offsets = rng.normal(0, rng.choice((1e-4, 0.3, 1.0)), (steps, 3))
    offsets[:, :2] += rng.choice((-0.15, 0.0, 0.9)), rng.choice((-0.2, 0.0, 0.0, 0.2))
    offsets[:, 2] = rng.random(steps) < rng.choice((0.0, 0.1))
    passed = np.linspace(-20, rng.choice((-10.0, 0.5, 3.0)), steps)
    return offsets.astype(np.float32), passed, passed + rng.normal(0, 0.5, steps) > 0


def test_lines_end_where_python_ends_them(run: Run) -> None:
    rng = np.random.default_rng(0)
    lines = [made_up_line(rng) for _ in range(150)]
    body = """
        return given.lines.map(([offsets, passed, over]) => [true, false].map((told) => {
            const watch = js.watchLine(given.numbers);
            for (let i = 0; i < offsets.length; i++) {
                const reading = { codes: [1], progress: passed[i] + 1, phi: [0.5], beyond: over[i] ? 1 : 0 };
                const end = watch(offsets[i], told ? reading : null);
                if (end) return [end.steps, end.reason];
            }
            return null;
        }));
    """
    given = {"numbers": ENDING_NUMBERS, "lines": [[array.tolist() for array in line] for line in lines]}
    seen = set()
    for (offsets, passed, over), ends in zip(lines, run("endings.js", body, given), strict=True):
        runaway = endings.ending(offsets, width=np.inf)
        for end, wanted in zip(ends, (endings.end_of_text(offsets, passed, over), endings.ending(offsets)), strict=True):
            assert (end and end[0]) == (wanted and wanted.steps)
            if wanted and not (runaway and runaway.steps == wanted.steps):  # of two reasons at one step, either will do
                assert REASONS[end[1]] == wanted.reason
            seen.add(end and end[1])
    assert seen == {None, *REASONS}


def test_a_text_that_cannot_be_written_is_a_sentence(run: Run) -> None:
    body = """
        const { engine } = await begin(), failing = (promise) => promise.then(() => "", (error) => error.message);
        return [await failing(engine.open("")), await failing(engine.open("a🙂b"))];
    """
    nothing, strange = run("engine.js", body, given_for(small_text_model()))
    assert "there is no text" in nothing and "never seen 🙂; it knows abc" in strange
