"""What is said of held cells."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.cells.rates import Rate
from hwmodel.cells.trace import Trial
from hwmodel.ink.strokes import Strokes
from pages.ui.cells.hold_panel import compared, what_holding_did

SOME = "the 74 cells of rows 1 to 74"


def made_up(lifts: float, nats: float, seed: int = 0) -> Trial:
    """Eight lines with about these figures, each a little different."""
    noise = np.random.default_rng(seed).normal(0, 0.02, 8)
    return Trial(Strokes(np.zeros((1, 3))), *(Rate.of(list(100 * (figure + noise)), [100] * 8) for figure in (lifts, nats)))


FREE = made_up(4, -2)


def test_a_change_that_can_be_told_is_said_with_its_interval() -> None:
    words = what_holding_did(FREE, made_up(2, -1.5, seed=1), SOME)
    assert words.startswith(f"With {SOME} held, the network lifts the pen **less often** (4.0 → 2.0 times in 100 steps, a change of -2.0 to -2.0")
    assert "guesses every step **0.50 nats worse**" in words and "a change of +0.48 to +0.52" in words


def test_a_change_that_cannot_be_told_is_none() -> None:
    words = what_holding_did(FREE, made_up(4, -2, seed=1), SOME)
    assert "about as often as before" in words and "guesses about as well as before" in words


def test_a_pen_that_stays_down_is_said_so() -> None:
    assert "all but **stops lifting the pen**" in what_holding_did(FREE, made_up(0.1, -2), SOME)


@pytest.mark.parametrize(("control", "verdict"), [
    (made_up(4, -1.9, seed=2), "matter more for guessing** than 74 other cells"),
    (made_up(2, -1.0, seed=2), "matter less for guessing** than 74 other cells"),
    (made_up(2, -1.5, seed=2), "matter no more than any 74 cells**"),
])  # fmt: skip
def test_the_comparison_ends_in_a_conclusion(control: Trial, verdict: str) -> None:
    words = compared(FREE, made_up(2, -1.5, seed=1), control, SOME, 74)
    assert f"So {'for guessing ' if 'no more' in verdict else ''}**{SOME} {verdict}" in words
    lifting = "with them held, the pen lifts less often than with the others" if "more for guessing" in verdict else "no difference that can be told"
    assert lifting in words


def test_a_single_cell_is_one() -> None:
    words = compared(FREE, made_up(2, -1.5, seed=1), made_up(4, -1.9, seed=2), "cell 5", 1)
    assert "**cell 5 matters more for guessing** than another cell chosen by chance; with it held, the pen lifts less often" in words
