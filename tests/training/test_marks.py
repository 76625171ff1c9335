"""Made-up writing: stems and bowls that are joined by nothing, with dots and bars here and there."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.ink.strokes import Strokes, from_polylines, to_polylines
from hwmodel.training.marks import NO_MARKS, Marks, marks

HEIGHT = 3.2


def zigzag(x: float) -> np.ndarray:
    """A letter of four ups and downs, one x-height high."""
    down = np.linspace(0, HEIGHT, 9)
    ups = np.concatenate([down, down[::-1]] * 2)
    return np.stack((x + np.linspace(0, 2, len(ups)), ups), axis=1)


def stem(x: float) -> np.ndarray:
    return np.stack((np.full(12, x), np.linspace(-2.0, HEIGHT, 12)), axis=1)


def dot(x: float, y: float = -2.0) -> np.ndarray:
    return np.array(((x, y), (x + 0.3, y + 0.2)))


def bar(x: float, y: float = 0.2) -> np.ndarray:
    return np.stack((np.linspace(x - 1.2, x + 1.2, 6), np.full(6, y)), axis=1)


def line(text: str, late: list[np.ndarray]) -> tuple[Strokes, str, np.ndarray]:
    """A line of letters three units apart, and what is written late, when the window stands at the text's end."""
    body = [stem(4.0 * at) if character in "ijt" else zigzag(4.0 * at) for at, character in enumerate(text)]
    strokes = from_polylines([*body, *late])
    numbers = [at for at, letter in enumerate(body) for _ in letter] + [len(text) - 1] * sum(map(len, late))
    assert sum(map(len, to_polylines(strokes))) == len(numbers)
    return strokes, text, np.array(numbers[1:])


def test_dots_and_bars_that_were_written_late_are_found_at_their_letters() -> None:
    assert marks(*line("nintnnnn", [dot(4.1), bar(12.0)])) == Marks(1, 1, 1, 1)


@pytest.mark.parametrize("late", [[], [dot(20.0), bar(26.0)], [dot(4.1, 6.0), bar(12.0, 8.0)]], ids=["none", "beside", "below"])
def test_marks_that_are_missing_or_stand_elsewhere_do_not_count(late: list[np.ndarray]) -> None:
    assert marks(*line("nintnnnn", late)) == Marks(0, 1, 0, 1)


def test_one_dot_is_for_one_letter_and_one_bar_may_be_for_two() -> None:
    close = line("nnijttnn", [dot(8.2), np.stack((np.linspace(14, 22, 9), np.full(9, 0.2)), axis=1)])
    assert marks(*close) == Marks(1, 2, 2, 2)


def test_a_letter_without_ink_does_not_count() -> None:
    strokes, _, letters = line("nnnnnn", [])
    assert marks(strokes, "nnnnnnit", letters) == NO_MARKS
    assert sum([Marks(1, 2, 3, 4), Marks(1, 1, 1, 1)], NO_MARKS) == Marks(2, 3, 4, 5)
