"""Ink that is just let in: every page shows something, or says in a sentence why not."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.ink.limits import FARTHEST, LONGEST_PATH, SMALLEST, check_reach
from hwmodel.ink.strokes import Strokes, from_polylines
from pages.ui.shell import address
from tests.support.pages import page_with_drawn

PAGES = ("your_hand", "futures", "activations", "cell_order")
INKS = {
    "far away": from_polylines(
        [np.array([[-FARTHEST, -FARTHEST], [1.0 - FARTHEST, -FARTHEST]]), np.array([[FARTHEST, FARTHEST], [FARTHEST, FARTHEST]])]
    ),
    "one leap": Strokes(np.array([[0.4, 0.1, 0], [LONGEST_PATH * 0.99, 0, 1]], np.float32)),
    "hardly there": Strokes(np.array([[SMALLEST * 1.01, 0, 0], [0, SMALLEST / 2, 1]], np.float32)),
    "all in one place": Strokes(np.array([[0, 0, 0]] * 5 + [[0, 0, 1]], np.float32), (3.0, 3.0)),
}


@pytest.mark.parametrize("name", INKS)
def test_every_page_stands_whatever_the_ink(name: str) -> None:
    check_reach(INKS[name])
    for page in PAGES:
        at = page_with_drawn(page, INKS[name]).run()
        assert not at.exception, page
        for kind in address.options("futures_kind")[1:] if page == "futures" else ():
            at.session_state["futures_kind"] = kind
            assert not at.run().exception, kind
