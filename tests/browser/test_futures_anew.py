"""What the js of futures drawn anew makes of numbers, on a blank page, beside what Python makes of the same ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from hwmodel.cells.recording import record_cells
from hwmodel.futures.branches import group, next_step
from hwmodel.futures.certainty import spread
from hwmodel.futures.values import Futures, side_angles
from hwmodel.ink.strokes import Strokes
from hwmodel.network.as_arrays import weights_of
from hwmodel.sampling.laws import graves
from hwmodel.views.futures_anew import drawn_with
from hwmodel.views.futures_view import NO_SIDE, PER_UNIT, future_arrays
from tests.support.engine import Run, text_of
from tests.support.lines import wavy_offsets
from tests.support.models import small_model

INK = Strokes(wavy_offsets(60))
SAMPLES, STEPS = 24, 30
BIAS = 0.6


def in_groups(seed: int, points: tuple[int, ...], groups: int = 3) -> Futures:
    """Futures that go to one of so many sides, some of which lift the pen."""
    rng = np.random.default_rng(seed)
    ways = np.array([(0.5, 0.1), (-0.3, 0.6), (0.1, -0.6)])[rng.integers(0, groups, (len(points), SAMPLES))]
    offsets = np.zeros((len(points), SAMPLES, STEPS, 3), np.float32)
    offsets[..., :2] = ways[:, :, None] + rng.normal(0, 0.1, (len(points), SAMPLES, STEPS, 2))
    offsets[..., 2] = rng.random((len(points), SAMPLES, STEPS)) < 0.04
    return Futures(np.array(points), offsets)


def sent(futures: Futures, mode: str) -> dict[str, Any]:
    """What the js is given."""
    header = {"samples": SAMPLES, "steps": STEPS, "per_unit": PER_UNIT, "no_side": NO_SIDE, "mode": mode}
    return {
        "points": text_of(INK.points),
        "lifts": INK.pen_up.astype(int).tolist(),
        "start": (futures.points + 1).tolist(),
        "offsets": [text_of(each) for each in futures.offsets],
        "header": header,
        "numbers": drawn_with(BIAS, 0),
    }


ARRAYS = """
const ink = { points: floatsOf(given.points), pen_up: Uint8Array.from(given.lifts) };
const made = js.arraysOf(ink, Int32Array.from(given.start), given.offsets.map(floatsOf), given.header, given.numbers);
"""


@pytest.mark.parametrize("mode", ["hairs", "whole"])
def test_arrays_of_futures_are_those_of_python(run: Run, mode: str) -> None:
    futures = in_groups(1, (3, 11, 20, 52, 58), groups=2)
    found = run(
        "../futures_anew/arrays.js",
        ARRAYS + "return Object.fromEntries(Object.entries(made).map(([name, a]) => [name, [...a]]))",
        sent(futures, mode),
    )
    ours = future_arrays(INK, futures, side_angles(futures, INK), np.zeros(0, np.int64) if mode == "whole" else None)
    drawn = np.arange(STEPS) < futures.lengths[..., None]
    near = np.abs(np.reshape(found["paths"], ours["paths"].shape) - ours["paths"])
    assert near[drawn if mode == "hairs" else np.ones_like(drawn)].max() <= 1  # float64 there, float32 here
    assert np.abs(np.ravel(ours["side"]) - found["side"]).max() <= 1 and (np.ravel(ours["side"]) == NO_SIDE).any()
    assert found["lifted"] == ours["lifted"].ravel().tolist() and found["forks"] == ours["forks"].tolist()
    assert found["lengths"] == (np.full(futures.lengths.size, STEPS) if mode == "whole" else ours["lengths"].ravel()).tolist()
    if mode == "whole":
        before = np.roll(futures.offsets[..., 2], 1, axis=2)
        before[..., 0] = INK.pen_up[futures.points][:, None]
        assert found["air"] == before.astype(int).ravel().tolist()
    else:
        assert found["forks"], "the futures were made to fork"


def test_curves_that_futures_give_are_taken_anew(run: Run) -> None:
    futures = in_groups(2, (3, 20, 40))
    curves = np.arange(20, dtype=np.float32).reshape(4, 5)  # of five starts, of which these are the first, third and last
    body = ARRAYS + "return [...js.curvesOf(floatsOf(given.curves), 5, [0, 2, 4], made, given.header, given.numbers)]"
    found = np.reshape(run("../futures_anew/arrays.js", body, sent(futures, "sure") | {"curves": text_of(curves)}), (4, 3))
    np.testing.assert_allclose(found[0], spread(futures.ends), atol=0.02)
    np.testing.assert_allclose(found[2], futures.lifted.mean(axis=1), atol=1e-6)
    np.testing.assert_array_equal(found[[1, 3]], curves[[1, 3]][:, [0, 2, 4]])


@pytest.mark.parametrize("seed", range(4))
def test_branches_are_those_of_python(run: Run, seed: int) -> None:
    futures = in_groups(seed, (9,))
    fan = group(futures)
    given = {
        "paths": text_of(futures.paths),
        "lengths": futures.lengths[0].tolist(),
        "lifted": futures.lifted[0].astype(int).tolist(),
        "numbers": drawn_with(BIAS, 0)["branch"],
    }
    body = (
        "const found = js.branchesOf(floatsOf(given.paths), given.lengths, given.lifted, given.numbers); return { ...found, label: [...found.label] }"
    )
    found = run("../futures_anew/grouping.js", body, given)
    assert len(fan.branches) > 1 and found["label"] == fan.label.tolist()
    assert [branch["typical"] for branch in found["branches"]] == [branch.typical for branch in fan.branches]
    np.testing.assert_allclose([(b["share"], b["lifts"]) for b in found["branches"]], [(b.share, b.lifts) for b in fan.branches], atol=1e-6)


def test_the_next_steps_mixture_is_that_of_python(run: Run) -> None:
    model = small_model()
    trace, weights = record_cells(model, INK), weights_of(model)
    raw = weights.output @ trace.hidden[30] + weights.output_bias
    ours = next_step(model, trace, 30, graves(BIAS))
    body = """const { gaussians, density, ...found } = js.nextStep(floatsOf(given.raw), given.bias, given.cells);
        return { ...found, gaussians: [...gaussians], density: [...density] }"""
    found = run("../futures_anew/next_step.js", body, {"raw": text_of(raw), "bias": BIAS, "cells": len(ours.density)})
    np.testing.assert_allclose(
        np.reshape(found["gaussians"], (-1, 6)), np.concatenate((ours.pi[:, None], ours.mu, ours.sigma, ours.rho[:, None]), axis=1), atol=1e-4
    )
    np.testing.assert_allclose([found["grid"][name] for name in ("left", "top", "size")], (ours.left, ours.top, ours.size), rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(np.reshape(found["density"], ours.density.shape), 255 * np.sqrt(ours.density / ours.density.max()), atol=1.5)
    assert found["pen_up_share"] == pytest.approx(ours.pen_up, abs=1e-5)
