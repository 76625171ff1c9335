"""The door that all ink comes through: how far, how long and how small it may be."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.ink.limits import FARTHEST, LONGEST_PATH, MAX_POINTS, SMALLEST, check_reach
from hwmodel.ink.pen_path import STRAIGHT_STEP, respaced
from hwmodel.ink.strokes import Strokes, from_polylines
from tests.support.lines import wavy_offsets


@pytest.mark.parametrize(
    ("offsets", "start", "says"),
    [
        ([[1e6, 0, 0], [1, 1, 1]], (0, 0), "farther than any page"),
        ([[1, 0, 1]], (0, -2 * FARTHEST), "farther than any page"),
        ([[1e38, 0, 0], [1e38, 1, 1]], (0, 0), "farther than any page"),
        ([[1, 0, 1]], (1e300, 0), "farther than any page"),
        ([[9e4, 0, 0], [-9e4, 0, 1]], (0, 0), "the pen's path is 180,000 model units long"),
        ([[1e-15, 0, 0], [0, 1e-15, 1]], (0, 0), "nothing can be seen"),
    ],
)
def test_ink_that_no_hand_wrote_is_refused_in_a_sentence(offsets: list[list[float]], start: tuple[float, float], says: str) -> None:
    with pytest.raises(ValueError, match=says) as raised:
        check_reach(Strokes(np.array(offsets, np.float32), start))
    assert "\n" not in str(raised.value)


def test_writing_a_dot_and_a_jump_of_the_pen_are_let_in() -> None:
    check_reach(Strokes(wavy_offsets(MAX_POINTS - 1)))
    check_reach(from_polylines([np.zeros((1, 2))]))
    check_reach(from_polylines([np.array([[0, 0], [1, 0]]), np.array([[FARTHEST, 0], [FARTHEST - 1, 1]])]))
    check_reach(Strokes(np.zeros((0, 3), np.float32)))


def test_the_longest_path_becomes_as_many_points_as_may_be() -> None:
    assert pytest.approx(STRAIGHT_STEP, rel=0.01) == LONGEST_PATH / MAX_POINTS
    straight = from_polylines([np.array([[0, 0], [LONGEST_PATH / 10, 0]])])
    assert len(respaced(straight)) == pytest.approx(MAX_POINTS / 10, rel=0.01)
    assert SMALLEST < 1 / 40


@pytest.mark.parametrize(
    ("offsets", "says"), [([[1e6, 0, 0], [1, 1, 1]], "farther than any page"), ([[9e4, 0, 0], [-9e4, 0, 1]], "the pen's path is 180,000")]
)
def test_spacing_points_anew_refuses_what_would_become_millions(offsets: list[list[float]], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        respaced(Strokes(np.array(offsets, np.float32)))


def test_spacing_points_anew_stops_at_as_many_as_may_be() -> None:
    """A short path that turns at every point gets more points than a straight one of its length."""
    steps = np.random.default_rng(0).normal(0, 0.4, (MAX_POINTS - 1, 3))
    steps[:, 2] = np.arange(MAX_POINTS - 1) % 1000 == 999
    check_reach(Strokes(steps))
    with pytest.raises(ValueError, match=r"would be more than 20,000, the most that can be read"):
        respaced(Strokes(steps))
