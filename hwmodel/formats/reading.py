"""What every reader of ink files shares: limits, errors, and the step from a file's units to model units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hwmodel.ink.letter_size import letter_swing
from hwmodel.ink.limits import MAX_POINTS, check_reach
from hwmodel.ink.strokes import Polyline, Strokes, from_polylines
from hwmodel.ink.units import X_HEIGHT

MAX_BYTES = 2_000_000
SHAPE_WIDTH = 10 * X_HEIGHT  # model units: how large a drawing becomes that has no writing in it to go by
MOST_SWINGS = 3000  # letters' heights that ink may be wide or high; where it is more, what turns is noise, not letters
UNIT = "model unit"  # what our own files say of their coordinates


class InkError(ValueError):
    """A file that no ink can be read from; the message is one sentence for the person who chose it."""


@dataclass(frozen=True)
class ReadInk:
    """Ink from a file, with every point of it, and what was done to bring it to model units."""

    strokes: Strokes  # in model units
    units_per_offset: float  # the file's units in one model unit
    estimated: bool  # the file does not name its unit: `units_per_offset` was chosen so that the letter x becomes as high as in the training lines


def in_model_units(polylines: Sequence[Polyline], units_per_offset: float | None = None, finished: bool = True) -> ReadInk:
    """Ink from strokes (n, 2) in a file's units, y downwards; with None the scale is estimated from the writing. Raises InkError."""
    lines = [np.asarray(line, np.float64) for line in polylines if len(line)]
    count = sum(map(len, lines))
    check_count(count)
    if not count:
        raise InkError("there is no ink in it")
    if count < 2 and (units_per_offset is None or not finished):  # a dot that names its unit was written by us
        raise InkError("there is no ink in it but for one point; at least two are needed")
    check_coordinates(np.concatenate(lines))
    scale = units_per_offset or estimated_scale(lines)
    try:
        strokes = from_polylines([line / scale for line in lines], finished)
        check_reach(strokes)
        return ReadInk(strokes, scale, units_per_offset is None)
    except ValueError as error:
        raise InkError(str(error)) from error


def check_coordinates(points: np.ndarray) -> None:
    """Raises InkError where a coordinate is no number, or so large that no pen was there."""
    if not (np.abs(points) < 1e9).all():
        raise InkError("a coordinate in it is not a number, or a thousand million and more; expected plain numbers")


class PointCount:
    """Counts points while a file is read, so that reading stops at the first too many."""

    def __init__(self, most: int = MAX_POINTS) -> None:
        self.points, self.most = 0, most

    def add(self, points: int = 1) -> None:
        """Raises InkError where they are too many."""
        self.points += points
        if self.points > self.most:
            check_count(self.points)


def check_count(points: int) -> None:
    """Raises InkError where the points are too many."""
    if points > MAX_POINTS:
        raise InkError(f"there are {points:,} points or more in it; at most {MAX_POINTS:,} can be read, about 30 lines of writing")


def estimated_scale(polylines: Sequence[Polyline]) -> float:
    """How many of the ink's units make one model unit: by the letters' height, or, where there are none, by the size of the whole."""
    swing = letter_swing(polylines)
    extent = float(np.ptp(np.concatenate(polylines), axis=0).max())
    if swing and extent < MOST_SWINGS * swing:
        return swing / X_HEIGHT
    return extent / SHAPE_WIDTH or 1.0


def number(text: object, where: str) -> float:
    """A field's value. Raises InkError that says where it stands."""
    try:
        return float(text)  # type: ignore[arg-type]  # what is none is refused below
    except (TypeError, ValueError, OverflowError):
        raise InkError(f"{where} is {str(text)[:40]!r} and not a number; write numbers with a decimal point") from None
