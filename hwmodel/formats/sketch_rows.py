"""Ink as rows of numbers: points, columns, and the sketch formats that say in a last column where the pen lifts.

stroke-3 is (dx, dy, pen_up) and stroke-5 (dx, dy, down, up, end), both of Ha and Eck 2017 ("A Neural Representation of Sketch Drawings").
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hwmodel.ink.strokes import Polyline

SMOOTH = 0.25  # of places' mean distance from their middle: how far apart two places are in the mean, at most; offsets turn more than that
Rows = Sequence[Sequence[float]]


def sketch(rows: np.ndarray) -> list[Polyline] | None:
    """Strokes (n, 2) of rows (n, 3) or (n, 5) in which the pen lifts; None where no column says so."""
    if rows.ndim != 2 or len(rows) < 2 or not np.isfinite(rows).all():
        return None
    if rows.shape[1] == 5 and np.isin(rows[:, 2:], (0, 1)).all() and (rows[:, 2:].sum(axis=1) == 1).all():
        ends = np.flatnonzero(rows[:, 4])
        rows = rows[: ends[0] if len(ends) else len(rows), :4]
        return parted(rows[:, :2].cumsum(axis=0), rows[:, 3] > 0)
    if rows.shape[1] != 3:
        return None
    if not are_lifts(rows[:, 2]):
        if not are_lifts(rows[:, 0]):
            return None
        rows = rows[:, [1, 2, 0]]  # Graves' own order
    places, lifts = rows[:, :2], rows[:, 2] > 0
    return parted(places if are_places(places, lifts) else places.cumsum(axis=0), lifts)


def are_lifts(column: np.ndarray) -> bool:
    """A column of 0 and 1 that is 1 now and then: not one that is 1 all the time, as a pressure may be."""
    return bool(np.isin(column, (0, 1)).all() and 0 < column.sum() <= len(column) / 2)


def are_places(xy: np.ndarray, lifts: np.ndarray) -> bool:
    """Whether rows (n, 2) are places and not offsets. A pen goes back and forth: offsets that never do are places. Others are told by how little they
    change from one to the next."""
    if ((xy >= 0).all(axis=0) | (xy <= 0).all(axis=0)).all():
        return True
    steps = np.abs(np.diff(xy, axis=0))[~lifts[:-1]]
    return bool(len(steps) and steps.mean() < SMOOTH * np.abs(xy - xy.mean(axis=0)).mean())


def parted(places: np.ndarray, lifts: np.ndarray) -> list[Polyline]:
    """Places (n, 2) as one array a stroke; the pen lifts after each marked one."""
    return [line for line in np.split(places, np.flatnonzero(lifts) + 1) if len(line)]


def are_columns(strokes: Sequence[Rows]) -> bool:
    """Whether strokes hold columns, x, y and perhaps more, and not points. Points are all of one width; where columns are, too, the width tells, and
    at last whether the last number looks like a time or a pressure."""
    strokes = [stroke for stroke in strokes if stroke]
    if not strokes or not all(2 <= len(stroke) <= 4 and len(stroke[0]) == len(stroke[1]) > 0 for stroke in strokes):
        return False
    widths = {len(row) for stroke in strokes for row in stroke}
    if len(widths) > 1:
        return True
    (width,) = widths
    if width in (1, 2) or width > 4:
        return width != 2
    return not (all(rises(column(stroke)) for stroke in strokes) or all(0 <= value <= 1 for stroke in strokes for value in column(stroke)))


def column(stroke: Rows) -> list[float]:
    """The last numbers of its rows."""
    return [row[-1] for row in stroke]


def rises(values: Sequence[float]) -> bool:
    """As a time does."""
    return list(values) == sorted(values) and values[0] < values[-1]
