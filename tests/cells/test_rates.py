"""Means over a few lines, and how sure they are."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import stdtrit

from hwmodel.cells.rates import Rate, students_t


def test_every_step_counts_once() -> None:
    assert Rate.of([3, 1], [10, 30]).value == pytest.approx(0.1)


def test_lines_that_agree_leave_no_doubt_and_a_single_one_leaves_all() -> None:
    assert Rate.of([1, 2], [10, 20]).interval() == pytest.approx((0.1, 0.1))
    assert Rate.of([1], [10]).interval() == (-np.inf, np.inf) and Rate.of([1], [10]).direction == 0


def test_lines_of_one_length_have_the_textbooks_interval() -> None:
    """Mean +- 2.365 s / sqrt(8), Student's t of 7 degrees of freedom."""
    totals = np.random.default_rng(0).normal(5, 2, 8)
    reach = 2.3646 * totals.std(ddof=1) / np.sqrt(8)
    assert Rate.of(totals.tolist(), [1] * 8).interval() == pytest.approx((totals.mean() - reach, totals.mean() + reach), rel=1e-4)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(1)
    hits = 0
    for _ in range(400):
        steps = rng.integers(200, 400, 8)
        low, high = Rate.of(list(rng.normal(0.5, 0.2, 8) * steps), steps.tolist()).interval()
        hits += low < 0.5 < high
    assert 0.92 <= hits / 400 <= 0.98


def test_what_lines_have_in_common_drops_out_of_a_difference() -> None:
    ease = np.random.default_rng(2).normal(0, 5, 8)
    one, other = Rate.of(list(ease + 1), [1] * 8), Rate.of(list(ease), [1] * 8)
    assert one.direction == 0 or abs(one.value) > 2
    assert one.minus(other).direction == 1 and other.minus(one).direction == -1


def test_no_step_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="one step at least"):
        Rate.of([0.0], [0])


@pytest.mark.parametrize("freedom", [1, 2, 7, 23, 200])
@pytest.mark.parametrize("below", [0.6, 0.975, 0.995])
def test_students_t_is_scipys(freedom: int, below: float) -> None:
    assert students_t(freedom, below) == pytest.approx(stdtrit(freedom, below), rel=1e-5)
