"""Where a cell is highest, and which cells do the same."""

from __future__ import annotations

import numpy as np

from hwmodel.cells.extremes import extremes, most_alike


def test_extremes_are_the_highest_steps_and_keep_apart() -> None:
    first, second = np.zeros(100), np.zeros(50)
    first[[10, 12, 60]] = 5, 4.5, 3
    second[20] = 4
    found = [(each.line, each.step, each.value) for each in extremes([first, second], 3, apart=20)]
    assert found == [(0, 10, 5.0), (1, 20, 4.0), (0, 60, 3.0)]


def test_lowest_extremes_mirror_the_highest() -> None:
    lines = [np.random.default_rng(seed).normal(size=80) for seed in range(3)]
    low = extremes(lines, 4, 10, highest=False)
    high = extremes([-line for line in lines], 4, 10)
    assert [(m.line, m.step, -m.value) for m in low] == [(m.line, m.step, m.value) for m in high]


def test_short_lines_give_as_many_extremes_as_there_is_room_for() -> None:
    assert len(extremes([np.arange(10.0)], 6, apart=100)) == 1


def test_the_cell_most_alike_may_go_against_it() -> None:
    rng = np.random.default_rng(0)
    base = rng.normal(size=500)
    values = np.stack((base, rng.normal(size=500), -base + 0.1 * rng.normal(size=500), np.zeros(500)), axis=1)
    (cell, correlation), *others = most_alike(np.cov(values, rowvar=False), np.ones(4), (0,), 8)
    assert cell == 2 and correlation < -0.98
    assert [cell for cell, _ in others] == [1, 3] and others[-1][1] == 0


def test_a_band_is_not_alike_itself() -> None:
    values = np.random.default_rng(1).normal(size=(200, 6))
    assert {cell for cell, _ in most_alike(np.cov(values, rowvar=False), np.ones(6), (1, 2, 3), 5)} == {0, 4, 5}


def test_likeness_is_numpys_correlation_with_the_signed_mean() -> None:
    rng = np.random.default_rng(2)
    values, sign = rng.normal(size=(300, 5)) @ rng.normal(size=(5, 5)), np.array([1, -1, 1, -1, 1])
    mean = (values * sign)[:, [0, 1]].mean(axis=1)
    for cell, correlation in most_alike(np.cov(values, rowvar=False), sign, (0, 1), 3):
        assert np.isclose(correlation, np.corrcoef(mean, values[:, cell] * sign[cell])[0, 1])
