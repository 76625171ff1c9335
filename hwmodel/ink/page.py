"""Lines of ink as one page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hwmodel.ink.strokes import Strokes, from_polylines, to_polylines
from hwmodel.ink.units import X_HEIGHT

LINE_DISTANCE = 4 * X_HEIGHT  # model units, as on ruled paper
DOWN_COUNTS = 3  # times as much as left where a line's end is looked for: a dot that is set late may be further back than a short line is long


def lines_on(page: Strokes, count: int) -> list[slice]:
    """Which offsets of the ink are of which of `count` lines that stand one below the other, without the ways between them: a line ends where the pen
    goes furthest down and back to the left. Raises ValueError where the pen is lifted less often.

    >>> from hwmodel.ink.shapes import shape
    >>> line = shape("Straight line")
    >>> lines_on(page_of([line, line]), 2) == [slice(0, len(line)), slice(len(line) + 1, 2 * len(line) + 1)]
    True
    """
    ways = np.flatnonzero(page.pen_up[:-1]) + 1
    if len(ways) < count - 1:
        raise ValueError(f"the text has {count} lines, and the pen is lifted only {len(ways)} times within the ink: write the text as one line")
    across, down = page.offsets[ways, 0], page.offsets[ways, 1]
    back = sorted(int(way) for way in ways[np.argsort(across - DOWN_COUNTS * down, kind="stable")[: count - 1]])
    return [slice(begin, end) for begin, end in zip([0, *(way + 1 for way in back)], [*back, len(page)], strict=True)]


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


def of_page(lines: Sequence[Strokes], values: Sequence[np.ndarray], page: Strokes) -> np.ndarray:
    """Of each offset (T,) of `page_of(lines)`, what the values (T,) of each line tell of its own."""
    of_points = [np.concatenate((each[:1], each))[-sum(map(len, to_polylines(line))) :] for line, each in zip(lines, values, strict=True)]
    return np.concatenate(of_points)[-len(page) :]
