"""Hands as files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hwmodel.ink.page import page_of
from hwmodel.ink.strokes import Strokes
from hwmodel.network.shipped import CheckpointError
from hwmodel.sampling.hands import Hand, hand_from, hands_path, load_hands, save_hands
from tests.support.lines import wavy_offsets


def test_hands_survive_a_round_trip_and_a_network_without_any_has_none(tmp_path: Path) -> None:
    hand = Hand("a word", Strokes(wavy_offsets(40)))
    save_hands(hands_path("told", tmp_path), [hand])
    (back,) = load_hands("told", tmp_path)
    assert back.text == "a word"
    np.testing.assert_allclose(back.strokes.points, hand.strokes.points, atol=0.02)
    assert load_hands("another", tmp_path) == ()


@pytest.mark.parametrize("content", ["", "{", "[1]", '[{"text": "a"}]', '[{"text": "a", "ink": "zzz"}]', '[{"text": "a", "ink": 7}]'])
def test_a_broken_file_is_one_sentence(tmp_path: Path, content: str) -> None:
    hands_path("told", tmp_path).write_text(content, "utf-8")
    with pytest.raises(CheckpointError, match=r"told\.hands\.json holds no hands"):
        load_hands("told", tmp_path)


def test_ink_that_says_nothing_or_does_not_end_is_no_hand() -> None:
    offsets = wavy_offsets(40)
    with pytest.raises(ValueError, match="pen lift"):
        Hand(" ", Strokes(offsets))
    offsets[-1, 2] = 0
    with pytest.raises(ValueError, match="pen lift"):
        Hand("a", Strokes(offsets))


def test_ink_too_long_for_a_hand_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="short enough"):
        save_hands(tmp_path / "x.json", [Hand("a", Strokes(wavy_offsets(3000)))])


def test_a_hand_is_taken_from_the_first_line_of_ink_and_of_its_text() -> None:
    line, other = Strokes(wavy_offsets(60)), Strokes(wavy_offsets(80, 1))
    hand = hand_from(page_of([line, other]), "  caf\u00e9 \n next ")
    assert hand.text == "cafe" and hand.strokes.finished
    np.testing.assert_allclose(hand.strokes.offsets, line.offsets, atol=1e-4)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "say what"),
        ("\u2615", "say what"),
        ("a" * 41, "at most 40"),
        ("a" * 30, "60 steps"),
        ("a\n" * 90, "pen is lifted only"),
        ("\n", "say what"),
    ],
)
def test_ink_that_cannot_say_its_text_is_no_hand(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        hand_from(Strokes(wavy_offsets(60)), text)
