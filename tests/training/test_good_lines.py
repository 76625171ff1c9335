"""Which seeds write good lines."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.ink.strokes import Strokes
from hwmodel.sampling.text_lines import WrittenText
from hwmodel.training import good_lines as module
from hwmodel.training.good_lines import good_lines, good_told, known_share, vocabulary
from hwmodel.training.recogniser import Recogniser, RecogniserConfig
from tests.support.lines import wavy_offsets
from tests.support.models import small_model, small_text_model

WORDS = vocabulary(["I saw the mind", "a B."])


def test_a_vocabulary_holds_words_and_no_single_letters_but_two() -> None:
    assert sorted(WORDS) == ["a", "i", "mind", "saw", "the"]


@pytest.mark.parametrize(("text", "share"), [("The mind.", 1), ("thx mind", 4 / 7), ("b saw", 3 / 4), ("", 0), ("...", 0)])
def test_letters_in_known_words_are_counted(text: str, share: float) -> None:
    assert known_share(text, WORDS) == share


def test_lines_with_the_most_known_words_come_first_and_those_that_seldom_lift_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(recogniser: Recogniser, lines: list[Strokes]) -> list[str]:
        return ["xx the", "the mind", "zz"][: len(lines)]

    monkeypatch.setattr(module, "read_lines", read)
    monkeypatch.setattr(module, "STEPS", 60)
    recogniser = Recogniser(RecogniserConfig("themindxz ", 8, 8))
    every = good_lines(small_model(), recogniser, 0.5, range(3), WORDS, 0)
    assert [line.seed for line in every] == [1, 0, 2]
    lifts = sorted(line.lifts for line in every)
    assert lifts == sorted(100 * float(np.mean(line.strokes.pen_up)) for line in every)
    often = good_lines(small_model(), recogniser, 0.5, range(3), WORDS, lifts[1] + 1e-9)
    assert [line.lifts for line in often] == [lift for lift in lifts if lift > lifts[1]]


def test_seeds_that_write_most_of_the_told_words_come_first_and_those_that_do_not_end_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {0: ["cab", "xx"], 2: ["cab", "abc"]}
    asked: list[int] = []

    def write(model: object, texts: list[str], seeds: list[tuple[int, int]], *more: object) -> list[list[WrittenText]]:
        ((seed, _),) = set(seeds)
        if seed == 1:
            raise ValueError("not written to its end")
        asked.append(seed)
        return [[WrittenText(text, Strokes(wavy_offsets(30)), np.zeros(30), np.zeros((30, 3)), "")] for text in texts]

    monkeypatch.setattr(module, "write_ranked", write)
    monkeypatch.setattr(module, "read_lines", lambda recogniser, inks: said[asked[-1]])
    found = good_told(small_text_model(), Recogniser(RecogniserConfig("abcx ", 8, 8)), 1.0, range(3), ["cab", "abc"])
    assert [(line.seed, line.known, line.text) for line in found] == [(2, 1, "cab / abc"), (0, 3 / 5, "cab / xx")]
