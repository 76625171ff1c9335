from __future__ import annotations

import numpy as np
import pytest

from hwmodel.ink.strokes import Strokes
from hwmodel.training.pieces import STEPS, cut, likeness
from tests.support.lines import wavy_offsets


def cloud(seed: int, centres: tuple[float, ...], count: int = 300) -> np.ndarray:
    """Pieces around some kinds."""
    rng = np.random.default_rng(seed)
    return rng.choice(centres, count)[:, None] * 50 + rng.normal(size=(count, 4))


def test_ink_of_the_same_kinds_is_precise_and_covers_them() -> None:
    found = likeness(cloud(0, (0, 1)), cloud(1, (0, 1)))
    assert found.precision > 0.8 and found.recall > 0.8 and found.pieces == 300


def test_one_of_two_hands_is_precise_but_covers_half_and_a_strange_one_is_not_precise() -> None:
    one_hand, strange = likeness(cloud(0, (0,)), cloud(1, (0, 1))), likeness(cloud(0, (0, 1, 2, 3)), cloud(1, (0, 1)))
    assert one_hand.precision > 0.8 and one_hand.recall == pytest.approx(0.5, abs=0.1)
    assert strange.precision == pytest.approx(0.5, abs=0.1) and strange.recall > 0.8


def test_a_piece_is_the_same_wherever_it_stands_and_another_where_the_pen_lifts() -> None:
    offsets = wavy_offsets(STEPS, 0)
    offsets[:, 2] = 0
    twice = cut([Strokes(np.concatenate((offsets, offsets)))])
    np.testing.assert_allclose(twice[0], twice[1], atol=1e-4)
    lifted = offsets.copy()
    lifted[STEPS // 2, 2] = 1
    assert np.abs(cut([Strokes(lifted)]) - twice[0]).max() == 1


def test_too_little_ink_is_refused() -> None:
    with pytest.raises(ValueError, match="0 pieces of ink, too few"):
        likeness(cut([Strokes(wavy_offsets(STEPS - 1, 0))]), cloud(0, (0,)))
