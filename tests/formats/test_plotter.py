"""The page for pen plotters."""

from __future__ import annotations

import re

import numpy as np

from hwmodel.formats.plotter import HEIGHT, MARGIN, WIDTH, plotter_page
from hwmodel.ink.strokes import Strokes, from_polylines
from hwmodel.ink.units import X_HEIGHT
from tests.support.lines import wavy_offsets


def places(svg: str) -> np.ndarray:
    """The points of all paths, in millimetres."""
    paths = re.findall(r'<path d="M([^h"]*)', svg)
    return np.array([[float(number) for number in place.split(",")] for path in paths for place in path.split()])


def test_the_ink_keeps_to_the_margins_however_long_it_is() -> None:
    for steps in (50, 3000):
        found = places(plotter_page(Strokes(wavy_offsets(steps))).decode())
        assert (found >= MARGIN - 1e-3).all() and (found <= np.array((WIDTH, HEIGHT)) - MARGIN + 1e-3).all()


def test_a_stroke_is_one_line_and_nothing_is_filled() -> None:
    strokes = from_polylines([np.array([[0.0, 0.0], [X_HEIGHT, 0.0]]), np.array([[9.0, 9.0]])])
    svg = plotter_page(strokes, "i < j").decode()
    assert svg.count("<path") == 2 and 'fill="none"' in svg and "<title>i &lt; j</title>" in svg
    assert re.findall(r'd="(M[^"]*)"', svg)[1].endswith("h0.1"), "a dot is a short line: plotters leave those of no length out"
