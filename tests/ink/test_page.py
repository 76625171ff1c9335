import numpy as np
import pytest

from hwmodel.ink.page import LINE_DISTANCE, lines_on, page_of
from hwmodel.ink.strokes import Strokes, to_polylines
from tests.support.lines import wavy_offsets


def test_lines_stand_one_below_the_other_at_the_left_margin() -> None:
    lines = [Strokes(wavy_offsets(60, seed), (5.0 * seed, 3.0)) for seed in range(3)]
    strokes = to_polylines(page_of(lines))
    assert len(strokes) == sum(len(to_polylines(line)) for line in lines)
    first = 0
    for number, line in enumerate(lines):
        parts = to_polylines(line)
        placed, first = strokes[first : first + len(parts)], first + len(parts)
        moved = np.concatenate(placed) - np.concatenate(parts)
        np.testing.assert_allclose(moved, np.broadcast_to(moved[0], moved.shape), atol=1e-3)
        points = np.concatenate(placed)
        assert abs(points[:, 0].min()) < 1e-3 and abs(np.median(points[:, 1]) - number * LINE_DISTANCE) < 0.2


def test_a_single_line_is_left_as_it_is() -> None:
    line = Strokes(wavy_offsets(30), (2.0, 1.0))
    assert page_of([line]) is line


def test_the_lines_of_a_page_are_found_again_though_dots_are_set_late() -> None:
    """A dot far back in a line is set above it; the next line begins below."""
    dotted = np.concatenate((wavy_offsets(60), [[-30.0, -5.0, 0.0], [0.1, 0.1, 1.0]])).astype(np.float32)
    lines = [Strokes(dotted), Strokes(wavy_offsets(20, 1)), Strokes(wavy_offsets(40, 2))]
    page = page_of(lines)
    found = lines_on(page, 3)
    assert [each.stop - each.start for each in found] == [sum(map(len, to_polylines(line))) - 1 for line in lines]
    assert lines_on(page, 1) == [slice(0, len(page))]


def test_more_lines_than_pen_lifts_are_refused() -> None:
    with pytest.raises(ValueError, match="write the text as one line"):
        lines_on(Strokes(np.tile([[1.0, 0, 0]], (9, 1))), 2)
