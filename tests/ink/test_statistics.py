"""Statistics of ink with a known answer."""

import numpy as np
import pytest

from hwmodel.ink.statistics import ink_statistics, percentiles
from hwmodel.ink.strokes import Strokes


def zigzag(teeth: int = 40, slope: float = 0.0) -> Strokes:
    offsets = np.zeros((teeth, 3), np.float32)
    offsets[:, 0] = 1
    offsets[:, 1] = slope + np.where(np.arange(teeth) % 2, 1, -1)
    offsets[9::10, 2] = 1
    return Strokes(offsets)


def test_statistics_of_a_zigzag_are_what_geometry_says() -> None:
    found = ink_statistics(zigzag())
    assert found.pen_lift_rate == pytest.approx(0.1)
    assert found.step == pytest.approx(2**0.5)
    assert found.turning == pytest.approx(np.pi / 2)
    assert found.height == pytest.approx(1, abs=0.1)
    assert found.drift == pytest.approx(0, abs=0.01)


def test_a_slope_is_drift_and_not_height() -> None:
    level, sloping = ink_statistics(zigzag()), ink_statistics(zigzag(slope=0.2))
    assert sloping.drift == pytest.approx(0.2, abs=0.02)
    assert sloping.height == pytest.approx(level.height, abs=0.1)


def test_the_way_between_two_strokes_is_no_step() -> None:
    offsets = np.array([(1, 0, 0), (1, 0, 1), (50, 0, 0), (1, 0, 0)], np.float32)
    found = ink_statistics(Strokes(offsets))
    assert found.step == 1
    assert found.turning == 0


def test_a_dot_has_no_turning_and_breaks_nothing() -> None:
    assert np.isnan(ink_statistics(Strokes(np.zeros((1, 3), np.float32))).turning)
    assert set(percentiles([zigzag(), zigzag(slope=0.1)])) == {"pen_lift_rate", "step", "turning", "height", "drift"}
