"""The article's sentences against measured roles."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.cells.article_claims import SENTENCES, findings, top_first
from hwmodel.cells.ordering import CellOrder
from tests.support.roles import CELLS, roles_with

ORDER = CellOrder(np.arange(CELLS), np.ones(CELLS, np.int8), 0.2)
AS_IN_THE_ARTICLE = {
    "direction": {rank: 0.8 for rank in range(2, 14)},
    "lift_now": {rank: 0.95 for rank in range(85, 100)},
    "x": {30: -0.87},
    "y": {45: 0.6},
    "word_position": {50: 0.7},
}


def test_a_network_like_the_articles_agrees_with_every_sentence() -> None:
    found = findings(roles_with(AS_IN_THE_ARTICLE), ORDER)
    assert len(found) == len(SENTENCES) and all(finding.agrees for finding in found)
    assert found[0].band == (2, 13) and found[1].band == (85, 99)
    assert found[2].cell == 30 and "r −0.87 (−0.89 to −0.85)" in found[2].words


def test_bands_elsewhere_are_said_to_be_elsewhere() -> None:
    upside_down = CellOrder(ORDER.permutation[::-1], ORDER.sign, 0.2)
    top, bottom, *_ = findings(roles_with(AS_IN_THE_ARTICLE), upside_down)
    assert not top.agrees and not bottom.agrees
    assert top.band is not None and top.band[0] > 80 and "half of the 12 cells with such a name are in rows" in top.words


def test_a_weak_cell_does_not_agree() -> None:
    weak = roles_with(AS_IN_THE_ARTICLE | {"x": {30: 0.3}})
    assert not findings(weak, ORDER)[2].agrees


@pytest.mark.parametrize("number", [0, 1])
def test_without_any_such_cell_the_articles_rows_are_shown(number: int) -> None:
    finding = findings(roles_with({}), ORDER)[number]
    assert not finding.agrees and finding.band is not None and "50%" in finding.words


def test_directions_go_to_the_top_and_lifts_to_the_bottom() -> None:
    top = top_first(roles_with(AS_IN_THE_ARTICLE))
    assert top[5] > top[30] > top[90]
