import numpy as np
import pytest

from hwmodel.ink.strokes import Strokes, from_polylines, resample, to_polylines
from tests.support.lines import wavy_offsets

WORD = [np.array([[0.0, 0.0], [1.5, -2.0], [3.0, 0.5]]), np.array([[4.0, 0.25]]), np.array([[5.0, 1.0], [5.5, 0.0]])]


def same_polylines(a: list[np.ndarray], b: list[np.ndarray]) -> bool:
    return len(a) == len(b) and all(np.array_equal(p, q) for p, q in zip(a, b, strict=True))


@pytest.mark.parametrize("finished", [True, False])
def test_polylines_survive_a_round_trip(finished: bool) -> None:
    strokes = from_polylines(WORD, finished)
    assert strokes.finished == finished
    assert same_polylines(to_polylines(strokes), WORD)
    assert strokes.offsets[:, 2].tolist() == [0, 1, 1, 0, int(finished)]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("finished", [True, False])
def test_offsets_survive_a_round_trip(seed: int, finished: bool) -> None:
    offsets = wavy_offsets(400, seed)
    offsets[-1, 2] = finished
    strokes = Strokes(offsets, (3.25, -7.1))
    assert from_polylines(to_polylines(strokes), finished) == strokes


def test_a_dot_at_the_start_stays_a_dot() -> None:
    dot_first = [np.array([[2.0, 3.0]]), *WORD]
    strokes = from_polylines(dot_first)
    assert strokes.offsets[0].tolist() == [0, 0, 1]
    assert same_polylines(to_polylines(strokes), dot_first)


def test_one_dot_is_ink() -> None:
    assert from_polylines([np.array([[2.0, 3.0]])]).offsets.tolist() == [[0, 0, 1]]
    unfinished = from_polylines([np.array([[2.0, 3.0]])], finished=False)
    assert len(unfinished) == 0 and not unfinished.finished
    assert same_polylines(to_polylines(unfinished), [np.array([[2.0, 3.0]])])


def test_an_unfinished_stroke_is_kept() -> None:
    strokes = from_polylines(WORD, finished=False)
    assert not strokes.finished
    assert np.array_equal(to_polylines(strokes)[-1], WORD[-1])


def test_empty_strokes_among_others_are_nothing() -> None:
    assert from_polylines([np.empty((0, 2)), *WORD, np.empty((0, 2))]) == from_polylines(WORD)


def test_points_and_ink_of_each_offset() -> None:
    strokes = from_polylines(WORD)
    assert np.array_equal(strokes.points, np.concatenate(WORD))
    assert strokes.joined.tolist() == [True, True, False, False, True]


def test_parts_and_sizes() -> None:
    strokes = Strokes(wavy_offsets(20), (1.0, 2.0))
    assert len(strokes.first(7)) == 7 and strokes.first(7).start == strokes.start
    assert strokes.first(7).followed_by(strokes.offsets[7:]) == strokes
    np.testing.assert_allclose(strokes.scaled(2).points, 2 * strokes.points, atol=1e-5)
    assert np.array_equal(strokes.scaled(2).pen_up, strokes.pen_up)


def test_strokes_cannot_be_changed_from_outside() -> None:
    offsets = wavy_offsets(10)
    strokes = Strokes(offsets)
    offsets[:] = 9
    assert not (strokes.offsets == 9).any()
    with pytest.raises(ValueError, match="read-only"):
        strokes.offsets[0] = 0


@pytest.mark.parametrize(
    ("offsets", "says"),
    [
        (np.zeros((120, 2)), r"must be \(T, 3\), got \(120, 2\); was the pen column dropped"),
        (np.zeros(3), r"must be \(T, 3\)"),
        ([[0, 0, 0.5]], "pen_up, must be 0 or 1"),
        ([[np.nan, 0, 0]], "finite"),
        ([[0, np.inf, 0]], "finite"),
        ([["a", 0, 0]], "must be numbers"),
        ([[0, 0, 0], [0, 0]], "must be numbers"),
    ],
)
def test_wrong_offsets_are_refused(offsets: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Strokes(offsets)  # type: ignore[arg-type]


@pytest.mark.parametrize("start", [(np.nan, 0.0), (1.0,), (1.0, 2.0, 3.0), 3, None, ("a", "b")])
def test_a_wrong_start_is_refused(start: tuple) -> None:
    with pytest.raises(ValueError, match="start"):
        Strokes(np.zeros((2, 3)), start)


@pytest.mark.parametrize(
    ("polylines", "says"), [([], "not one point"), ([np.empty((0, 2))], "not one point"), ([np.zeros((2, 2)), np.zeros((4, 3))], "stroke 1 must be")]
)
def test_wrong_polylines_are_refused(polylines: list, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        from_polylines(polylines)


def test_resampled_points_lie_evenly_on_the_path() -> None:
    corner = np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 4.0]])
    points = resample(corner, 0.5)
    assert len(points) == 15 and np.array_equal(points[[0, -1]], corner[[0, -1]])
    np.testing.assert_allclose(np.abs(np.diff(points, axis=0)).sum(1), 0.5)


def test_resampling_keeps_ends_dots_and_short_strokes() -> None:
    assert resample(np.array([[1.0, 2.0], [1.0, 2.0]]), 0.5).tolist() == [[1.0, 2.0]]
    assert resample(np.array([[1.0, 2.0]]), 0.5).tolist() == [[1.0, 2.0]]
    assert resample(np.array([[0.0, 0.0], [0.1, 0.0]]), 0.5).tolist() == [[0.0, 0.0], [0.1, 0.0]]
