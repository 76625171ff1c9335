"""The engine's numbers in a real Chromium on a blank page are Python's: a step in WebAssembly and in plain js, and what is drawn from it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.sampling.laws import graves
from hwmodel.sampling.lines import draw
from hwmodel.views.network_weights import Precision
from tests.support.engine import Run, floats_of, given_for, known_to_browser, text_of
from tests.support.models import small_model
from tests.support.states import random_states, torch_step

NEAR = 1e-4


STEP = """
const network = await js.makeNetwork(js.readWeights(bytesOf(given.weights)), given.kernel && bytesOf(given.kernel), given.count);
const arrays = ["hidden", "cell", "offset"].map((name) => [network[name], floatsOf(given[name])]);
for (const [rows, values] of arrays) rows.forEach((row, i) => row.set(values.subarray(i * row.length, (i + 1) * row.length)));
network.step(given.count);
const joined = (rows) => textOf(Float32Array.from(rows.flatMap((row) => [...row])));
return [network.kernel, joined(network.hidden), joined(network.cell), joined(network.raw)];
"""


@pytest.mark.parametrize(
    ("name", "precision", "plain"),
    [("unipen", "int8", False), ("iam", "float16", False), ("unipen", "int8", True)],
    ids=["wasm", "wasm of float16", "plain"],
)
def test_a_thousand_random_states_go_where_torch_goes(run: Run, name: str, precision: Precision, plain: bool) -> None:
    model, states = load_checkpoint(name).model, random_states(1000, 500)
    texts: dict[str, Any] = dict(zip(("hidden", "cell", "offset"), map(text_of, states), strict=True))
    kernel, *found = run("data.js network.js", STEP, given_for(model, plain, precision, count=1000, **texts))
    assert kernel == ("js" if plain else "wasm")
    for text, wanted in zip(found, torch_step(known_to_browser(model, precision), *states), strict=True):
        np.testing.assert_allclose(floats_of(text).reshape(wanted.shape), wanted, rtol=0, atol=NEAR)


@pytest.mark.parametrize("plain", [False, True], ids=["wasm", "plain"])
@pytest.mark.parametrize(("cells", "components", "count"), [(8, 3, 5), (7, 2, 4), (1, 1, 1)])
def test_any_size_will_do(run: Run, cells: int, components: int, count: int, plain: bool) -> None:
    model, states = small_model(cells, components), random_states(count, cells)
    texts: dict[str, Any] = dict(zip(("hidden", "cell", "offset"), map(text_of, states), strict=True))
    _, *found = run("data.js network.js", STEP, given_for(model, plain, count=count, **texts))
    for text, wanted in zip(found, torch_step(known_to_browser(model), *states), strict=True):
        np.testing.assert_allclose(floats_of(text).reshape(wanted.shape), wanted, rtol=0, atol=NEAR)


def test_a_movement_is_drawn_as_python_draws_it(run: Run) -> None:
    """From the same raw outputs with the same random numbers, at three sharpnesses."""
    rng = np.random.default_rng(0)
    raw, random = rng.normal(0, 1.5, (300, 121)).astype(np.float32), rng.random((300, 4)).astype(np.float32)
    random[:, 2:] = rng.normal(0, 1, (300, 2))
    body = """
        const raw = floatsOf(given.raw), random = floatsOf(given.random), drawn = new Float32Array(900);
        for (let i = 0; i < 300; i++) {
            js.draw(raw.subarray(121 * i, 121 * i + 121), 20, given.bias, Float64Array.from(random.subarray(4 * i, 4 * i + 4)),
                drawn.subarray(3 * i, 3 * i + 3));
        }
        return textOf(drawn);
    """
    for bias in (0.0, 0.5, 2.0):
        found = floats_of(run("mixture.js", body, {"raw": text_of(raw), "random": text_of(random), "bias": bias})).reshape(-1, 3)
        np.testing.assert_allclose(found, draw(torch.from_numpy(raw), torch.from_numpy(random), graves(bias)), rtol=1e-4, atol=1e-4)


def test_random_numbers_are_even_normal_and_no_neighbours_likeness(run: Run) -> None:
    body = """
        const all = [], out = new Float64Array(4);
        for (let seed = 0; seed < 10; seed++) for (let stream = 0; stream < 20; stream++) for (let step = 0; step < 100; step++) {
            js.noise(seed, stream, step, out);
            all.push(...out);
        }
        return textOf(Float32Array.from(all));
    """
    numbers = floats_of(run("random.js", body)).reshape(10, 20, 100, 4).astype(np.float64)
    assert ((numbers[..., :2] > 0) & (numbers[..., :2] < 1)).all()
    flat = numbers.reshape(-1, 4)  # 20,000 rows: a mean's standard error is 0.007 of a standard deviation, a correlation's 0.007
    np.testing.assert_allclose(flat.mean(axis=0), (0.5, 0.5, 0, 0), atol=0.03)
    np.testing.assert_allclose(flat.std(axis=0), (12**-0.5, 12**-0.5, 1, 1), rtol=0.03)
    shares = np.histogram(flat[:, 0], 10, (0, 1))[0] / len(flat)
    np.testing.assert_allclose(shares, 0.1, atol=0.01)
    assert np.abs(np.corrcoef(flat.T) - np.eye(4)).max() < 0.035
    for axis in range(3):
        here, there = np.delete(numbers, -1, axis).reshape(-1, 4), np.delete(numbers, 0, axis).reshape(-1, 4)
        assert max(abs(np.corrcoef(here[:, k], there[:, k])[0, 1]) for k in range(4)) < 0.035
    assert len(np.unique(flat[:, 0])) > 0.99 * len(flat)


def test_half_numbers_are_those_of_numpy(run: Run) -> None:
    bits = np.arange(0x10000, dtype=np.uint16)
    bits = bits[np.isfinite(bits.view(np.float16))]
    found = floats_of(run("data.js", "return textOf(Float32Array.from(given, js.halfToNumber))", bits.tolist()))
    np.testing.assert_array_equal(found, bits.view(np.float16).astype(np.float32))
