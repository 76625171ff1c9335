"""Lines of ink as one page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hwmodel.ink.strokes import Strokes, from_polylines, to_polylines
from hwmodel.ink.units import X_HEIGHT

LINE_DISTANCE = 4 * X_HEIGHT  # model units, as on ruled paper


def page_of(lines: Sequence[Strokes]) -> Strokes:
    """The lines one below the other, each beginning at the left margin, its middle on its own line. A single line is left as it is."""
    if len(lines) == 1:
        return lines[0]
    polylines = []
    for number, line in enumerate(lines):
        points = line.points
        shift = np.array((-points[:, 0].min(), number * LINE_DISTANCE - np.median(points[:, 1])))
        polylines += [polyline + shift for polyline in to_polylines(line)]
    return from_polylines(polylines)
