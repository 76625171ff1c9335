"""Several samples of each line, ranked, in one hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

import hwmodel.training.writing
from hwmodel.ink.strokes import Strokes
from hwmodel.sampling.endings import WRITTEN
from hwmodel.sampling.hands import Hand
from hwmodel.sampling.laws import AS_LEARNT
from hwmodel.sampling.text_lines import WrittenText
from hwmodel.training.recogniser import Recogniser
from hwmodel.training.writing import ATTEMPTS, ROWS, write_best, write_ranked
from tests.support.lines import wavy_offsets
from tests.support.models import small_text_model


class Calls(list[tuple[list[str], list[tuple[int, ...]], Hand | None]]):
    """What was asked to be written; the samples whose last seed is in `runaways` are no lines."""

    runaways: Sequence[int] = ()

    def write(self, model: Any, texts: list[str], seeds: list[tuple[int, ...]], sharpness: Any, hand: Hand | None) -> list[WrittenText]:
        self.append((texts, seeds, hand))
        return [
            WrittenText(text, Strokes(wavy_offsets(40, seed[-1])), np.zeros(40), np.zeros((40, len(text))), self.stopped(seed))
            for text, seed in zip(texts, seeds, strict=True)
        ]

    def stopped(self, seed: tuple[int, ...]) -> str:
        return "it left the line upwards" if seed[-1] in self.runaways else WRITTEN


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The higher a sample's number, the better it can be read."""
    found = Calls()
    monkeypatch.setattr(hwmodel.training.writing, "write_texts", found.write)
    monkeypatch.setattr(hwmodel.training.writing, "rank", lambda recogniser, samples: list(range(len(samples)))[::-1])
    return found


def ink(sample: int) -> Strokes:
    return Strokes(wavy_offsets(40, sample))


def test_samples_come_with_the_most_legible_first_and_without_runaways(calls: Calls) -> None:
    calls.runaways = (1, 3)
    one, other = write_ranked(small_text_model(), ["abc", "cab"], [(0,), (1,)], 4, AS_LEARNT, Recogniser())
    assert [line.strokes for line in one] == [ink(2), ink(0)] and {line.text for line in other} == {"cab"}


def test_a_line_of_which_no_sample_came_to_its_end_is_tried_again(calls: Calls) -> None:
    calls.runaways = (0, 1)
    (found,) = write_ranked(small_text_model(), ["abc"], [(7,)], 2, AS_LEARNT, Recogniser())
    assert [line.strokes for line in found] == [ink(3), ink(2)]
    calls.runaways = range(100)
    with pytest.raises(ValueError, match=r"'abc' was not written to its end \(it left the line upwards\); take another seed"):
        write_ranked(small_text_model(), ["abc"], [(7,)], 2, AS_LEARNT, Recogniser())
    assert len(calls) == 2 + ATTEMPTS


def test_all_lines_of_a_page_are_in_the_hand_of_the_first(calls: Calls) -> None:
    lines = ["abc"] * (2 + ROWS // 8)
    told: list[str] = []
    found = write_best(small_text_model(), lines, 0, 8, AS_LEARNT, Recogniser(), told.append)
    (first, _, none), (many, _, hand), (rest, _, same) = calls
    assert (len(first), len(many), len(rest), none) == (8, ROWS, 8, None) and len(found) == len(told) == len(lines)
    assert hand and hand.text == "abc" and hand.strokes == found[0].strokes and same == hand


def test_a_given_hand_is_that_of_every_line(calls: Calls) -> None:
    hand = Hand("cab", ink(0))
    write_best(small_text_model(), ["abc", "cab"], 0, 8, AS_LEARNT, Recogniser(), hand=hand)
    assert [used for _, _, used in calls] == [hand]
