"""Features that tell letters apart must not depend on how large, how slanted or how fast they were written."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.ink.path_features import FEATURES, SPACING, path_features
from hwmodel.ink.strokes import Strokes, from_polylines, to_polylines
from tests.support.lines import wavy_offsets

HAND = Strokes(wavy_offsets(400, 3))


def moved(strokes: Strokes, matrix: tuple[tuple[float, float], tuple[float, float]]) -> Strokes:
    return from_polylines([line @ np.array(matrix).T for line in to_polylines(strokes)])


@pytest.mark.parametrize("matrix", [((3, 0), (0, 3)), ((1, -0.3), (0, 1)), ((1, 0), (0.05, 1))], ids=["larger", "slanted", "sloping"])
def test_size_slant_and_slope_are_taken_out(matrix: tuple[tuple[float, float], tuple[float, float]]) -> None:
    plain, changed = path_features(HAND), path_features(moved(HAND, matrix))
    assert abs(len(plain) - len(changed)) <= 0.02 * len(plain)
    for column in (0, 1, 4):
        values = [np.sort(features[features[:, 5] == 0][:, column]) for features in (plain, changed)]
        first, second = (np.quantile(each, np.linspace(0.05, 0.95, 10)) for each in values)
        np.testing.assert_allclose(first, second, atol=0.12)


def test_ink_is_a_direction_and_a_lifted_pen_a_jump() -> None:
    features = path_features(HAND)
    jumps = features[:, 5] == 1
    assert features.shape[1] == FEATURES and features.dtype == np.float32
    assert jumps.sum() == len(to_polylines(HAND)) - 1
    np.testing.assert_allclose(np.hypot(*features[~jumps, :2].T), 1, atol=1e-5)
    assert not features[jumps, :2].any() and not features[~jumps, 2:4].any()


def test_speed_is_taken_out() -> None:
    """The same path, recorded with twice as many points."""
    twice = from_polylines([np.insert(line, np.arange(1, len(line)), (line[1:] + line[:-1]) / 2, axis=0) for line in to_polylines(HAND)])
    np.testing.assert_allclose(path_features(twice), path_features(HAND), atol=0.02)


LEAST = {"dot": [[0, 0, 1]], "dash": [[1, 0, 0]], "three dots": [[0, 0, 1], [1, 0, 1], [1, 0, 1]], "up": [[0, -2, 1]]}


@pytest.mark.parametrize("offsets", LEAST.values(), ids=LEAST)
def test_the_least_ink_has_finite_features(offsets: list[list[float]]) -> None:
    features = path_features(Strokes(np.array(offsets)))
    assert np.isfinite(features).all() and features.shape[1] == FEATURES


def test_points_stand_evenly_along_a_stroke() -> None:
    """A straight line of four x-heights; its own height is what little ink is measured by."""
    ink = from_polylines([np.array([[0.0, 0], [0.1, 0], [12.86, 0]])])
    assert len(path_features(ink)) == pytest.approx(4 / SPACING, abs=1)
