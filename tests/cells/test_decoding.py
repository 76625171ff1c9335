from __future__ import annotations

import numpy as np
import pytest

from hwmodel.cells.decoding import decode


def lines(signal: float, seed: int = 0) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Twenty lines of three classes, each of which raises a direction of its own in ten noisy cells by so much."""
    rng = np.random.default_rng(seed)
    directions = rng.normal(size=(3, 10))
    classes = [rng.choice(3, 60, p=(0.5, 0.3, 0.2)) for _ in range(20)]
    return [(signal * directions[each] + rng.normal(size=(60, 10))).astype(np.float32) for each in classes], classes


def test_what_the_cells_follow_is_decoded_on_other_lines_and_what_they_do_not_is_chance() -> None:
    follow, deaf = decode(*lines(3.0)), decode(*lines(0.0))
    assert follow.right > 0.95 and follow.chance == pytest.approx(0.5, abs=0.03)
    assert deaf.right == pytest.approx(deaf.chance, abs=0.03)


def test_a_decoder_is_not_tried_on_the_lines_that_it_was_made_from() -> None:
    """Each line has a cell of its own, and a class by chance: only who has seen the line could name it."""
    values = [np.eye(40, dtype=np.float32)[[line] * 20] for line in range(40)]
    by_chance = np.random.default_rng(0).permutation([0, 1] * 20)
    assert decode(values, [np.full(20, found) for found in by_chance]).right < 0.7


def test_steps_without_a_class_do_not_count() -> None:
    values, classes = lines(3.0)
    half = [np.where(np.arange(60) < 30, each, -1) for each in classes]
    noise = [np.where(np.arange(60)[:, None] < 30, each, 0).astype(np.float32) for each in values]
    assert decode(noise, half).right > 0.95


def test_too_few_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="5 lines are needed"):
        decode(*(each[:4] for each in lines(1.0)))
