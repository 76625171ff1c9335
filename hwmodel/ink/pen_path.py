"""Ink from pixels: a drawing on whole pixels, without times, becomes pen movements like those the network was trained on.

A stroke is smoothed along its path, so that the pixel grid goes away, and gets points as a hand spaces them: far apart where it runs straight, close
together in turns and where the pen sets down. Even steps cost the article's network 0.5 nats a step more (tests/ink/test_pen_path.py).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hwmodel.ink.limits import MAX_POINTS, check_reach
from hwmodel.ink.strokes import Polyline, Strokes, from_polylines, to_polylines
from hwmodel.ink.units import STEP, WHITEBOARD_UNITS

SMOOTH_PX = 2.4  # standard deviations of the Gaussians along the path: of the pixel grid,
SMOOTH = 0.25  # model units: of the hand's and the mouse's tremor,
SMOOTH_TURNS = 0.25  # model units: and of the path whose curvature says how fast a pen would go
FINE = 0.08  # model units between the points while smoothing
CORNER_PARTS = 8  # pieces of a smooth curve between two recorded points
# Step length against curvature k on held-out lines of both collections, which agree within 8 % from k = 0.02 to 3.5: a two-thirds power law with a
# softer start, STRAIGHT_STEP * (1 + k / TURN_CURVATURE) ** -TURN_POWER, and slower where the pen has just been set down. The factor 1.6 makes the
# median step theirs.
STRAIGHT_STEP = 1.6 * STEP
TURN_CURVATURE = 0.35  # 1 / model unit
TURN_POWER = 0.6
START_SLOWER = 0.4
START_LENGTH = 0.6  # model units


def ink_from_pixels(strokes: Sequence[Polyline], px_per_unit: float, as_they_are: Sequence[bool] | None = None) -> Strokes:
    """Finished ink from pixel paths (n, 2), one a stroke. Points are rounded to the training lines' grid of 1/40 unit, so a link holds them exactly.

    as_they_are: strokes that keep their points, because the network made them. Raises ValueError where there is no point at all, where no hand could
    have written the ink (`check_reach`), and where it would have more than MAX_POINTS.
    """
    keep = as_they_are or [False] * len(strokes)
    units = [np.asarray(stroke, np.float64) / px_per_unit for stroke in strokes]
    check_reach(from_polylines(units))
    pen = spaced(units, SMOOTH_PX / px_per_unit, keep)
    return from_polylines([np.rint(stroke * WHITEBOARD_UNITS) / WHITEBOARD_UNITS for stroke in pen])


def respaced(strokes: Strokes) -> Strokes:
    """The same ink, smoothed a little, with its points spaced as a pen's. Raises ValueError as `ink_from_pixels` does."""
    check_reach(strokes)
    lines = to_polylines(strokes)
    return from_polylines(spaced(lines, 0.0, [False] * len(lines)), strokes.finished)


def spaced(strokes: Sequence[Polyline], grid_noise: float, as_they_are: Sequence[bool]) -> list[Polyline]:
    """Each path (n, 2) in model units `like_a_pen`, or as it is. Raises ValueError at the first stroke with which there are too many points."""
    made, points = [], 0
    for stroke, kept in zip(strokes, as_they_are, strict=True):
        made.append(stroke if kept else like_a_pen(stroke, grid_noise))
        points += len(made[-1])
        if points > MAX_POINTS:
            raise ValueError(
                f"spaced as a pen's, its points would be more than {MAX_POINTS:,}, the most that can be read; was it written much too large?"
            )
    return made


def like_a_pen(stroke: Polyline, grid_noise: float) -> Polyline:
    """The path (n, 2) in model units, smoothed by `grid_noise` at least, with points spaced as a pen's (see STRAIGHT_STEP)."""
    path, spacing = evenly(rounded_corners(without_repeats(stroke)))
    if len(path) == 1:
        return path
    path = smoothed(path, np.hypot(grid_noise, SMOOTH) / spacing)
    lengths = np.hypot(*np.diff(path, axis=0).T)
    along = np.concatenate(([0.0], lengths.cumsum()))
    step = STRAIGHT_STEP * (1 + curvature(path, SMOOTH_TURNS / spacing) / TURN_CURVATURE) ** -TURN_POWER
    step *= 1 - START_SLOWER * np.exp(-along / START_LENGTH)
    steps = np.concatenate(([0.0], (lengths / ((step[1:] + step[:-1]) / 2)).cumsum()))  # how many steps a pen takes to each place
    at = np.linspace(0, steps[-1], max(1, round(steps[-1])) + 1)
    return np.stack([np.interp(at, steps, path[:, axis]) for axis in (0, 1)], axis=1)


def without_repeats(stroke: Polyline) -> Polyline:
    """The path without points that lie where the one before does."""
    moved = np.ones(len(stroke), bool)
    moved[1:] = np.diff(stroke, axis=0).any(axis=1)
    return stroke[moved]


def rounded_corners(stroke: Polyline) -> Polyline:
    """A smooth curve through the points (Catmull and Rom 1974), CORNER_PARTS pieces between each two: a fast mouse leaves them far apart."""
    if len(stroke) < 3:
        return stroke
    padded = np.concatenate((2 * stroke[:1] - stroke[1:2], stroke, 2 * stroke[-1:] - stroke[-2:-1]))
    before, here, there, after = (padded[i : len(stroke) - 1 + i, None] for i in range(4))  # each (n - 1, 1, 2)
    t = np.arange(CORNER_PARTS)[:, None] / CORNER_PARTS
    curve = here + t / 2 * (there - before + t * (2 * before - 5 * here + 4 * there - after + t * (3 * (here - there) + after - before)))
    return np.concatenate((curve.reshape(-1, 2), stroke[-1:]))


def evenly(stroke: Polyline) -> tuple[Polyline, float]:
    """The path with evenly spaced points about FINE apart, and their distance."""
    along = np.concatenate(([0.0], np.hypot(*np.diff(stroke, axis=0).T).cumsum()))
    if along[-1] == 0:
        return stroke[:1], FINE
    count = max(2, int(np.ceil(along[-1] / FINE)))
    at = np.linspace(0, along[-1], count + 1)
    return np.stack([np.interp(at, along, stroke[:, axis]) for axis in (0, 1)], axis=1), along[-1] / count


def smoothed(path: Polyline, sigma: float) -> Polyline:
    """The path under a Gaussian of `sigma` points; both ends stay where they are."""
    reach = min(int(3 * sigma) + 1, len(path) - 1)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    padded = np.concatenate((2 * path[0] - path[reach:0:-1], path, 2 * path[-1] - path[-2 : -reach - 2 : -1]))
    return np.stack([np.convolve(padded[:, axis], weights / weights.sum(), mode="valid") for axis in (0, 1)], axis=1)


def curvature(path: Polyline, sigma: float) -> np.ndarray:
    """(n,) curvature of the path, in one over its units, smoothed by `sigma` points."""
    velocity = np.gradient(smoothed(path, sigma), axis=0)
    acceleration = np.gradient(velocity, axis=0)
    speed = np.hypot(*velocity.T)
    return np.asarray(np.abs(velocity[:, 0] * acceleration[:, 1] - velocity[:, 1] * acceleration[:, 0]) / np.maximum(speed, 1e-9) ** 3)
