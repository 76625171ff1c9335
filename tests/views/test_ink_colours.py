"""What the colour of ink stands for."""

from __future__ import annotations

import numpy as np

from hwmodel.views.ink_colours import by_difference, by_surprise


def test_half_of_the_steps_are_as_usual_and_the_rarest_hundredth_is_at_the_ramps_end() -> None:
    nats = np.random.default_rng(0).normal(-3, 2, 1000)
    one, other = by_surprise([nats[:400], nats[400:]], "path").levels
    levels = np.concatenate((one, other))
    assert len(one) == 400 and one.dtype == np.uint8
    assert 0.49 <= np.mean(levels == 0) <= 0.52 and 0.009 <= np.mean(levels == 255) <= 0.011
    np.testing.assert_array_equal(np.diff(levels[np.argsort(nats)].astype(int)) >= 0, True)


def test_steps_that_are_all_alike_are_as_usual() -> None:
    assert not by_surprise([np.zeros(50)], "pen lift").levels[0].any()


def test_ink_is_in_the_colour_of_the_one_that_is_less_and_grey_where_both_are_the_same() -> None:
    colouring = by_difference(np.array([-2.0, -1.0, 0.0, 1.0, 2.0, 2.0]), "less", ("one", "other"))
    assert list(colouring.levels[0]) == [0, 63, 127, 191, 255, 255]
    assert colouring.legend == {"what": "less", "low": "one", "high": "other"}
    assert set(by_difference(np.zeros(4), "less", ("one", "other")).levels[0]) == {127}
