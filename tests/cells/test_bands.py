"""Bands of rows, and what is usual for cells."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.cells.bands import LEAST_ROWS, STEADY, bands
from hwmodel.cells.ordering import METHODS, order_cells
from hwmodel.cells.roles import NO_ROLE, ROLE_KEYS
from hwmodel.cells.telling import telling_cell
from hwmodel.cells.trace import CellTrace
from hwmodel.cells.usual import Usual
from tests.support.roles import roles_with


def test_neighbours_with_roles_of_one_kind_are_a_band() -> None:
    roles = roles_with({})
    cells = len(roles.name)
    roles.name[:] = NO_ROLE
    size = max(LEAST_ROWS, cells // 5)
    roles.name[:size] = ROLE_KEYS.index("turn")
    roles.name[:size:2] = ROLE_KEYS.index("direction")
    backwards = np.arange(cells)[::-1]
    assert [(band.label, band.first, band.last) for band in bands(roles, np.arange(cells))] == [("direction and curve", 0, size - 1)]
    assert [(band.first, band.last) for band in bands(roles, backwards)] == [(cells - size, cells - 1)]


def test_named_cells_here_and_there_are_no_band() -> None:
    roles = roles_with({})
    roles.name[:] = NO_ROLE
    roles.name[::9] = ROLE_KEYS.index("y")
    assert bands(roles, np.arange(len(roles.name))) == ()


def test_what_is_usual_is_the_median_and_nearly_the_farthest_from_it() -> None:
    values = np.random.default_rng(0).normal((3, -1), (1, 0.01), (20_000, 2)).astype(np.float32)
    usual = Usual.of([CellTrace(values, values)])
    np.testing.assert_allclose(usual.median, (3, -1), atol=0.05)
    np.testing.assert_allclose(usual.reach, (2.576, 0.02576), rtol=0.05)  # of the normal distribution
    assert not usual.steady.any()


def test_a_cell_that_keeps_a_value_in_each_line_is_steady_and_stands_at_the_end() -> None:
    rng = np.random.default_rng(0)
    traces = []
    for line in range(6):
        values = rng.normal(0, 1, (200, 12)).astype(np.float32)
        values[:, 4], values[:, 7] = line, 0.5
        traces.append(CellTrace(values, values))
    usual = Usual.of(traces)
    assert np.flatnonzero(usual.steady).tolist() == [4, 7]
    for method in METHODS:
        order = order_cells(traces, np.arange(12.0), method=method, perplexity=3, steady=usual.steady)
        assert (set(order.permutation[-2:].tolist()) == {4, 7}) == (method != "network")
    roles = roles_with({})
    steady = np.zeros(len(roles.name), bool)
    steady[-20:] = True
    assert bands(roles, np.arange(len(steady)), steady)[-1].label == STEADY


def test_usual_values_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="reach above 0"):
        Usual(np.zeros(2, np.float32), np.zeros(2, np.float32), np.zeros(2, bool))
    with pytest.raises(ValueError, match="not one step"):
        Usual.of([])


def test_the_telling_cell_follows_the_direction() -> None:
    assert telling_cell(roles_with({"direction": {2: 0.3, 5: 0.6}, "x": {1: 0.9}})) == 5
