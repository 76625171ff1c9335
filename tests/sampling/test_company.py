"""Lines of many threads, side by side: each is what it would be alone."""

from __future__ import annotations

import math
import threading

import numpy as np
import pytest
import torch

from hwmodel.cells.recording import record_cells
from hwmodel.ink.strokes import Strokes
from hwmodel.network.likelihood import nats_of, surprise
from hwmodel.network.stepper import Stepper
from hwmodel.sampling import company
from hwmodel.sampling.free_company import FreeCompany
from hwmodel.sampling.laws import AS_LEARNT, Sharpness, graves
from hwmodel.sampling.lines import generate
from tests.support.lines import wavy_offsets
from tests.support.models import small_model


def rest() -> None:
    """Until no company is at work."""
    for thread in threading.enumerate():
        if thread.name == company.THREAD:
            thread.join(20)


def test_a_line_in_company_is_the_line_that_is_generated_alone() -> None:
    model, biases, seeds = small_model(), (0.0, 0.5, 3.0), range(7)
    together = FreeCompany(model)
    asked = [(seed, bias, steps, together.write(seed, graves(bias), steps)) for steps in (1, 60, 130) for bias in biases for seed in seeds]
    for seed, bias, steps, written in asked:
        (alone,) = generate(model, [seed], graves(bias), steps)
        assert written.result(20).stopped == alone.stopped and len(written.result().strokes) == len(alone.strokes)
        np.testing.assert_allclose(written.result().strokes.offsets, alone.strokes.offsets, rtol=0, atol=1e-4)


def test_who_comes_later_joins_and_who_has_come_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine lines and a reading of all lengths on four places, asked for while the first is at its second fifty steps."""
    model, ink = small_model(), Strokes(wavy_offsets(90))
    step, reached, go_on, steps = Stepper.step, threading.Event(), threading.Event(), iter(range(10**6))

    def held(self: Stepper) -> torch.Tensor:
        if next(steps) == 70:
            reached.set()
            assert go_on.wait(20)
        return step(self)

    monkeypatch.setattr(company, "MOST_ROWS", 4)
    monkeypatch.setattr(Stepper, "step", held)
    together = FreeCompany(model)
    first = together.write(0, AS_LEARNT, 200)
    assert reached.wait(20)
    rows, read = [together.write(seed, AS_LEARNT, 30 * seed) for seed in range(1, 9)], together.read(ink)
    go_on.set()
    for seed, written in enumerate([first, *rows]):
        (alone,) = generate(model, [seed], AS_LEARNT, 30 * seed or 200)
        np.testing.assert_allclose(written.result(20).strokes.offsets, alone.strokes.offsets, rtol=0, atol=1e-4)
    np.testing.assert_allclose(read.result(20).cell[1:], record_cells(model, ink).cell, rtol=0, atol=1e-5)


def test_ink_is_read_in_company_as_it_is_recorded_and_scored() -> None:
    model, inks = small_model(), [Strokes(wavy_offsets(steps)) for steps in (1, 50, 120)]
    together = FreeCompany(model)
    others = [together.write(seed, AS_LEARNT, 80) for seed in range(3)]
    for ink, asked in [(ink, together.read(ink)) for ink in inks]:
        read, trace = asked.result(20), record_cells(model, ink)
        np.testing.assert_allclose(read.hidden[1:], trace.hidden, rtol=0, atol=1e-5)
        np.testing.assert_allclose(read.cell[1:], trace.cell, rtol=0, atol=1e-5)
        np.testing.assert_allclose(nats_of(read.raw[:-1], ink.offsets), surprise(model, [ink])[0], rtol=0, atol=1e-3)
    assert all(len(line.result(20).strokes) == 80 for line in others)


def test_a_line_goes_on_after_ink_that_was_read() -> None:
    model, ink = small_model(), Strokes(wavy_offsets(40), (3.0, 5.0))
    together = FreeCompany(model)
    written = together.write(4, graves(0.5), 70, (ink, together.read(ink).result(20))).result(20).strokes
    (alone,) = generate(model, [4], graves(0.5), 70, prime=ink, width=math.inf)
    assert written.start == alone.strokes.start == tuple(ink.points[-1])
    np.testing.assert_allclose(written.offsets, alone.strokes.offsets[: len(written)], rtol=0, atol=1e-4)


def test_a_network_that_fails_tells_everybody_and_is_asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    together, step = FreeCompany(small_model()), Stepper.step
    monkeypatch.setattr(Stepper, "step", lambda self: 1 / 0)
    written, read = together.write(1, AS_LEARNT, 20), together.read(Strokes(wavy_offsets(20)))
    for error in (written.exception(20), read.exception(20)):
        assert isinstance(error, ZeroDivisionError)
    monkeypatch.setattr(Stepper, "step", step)
    assert len(together.write(1, AS_LEARNT, 20).result(20).strokes) == 20
    rest()
    assert company.THREAD not in [thread.name for thread in threading.enumerate()], "it goes when there is nothing to do"


def test_a_line_that_is_no_number_spoils_no_other() -> None:
    together, model = FreeCompany(small_model()), small_model()
    spoilt, good = together.write(1, Sharpness(sigma_gain=math.inf), 300), together.write(2, AS_LEARNT, 60)
    (alone,) = generate(model, [2], AS_LEARNT, 60)
    np.testing.assert_allclose(good.result(20).strokes.offsets, alone.strokes.offsets, rtol=0, atol=1e-4)
    with pytest.raises(ValueError, match="must be finite"):
        spoilt.result(20)
    with pytest.raises(ValueError, match="at least one step"):
        together.write(1, AS_LEARNT, 0)
