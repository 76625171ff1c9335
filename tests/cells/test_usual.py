"""What is usual for each cell."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.cells.trace import CellTrace
from hwmodel.cells.usual import Usual


def trace(values: np.ndarray) -> CellTrace:
    return CellTrace(np.tanh(values), values.astype(np.float32))


def test_one_step_in_a_hundred_is_further_than_a_cell_s_reach_however_loud_it_is() -> None:
    rng = np.random.default_rng(0)
    lines = [trace(5 + rng.normal(size=(1000, 3)) * [0.01, 1, 50]) for _ in range(4)]
    usual = Usual.of(lines)
    away = np.abs(np.concatenate([line.cell for line in lines]) - usual.median) / usual.reach
    np.testing.assert_allclose((away > 1).mean(axis=0), 0.01, atol=0.001)
    np.testing.assert_allclose(usual.median, 5, atol=3)


def test_a_cell_that_never_moves_has_a_reach_too() -> None:
    assert (Usual.of([trace(np.full((20, 2), 0.5))]).reach > 0).all()


@pytest.mark.parametrize(("median", "reach"), [([0.0, np.nan], [1.0, 1.0]), ([0.0, 0.0], [1.0, 0.0]), ([0.0], [1.0, 1.0])])
def test_what_is_no_scale_is_refused(median: list[float], reach: list[float]) -> None:
    with pytest.raises(ValueError, match="a finite median and a reach above 0"):
        Usual(np.array(median, np.float32), np.array(reach, np.float32), np.zeros(len(median), bool))
