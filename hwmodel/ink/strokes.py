"""Ink as a value. numpy only: pages, readers and the model meet here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Polyline = np.ndarray  # (n, 2) float, the pen's places between a pen down and a pen up


@dataclass(frozen=True, eq=False)
class Strokes:
    """Handwriting as pen movements.

    `offsets` (T, 3) float32: dx, dy in model units (1 unit = 40 whiteboard units, about a third of the letter x's height) and pen_up, 1 where the pen
    lifts *after* this point. x grows to the right, y *downwards*. T offsets join T + 1 points, the first of which is `start` (model units). A stroke
    of one point at the very start is written as an offset (0, 0, 1).

    Checked once, here; the arrays cannot be written to afterwards. Raises ValueError.
    """

    offsets: np.ndarray
    start: tuple[float, float] = (0.0, 0.0)

    def __post_init__(self) -> None:
        try:
            offsets, start = np.array(self.offsets, np.float32), np.array(self.start, np.float64)
        except (TypeError, ValueError) as error:
            raise ValueError(f"offsets and start must be numbers: {error}") from error
        if offsets.ndim != 2 or offsets.shape[1] != 3:
            raise ValueError(f"offsets must be (T, 3), got {offsets.shape}; was the pen column dropped?")
        if not np.isfinite(offsets).all():
            raise ValueError("offsets must be finite; NaN or infinity found")
        if start.shape != (2,) or not np.isfinite(start).all():
            raise ValueError(f"start must be two finite numbers, x and y, got {self.start}")
        if not np.isin(offsets[:, 2], (0, 1)).all():
            raise ValueError("the third column, pen_up, must be 0 or 1")
        offsets.flags.writeable = False
        object.__setattr__(self, "offsets", offsets)
        object.__setattr__(self, "start", (float(start[0]), float(start[1])))

    def __len__(self) -> int:
        """Number of offsets, T."""
        return len(self.offsets)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Strokes) and self.start == other.start and np.array_equal(self.offsets, other.offsets)

    @property
    def pen_up(self) -> np.ndarray:
        """(T,) bool: the pen lifts after this point."""
        return self.offsets[:, 2] > 0.5

    @property
    def points(self) -> np.ndarray:
        """(T + 1, 2) float64: where the pen was, in model units, `start` first."""
        points = np.empty((len(self) + 1, 2))
        points[0] = self.start
        points[1:] = self.offsets[:, :2].cumsum(axis=0, dtype=np.float64) + self.start
        return points

    @property
    def joined(self) -> np.ndarray:
        """(T,) bool: the pen was down while it made this offset, so that there is ink to draw."""
        down = np.ones(len(self), bool)
        down[1:] = ~self.pen_up[:-1]
        return down

    @property
    def finished(self) -> bool:
        """The last stroke has ended with a pen lift."""
        return bool(len(self) and self.pen_up[-1])

    def scaled(self, factor: float) -> Strokes:
        """The same ink, `factor` times as large."""
        return Strokes(self.offsets * np.array((factor, factor, 1), np.float32), (self.start[0] * factor, self.start[1] * factor))

    def first(self, count: int) -> Strokes:
        """The ink of the first `count` offsets."""
        return Strokes(self.offsets[:count], self.start)

    def followed_by(self, offsets: np.ndarray) -> Strokes:
        """This ink with more offsets (S, 3) behind it."""
        return Strokes(np.concatenate((self.offsets, np.asarray(offsets, np.float32))), self.start)


def from_polylines(polylines: Sequence[np.ndarray], finished: bool = True) -> Strokes:
    """Ink from the pen's places, one (n, 2) array a stroke, in model units; with `finished=False` the pen is still down on the last stroke.

    Raises ValueError where there is no point at all, or an array is not (n, 2).
    """
    lines = [np.asarray(p, np.float64) for p in polylines]
    for number, line in enumerate(lines):
        if line.ndim != 2 or line.shape[1:] != (2,):
            raise ValueError(f"stroke {number} must be (n, 2) points, got {line.shape}")
    lines = [line for line in lines if len(line)]
    if not lines:
        raise ValueError("no ink: there is not one point in it")
    if len(lines[0]) == 1 and (len(lines) > 1 or finished):
        lines[0] = np.repeat(lines[0], 2, axis=0)
    points = np.concatenate(lines)
    ends = np.cumsum([len(line) for line in lines]) - 1
    offsets = np.zeros((len(points) - 1, 3), np.float32)
    offsets[:, :2] = np.diff(points, axis=0)
    offsets[(ends if finished else ends[:-1]) - 1, 2] = 1
    return Strokes(offsets, (points[0, 0], points[0, 1]))


def to_polylines(strokes: Strokes) -> list[Polyline]:
    """The pen's places (n, 2) in model units, one array a stroke; an unfinished last stroke is kept."""
    lines = np.split(strokes.points, np.flatnonzero(strokes.pen_up) + 2)
    lines = [line for line in lines if len(line)]
    if len(strokes) and strokes.pen_up[0] and not strokes.offsets[0, :2].any():
        lines[0] = lines[0][:1]
    return lines


def resample(polyline: Polyline, step: float) -> Polyline:
    """The same path with points every `step` along it, evenly; both ends are kept, and a dot stays a dot."""
    polyline = np.asarray(polyline, np.float64)
    lengths = np.hypot(*np.diff(polyline, axis=0).T)
    along = np.concatenate(([0.0], lengths.cumsum()))
    if along[-1] == 0:
        return polyline[:1]
    at = np.linspace(0, along[-1], max(1, round(along[-1] / step)) + 1)
    return np.stack([np.interp(at, along, polyline[:, axis]) for axis in (0, 1)], axis=1)
