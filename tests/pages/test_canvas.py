"""What the drawing widget returns becomes ink."""

import numpy as np
import pytest

from hwmodel.ink.strokes import Strokes, to_polylines
from hwmodel.ink.units import WHITEBOARD_UNITS
from pages.ui.hand.canvas import drawing_of, is_given, pixels, read_canvas, to_drawing
from tests.support.lines import wavy_offsets
from tests.support.mouse import canvas_json, fabric_object, recorded_path, seen

# Recorded in a browser: a mouse that went through (50, 80), (60, 92), ... (100, 92), a click at (150, 80), and (200, 80) to (205, 85).
ZIGZAG = [["M", 49.998, 80.002], ["Q", 50, 80, 55, 86], ["Q", 60, 92, 65, 86], ["Q", 70, 80, 75, 86], ["Q", 80, 92, 90, 92], ["L", 100.002, 92]]
CLICK = [["M", 149.998, 80], ["L", 150.002, 80]]
TICK = [["M", 199.998, 80], ["Q", 200, 80, 202.5, 82.5], ["L", 205.002, 85]]
RECORDED = {"version": "7.4.0", "objects": [fabric_object(path) for path in (ZIGZAG, CLICK, TICK)]}


def test_the_places_the_widget_saw_are_found() -> None:
    zigzag, click, tick = map(pixels, drawing_of(RECORDED))
    assert zigzag.tolist() == [[50, 80], [60, 92], [70, 80], [80, 92], [100, 92]]
    assert click.tolist() == [[150, 80]]
    assert tick.tolist() == [[200, 80], [205, 85]]


def test_the_mouse_of_these_tests_records_as_the_widget_does() -> None:
    _, curve, _ = recorded_path(np.array([[200.0, 80.0], [205.0, 85.0]]))
    np.testing.assert_allclose(np.array(curve[1:]), np.array(TICK[1][1:], float))
    assert recorded_path(np.array([[150.0, 80.0]])) == CLICK


def test_every_stroke_ends_with_a_pen_lift_and_stands_where_it_was_drawn() -> None:
    ink = read_canvas(drawing_of(RECORDED), 10.0)
    assert ink is not None and ink.finished and ink.pen_up.sum() == 3
    zigzag, click, tick = to_polylines(ink)
    np.testing.assert_allclose(zigzag[[0, -1]], [[5.0, 8.0], [10.0, 9.2]], atol=0.5 / WHITEBOARD_UNITS)
    np.testing.assert_allclose(click, [[15.0, 8.0]])
    np.testing.assert_allclose(tick[[0, -1]], [[20.0, 8.0], [20.5, 8.5]], atol=0.5 / WHITEBOARD_UNITS)


def test_an_empty_canvas_is_no_ink() -> None:
    assert read_canvas(drawing_of({"version": "7.4.0", "objects": []}), 10.0) is None


def test_a_single_click_is_a_dot() -> None:
    ink = read_canvas(drawing_of({"objects": [fabric_object(CLICK)]}), 10.0)
    assert ink is not None and ink.offsets.tolist() == [[0, 0, 1]] and ink.start == (15.0, 8.0)


@pytest.mark.parametrize("wrong", [None, {}, {"objects": 3}, {"objects": [{"path": []}]}, {"objects": [7]}])
def test_json_that_no_widget_made_is_named(wrong: object) -> None:
    with pytest.raises(ValueError, match="drawing widget's JSON"):
        drawing_of(wrong)


@pytest.mark.parametrize("left_out", ["flipX", "flipY", "angle", "scaleX", "scaleY", "left", "top"])
def test_what_an_object_does_not_say_of_itself_was_not_edited(left_out: str) -> None:
    thing = fabric_object(ZIGZAG)
    del thing[left_out]
    (read,) = drawing_of({"objects": [thing]})
    np.testing.assert_array_equal(pixels(read), pixels(fabric_object(ZIGZAG)))


@pytest.mark.parametrize(
    "change",
    [
        {"path": "M1 1L2 2"},
        {"path": [["M", 1, 1]]},
        {"path": [["L", 1, 1], ["L", 2, 2]]},
        {"path": [["M", 1, 1], ["L", 2]]},
        {"path": [["M", 1, 1], ["C", 2, 2, 3, 3, 4, 4]]},
        {"path": [["M", 1, 1], ["L", float("nan"), 2]]},
        {"path": [["M", 1, 1], ["L", 1e38, 2]]},
        {"path": [["M", 1, 1], ["L", 10**400, 2]]},
        {"path": [["M", 1, 1], ["L", "2", 2]]},
        {"path": [["M", 1, 1], ["L", None, 2]]},
        {"path": [["M", 1, 1], 7]},
        {"left": "3"},
        {"top": float("inf")},
        {"scaleX": 1e300},
        {"angle": None},
    ],
    ids=str,
)
def test_a_stroke_that_no_hand_drew_is_named_in_a_sentence(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="stroke 2 is none that can be drawn"):
        drawing_of({"objects": [fabric_object(TICK), fabric_object(TICK) | change]})


def test_a_million_points_are_refused_before_they_are_looked_at() -> None:
    path = [["M", 0, 0], *([["L", 1, 1]] * 1_000_000)]
    with pytest.raises(ValueError, match=r"1,000,001 points .* at most 20,000"):
        drawing_of({"objects": [{"type": "Path", "path": path}]})


def test_a_scrawl_beyond_the_limits_of_ink_is_refused_and_takes_no_memory() -> None:
    far = [["M", 0, 0], *([["L", 9e4 * (i % 2), 9e4 * (i % 2)] for i in range(5000)])]
    drawing = drawing_of({"objects": [{"type": "Path", "path": far, "scaleX": 900}]})
    with pytest.raises(ValueError, match="farther than any page"):
        read_canvas(drawing, 10.0)
    with pytest.raises(ValueError, match="the pen's path is"):
        read_canvas(drawing_of({"objects": [{"type": "Path", "path": far}]}), 10.0)


def test_what_is_not_drawn_by_hand_is_passed_over() -> None:
    shapes = [{"type": "Rect", "left": 3}, fabric_object(TICK), {"type": "Path", "path": []}]
    assert len(drawing_of({"objects": shapes})) == 1


def test_a_stroke_that_was_moved_turned_and_stretched_is_read_where_it_lies() -> None:
    moved = fabric_object(TICK) | {"left": 302.5, "top": 182.5, "angle": 90, "scaleX": 2.0, "scaleY": 2.0}
    np.testing.assert_allclose(pixels(moved), [[308, 178], [298, 188]], atol=1)


def test_a_flip_is_a_mirror() -> None:
    np.testing.assert_allclose(pixels(fabric_object(TICK) | {"flipX": True}), [[205, 80], [200, 85]], atol=1)


def test_ink_given_to_the_widget_is_read_back_unchanged() -> None:
    """A continuation that was kept, or the ink of a link, loses nothing on the canvas."""
    offsets = wavy_offsets(200)
    offsets[:, :2] = np.rint(offsets[:, :2] * WHITEBOARD_UNITS) / WHITEBOARD_UNITS
    ink = Strokes(offsets, (3.0, 12.0))
    drawing = to_drawing(ink, 34 / 3.215)
    assert all(map(is_given, drawing))
    again = read_canvas(drawing, 34 / 3.215)
    assert again is not None and again.start == ink.start
    np.testing.assert_allclose(again.offsets, ink.offsets, atol=1e-5)


def test_given_ink_and_writing_keep_their_order() -> None:
    written, given = drawing_of(RECORDED), to_drawing(Strokes(wavy_offsets(30), (40.0, 8.0)), 10.0)
    ink = read_canvas(written + given, 10.0)
    assert ink is not None
    lines = to_polylines(ink)
    assert len(lines) == len(written) + len(given)
    np.testing.assert_allclose(lines[3][0], [40.0, 8.0])


def test_reading_is_the_same_again() -> None:
    drawing = drawing_of(canvas_json(Strokes(wavy_offsets(100)), 11.0, 1.0))
    assert read_canvas(drawing, 11.0) == read_canvas(drawing, 11.0)


def test_the_mouse_sees_whole_pixels_that_differ() -> None:
    places = seen(np.cumsum(np.random.default_rng(0).normal(0, 1, (100, 2)), axis=0), 3.0, np.random.default_rng(1))
    assert np.array_equal(places, np.rint(places)) and np.diff(places, axis=0).any(axis=1).all()
