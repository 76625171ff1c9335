"""A page for pen plotters: an A4 sheet in millimetres, one path a stroke, nothing filled."""

from __future__ import annotations

from xml.sax.saxutils import escape

import numpy as np

from hwmodel.ink.strokes import Strokes, to_polylines
from hwmodel.ink.units import X_HEIGHT

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 20.0  # mm
LETTER = 2.4  # mm, of a letter x where the ink has room enough: as with a fine pen
PEN = 0.4  # mm


def plotter_page(strokes: Strokes, text: str = "") -> bytes:
    """The ink from the top left corner on, its letters as large as with a pen, or smaller where it would not fit. A dot is a short line: plotters
    leave lines of no length out. What the ink says is the title."""
    low, size = strokes.points.min(axis=0), np.ptp(strokes.points, axis=0)
    room = np.array((WIDTH, HEIGHT)) - 2 * MARGIN
    scale = min(LETTER / X_HEIGHT, *(room / size.clip(1e-6)))
    paths = []
    for line in to_polylines(strokes):
        places = (line - low) * scale + MARGIN
        paths.append("M" + " ".join(f"{x:.3f},{y:.3f}" for x, y in places) + ("h0.1" if len(places) == 1 else ""))
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}mm" height="{HEIGHT:g}mm">',
            *([f"<title>{escape(text)}</title>"] if text else []),
            f'<g fill="none" stroke="black" stroke-width="{PEN}" stroke-linecap="round" stroke-linejoin="round">',
            *(f'<path d="{path}"/>' for path in paths),
            "</g>\n</svg>\n",
        )
    ).encode()
