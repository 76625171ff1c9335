"""The card's words."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest

from hwmodel.cells.atlas import load_cell_map
from hwmodel.cells.roles import AUC, ROLE_KEYS, CellRoles
from hwmodel.cells.sample_lines import write_own_lines
from hwmodel.cells.trace import OwnLines
from hwmodel.ink.signals import signals_of_all
from hwmodel.ink.strokes import Strokes
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.shipped import available_checkpoints
from pages.ui.cells.card import COMPASS, follows
from tests.support.lines import wavy_offsets
from tests.support.roles import roles_with

SIGNALS = signals_of_all([Strokes(wavy_offsets(300, seed)) for seed in range(3)])
STEPS = len(SIGNALS.x)
OPPOSITE = "the other way round"


def said(roles: CellRoles, cell: int = 3) -> str:
    """The sentence about a cell that does on the lines at hand what was measured on others."""
    role = roles.named(cell)
    assert role is not None
    happens = np.nan_to_num(role.happens(SIGNALS, float(roles.preferred[cell])))
    return follows(roles, cell, happens * np.sign(roles.effect[ROLE_KEYS.index(role.key), cell] - role.chance), SIGNALS)


def test_a_cell_without_evidence_has_no_name() -> None:
    assert "well enough for a name" in follows(roles_with({}), 0, np.zeros(STEPS), SIGNALS)


@pytest.mark.parametrize(("effect", "side"), [(-0.87, "low"), (0.87, "high")])
def test_the_sign_says_where_a_cell_is_high(effect: float, side: str) -> None:
    assert said(roles_with({"x": {3: effect}})) == f"It follows the **horizontal position**: {side} while the hand is far along the line."


def test_an_event_told_by_low_values_is_said_so() -> None:
    assert said(roles_with({"lift_now": {3: 0.9}})).endswith(": high while the hand is lifting the pen.")
    assert said(roles_with({"lift_now": {3: 0.1}})).endswith(": low while the hand is lifting the pen.")


@pytest.mark.parametrize(("angle", "words"), [(0.0, "to the right"), (np.pi / 2, "down"), (-np.pi / 2, "up"), (-3 * np.pi / 4, "up to the left")])
def test_a_direction_is_said_in_words(angle: float, words: str) -> None:
    roles = roles_with({"direction": {3: 0.5}})
    roles.preferred[3] = angle
    assert said(roles).endswith(f"moving {words}.")


@pytest.mark.parametrize(("key", "effect", "words", "turned"), [
    ("x", 0.8, "high while the hand is far", "low while the hand is far"),
    ("lift_now", 0.9, "high while the hand is lifting", "low while the hand is lifting"),
    ("direction", 0.5, "moving to the right", "moving to the left"),
])  # fmt: skip
def test_a_turned_cell_is_said_to_do_the_opposite(key: str, effect: float, words: str, turned: str) -> None:
    roles = roles_with({key: {3: effect}})
    assert words in said(roles) and turned in said(roles.shown_with(-np.ones(100)))
    assert words in said(roles.shown_with(np.ones(100)))


def test_lines_that_contradict_a_name_are_said_to() -> None:
    roles = roles_with({"x": {3: 0.8}})
    assert OPPOSITE in follows(roles, 3, -SIGNALS.x, SIGNALS) and OPPOSITE not in follows(roles, 3, SIGNALS.x, SIGNALS)


@cache
def own_lines(checkpoint: str) -> OwnLines:
    return write_own_lines(load_checkpoint(checkpoint).model)


@pytest.mark.parametrize("checkpoint", available_checkpoints())
@pytest.mark.parametrize("turned", [False, True], ids=["network’s order", "sorted"])
def test_where_the_words_say_high_what_is_drawn_is_higher(checkpoint: str, turned: bool) -> None:
    """Every named cell, on the lines that are drawn beside the words. Where a name is not true of those (3 of 330 cells
    of `unipen`, none of 243 of `iam`), the words must say so."""
    cell_map, lines = load_cell_map(checkpoint), own_lines(checkpoint)
    sign = cell_map.order.sign if turned else np.ones(len(cell_map.order.sign))
    roles, drawn = cell_map.roles.shown_with(sign), lines.together * sign
    wrong, admitted, named = [], 0, 0
    for cell in range(drawn.shape[1]):
        role = roles.named(cell)
        if role is None:
            continue
        named += 1
        words = follows(roles, cell, drawn[:, cell], lines.signals)
        signal = getattr(lines.signals, role.key)
        if role.key == "direction":
            towards = COMPASS.index(re.split(r"moving |\.| on lines", words)[1])
            there = np.cos(signal - towards * np.pi / 4) > np.cos(np.pi / 4)
        elif role.measure == AUC:
            there = signal == 1
        else:
            there = signal > (0 if role.key == "turn" else np.nanmedian(signal))
        known = ~np.isnan(signal)
        higher = drawn[known & there, cell].mean() - drawn[known & ~there, cell].mean()
        says_high = (" low while" not in words) != (OPPOSITE in words)
        admitted += OPPOSITE in words
        if (higher > 0) != says_high:
            wrong.append((cell, words))
    assert named > 200 and wrong == [] and admitted <= 0.01 * named
