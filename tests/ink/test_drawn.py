"""Ink in its colours: strokes cut where the colour changes."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.ink.drawn import Drawn
from hwmodel.ink.strokes import Strokes, from_polylines, to_polylines
from tests.support.lines import wavy_offsets

DOT, LINE = np.array([(0.0, 0.0)]), np.array([(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 1.0)])


def test_each_way_has_the_colour_of_the_offset_that_made_it() -> None:
    ink = from_polylines([DOT, LINE, DOT + 5, LINE[:2] + 6])
    found = Drawn(colours=tuple("abcddefg")).runs(ink)
    assert [(run.line[0].tolist(), run.line[-1].tolist(), run.colour, run.goes_on) for run in found] == [
        ([0, 0], [0, 0], "a", False),
        ([0, 0], [1, 0], "c", False),
        ([1, 0], [3, 1], "d", True),
        ([5, 5], [5, 5], "e", False),
        ([6, 6], [7, 6], "g", False),
    ]


@pytest.mark.parametrize("colours", ["ab", "a"])
def test_the_runs_of_a_stroke_are_the_stroke(colours: str) -> None:
    ink = Strokes(wavy_offsets(90))
    whole: list[np.ndarray] = []
    for run in Drawn(colours=tuple((colours * 90)[:90])).runs(ink):
        if run.goes_on:
            whole[-1] = np.concatenate((whole[-1], run.line[1:]))
        else:
            whole.append(run.line)
    for line, expected in zip(whole, to_polylines(ink), strict=True):
        np.testing.assert_array_equal(line, expected)
    assert len(colours) == 2 or not any(run.goes_on for run in Drawn(colours=tuple("a" * 90)).runs(ink))


def test_a_colour_too_few_is_said() -> None:
    with pytest.raises(ValueError, match="a colour for each of 90 offsets, got 89"):
        Drawn(colours=tuple("a" * 89)).runs(Strokes(wavy_offsets(90)))
