"""Ink that says a text, letter by letter."""

from __future__ import annotations

import numpy as np

from hwmodel.ink.strokes import Strokes
from hwmodel.sampling.told import LEAD, letters_of


def test_a_space_is_the_way_from_word_to_word_and_nothing_of_the_ink() -> None:
    """The window is at the space when the first word is still being written, and when the second one has been begun."""
    offsets = np.array([[1, 0, 0], [1, 0, 0], [1, 0, 0], [0.5, 0, 1], [-0.5, -1, 1], [4, 1, 0], [1, 0, 0], [1, 0, 0]], np.float32)
    progress = LEAD + np.array([-0.2, 0.5, 1.1, 1.2, 1.3, 1.7, 1.9, 2.4])
    np.testing.assert_array_equal(letters_of("a b", Strokes(offsets), progress), [0, 0, 0, 0, 0, 1, 2, 2])


def test_a_space_without_a_lifted_pen_belongs_to_the_word_before_it() -> None:
    progress = LEAD + np.array([0.5, 1.5, 2.5, 3.5])
    np.testing.assert_array_equal(letters_of("a b", Strokes(np.full((4, 3), (1, 0, 0), np.float32)), progress), [0, 0, 2, 2])
