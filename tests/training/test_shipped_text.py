"""What is shipped for writing a given text: the network that writes it, and the one that reads it."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.network.checkpoint import load_text_checkpoint
from hwmodel.network.shipped import Kind, available_checkpoints, judging_recogniser, ranking_recogniser
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.laws import graves
from hwmodel.sampling.text_lines import write_texts
from hwmodel.training.legibility import error_rate, ranked
from hwmodel.training.recogniser import Recogniser, load_recogniser, read_lines

TEXTS = ["the old house", "a letter from her", "We had tea", "some people", "it is said", "nothing more", "He was there", "in the morning"]


@pytest.fixture(scope="module")
def model() -> TextModel:
    return load_text_checkpoint("iam-text").model


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return load_recogniser("reader")


def test_pages_are_offered_only_networks_that_write_as_they_like() -> None:
    assert available_checkpoints() == ["iam", "unipen"]
    assert available_checkpoints(kind=Kind.TEXT) == ["iam-text", "unipen-text"] and available_checkpoints(kind=Kind.RECOGNISER) == ["judge", "reader"]
    assert (ranking_recogniser(), judging_recogniser()) == ("reader", "judge")


def test_what_is_written_can_be_read(model: TextModel, recogniser: Recogniser) -> None:
    written = write_texts(model, TEXTS, range(len(TEXTS)), graves(1))
    assert all(line.finished for line in written)
    found = read_lines(recogniser, [line.strokes for line in written])
    assert error_rate(found, TEXTS) < 0.2
    assert error_rate(found, TEXTS[1:] + TEXTS[:1]) > 0.6, "it reads what is there, not what it may expect"


def test_of_several_samples_the_best_is_read_with_fewer_faults(model: TextModel, recogniser: Recogniser) -> None:
    samples = [write_texts(model, [text] * 4, range(4), graves(0.5)) for text in TEXTS[:4]]
    best = [ranked(recogniser, each)[0].strokes for each in samples]
    worst = [ranked(recogniser, each)[-1].strokes for each in samples]
    rates = [error_rate(read_lines(recogniser, lines), TEXTS[:4]) for lines in (best, worst)]
    assert rates[0] <= rates[1] and rates[0] < 0.1


def test_the_network_that_may_go_anywhere_can_be_read_too(recogniser: Recogniser) -> None:
    unipen = load_text_checkpoint("unipen-text").model
    best = [ranked(recogniser, write_texts(unipen, [text] * 4, range(4), graves(1)))[0].strokes for text in TEXTS[:4]]
    assert error_rate(read_lines(recogniser, best), TEXTS[:4]) < 0.2


def test_the_window_goes_through_the_text_from_its_beginning_to_its_end(model: TextModel) -> None:
    (line,) = write_texts(model, ["nothing more"], [3], graves(1))
    looked_at = line.phi.argmax(axis=1)
    assert line.progress[0] < 1.5 and abs(line.progress[-1] - 12) < 1.5
    assert (np.diff(looked_at) >= -1).all() and set(looked_at) == set(range(12))


def test_the_letter_that_is_lit_is_the_one_at_the_pen(model: TextModel) -> None:
    """The only letter that reaches below the line, or above it, has the lowest, or the highest, point; and no space has ink."""
    known = [("anagram", "g", 1), ("manager", "g", 1), ("organs", "g", 1), ("anyone", "y", 1), ("remorse upon us", "p", 1), ("camels are", "l", -1)]
    known += [("caramels soon", "l", -1), ("neon has come", "h", -1), ("sundaes on", "d", -1)]
    written = write_texts(model, [text for text, *_ in known for _ in range(4)], range(4 * len(known)), graves(1))
    right = 0
    for line, (text, letter, down) in zip(written, (each for each in known for _ in range(4)), strict=True):
        reach = np.where(line.strokes.joined, down * line.strokes.points[1:, 1], -np.inf)
        right += text[line.letters[reach.argmax()]] == letter
        assert sum(text[at] == " " for at in line.letters) <= text.count(" ")
    assert right >= 0.75 * len(written)
