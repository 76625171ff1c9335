"""Lines that are told, of many threads, side by side: each is what it would be alone."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch

from hwmodel.ink.strokes import Strokes
from hwmodel.network.checkpoint import load_text_checkpoint
from hwmodel.network.stepper import Stepper
from hwmodel.sampling.hands import Hand
from hwmodel.sampling.laws import AS_LEARNT, Sharpness, graves
from hwmodel.sampling.text_lines import WrittenText, write_texts
from hwmodel.sampling.told_company import ToldCompany
from tests.support.lines import wavy_offsets
from tests.support.models import small_text_model

Asked = tuple[list[str], list[int], Sharpness, Hand | None]
HAND = Hand("cab", Strokes(wavy_offsets(20)))
ASKED: list[Asked] = [
    (["abc"] * 8, list(range(8)), graves(0.5), None),
    (["cab cab", "a"], [1, 2], AS_LEARNT, None),
    (["abc", "cab"], [3, 4], graves(1.0), HAND),
    (["b" * 40], [5], AS_LEARNT, None),
]


def assert_same(found: list[WrittenText], alone: list[WrittenText], atol: float) -> None:
    for one, other in zip(found, alone, strict=True):
        assert (one.text, one.stopped, len(one.strokes)) == (other.text, other.stopped, len(other.strokes))
        for numbers, there in ((one.strokes.offsets, other.strokes.offsets), (one.progress, other.progress), (one.phi, other.phi)):
            np.testing.assert_allclose(numbers, there, rtol=0, atol=atol)


def test_lines_of_many_threads_are_those_that_are_written_alone() -> None:
    """Of several texts, laws and hands, most of them asked for while others are being written."""
    model = small_text_model()
    together = ToldCompany(model)
    with ThreadPoolExecutor(8) as threads:
        written = list(threads.map(lambda asked: together.write_texts(*asked), ASKED * 3))
    for found, asked in zip(written, ASKED * 3, strict=True):
        assert_same(found, write_texts(model, *asked), 1e-3)


@pytest.mark.skipif(not torch.backends.mkl.is_available(), reason="this torch has no MKL, whose products round a row alike in any company")
def test_a_line_is_the_same_to_the_last_bit_whoever_else_is_there() -> None:
    model = load_text_checkpoint("iam-text").model
    asked: list[Asked] = [(["on"] * 8, list(range(8)), graves(1.0), None), (["late"] * 3, [1, 2, 3], graves(0.5), None)]
    together, alone = ToldCompany(model), [ToldCompany(model).write_texts(*each) for each in asked]
    with ThreadPoolExecutor(2) as threads:
        for found, there in zip(threads.map(lambda each: together.write_texts(*each), asked), alone, strict=True):
            assert [one.strokes for one in found] == [one.strokes for one in there]


def test_a_network_that_fails_tells_everybody_and_is_asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    together, step = ToldCompany(small_text_model()), Stepper.step
    monkeypatch.setattr(Stepper, "step", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        together.write_texts(["abc"], [1], AS_LEARNT)
    monkeypatch.setattr(Stepper, "step", step)
    assert len(together.write_texts(["abc"], [1], AS_LEARNT)) == 1
    for thread in threading.enumerate():
        if thread.name == "company":
            thread.join(20)
    assert "company" not in [thread.name for thread in threading.enumerate()], "it goes when there is nothing to do"
