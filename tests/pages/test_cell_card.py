"""The card's words."""

from __future__ import annotations

import numpy as np
import pytest

from pages.ui.cells.card import follows
from tests.support.roles import roles_with


def test_a_cell_without_evidence_has_no_name() -> None:
    assert "well enough for a name" in follows(roles_with({}), 0)


@pytest.mark.parametrize(("effect", "side"), [(-0.87, "low"), (0.87, "high")])
def test_the_sign_says_where_a_cell_is_high(effect: float, side: str) -> None:
    assert follows(roles_with({"x": {3: effect}}), 3) == f"It follows the **horizontal position**: {side} while the hand is far along the line."


def test_an_event_told_by_low_values_is_said_so() -> None:
    assert follows(roles_with({"lift_now": {3: 0.9}}), 3).endswith(": high while the hand is lifting the pen.")
    assert follows(roles_with({"lift_now": {3: 0.1}}), 3).endswith(": low while the hand is lifting the pen.")


@pytest.mark.parametrize(("angle", "words"), [(0.0, "to the right"), (np.pi / 2, "down"), (-np.pi / 2, "up"), (-3 * np.pi / 4, "up to the left")])
def test_a_direction_is_said_in_words(angle: float, words: str) -> None:
    roles = roles_with({"direction": {3: 0.5}})
    roles.preferred[3] = angle
    assert follows(roles, 3).endswith(f"moving {words}.")
