"""Writing as the shape of its path: size, slope, slant and speed are taken out, what tells one letter from another is left. numpy only."""

from __future__ import annotations

import numpy as np

from hwmodel.ink.letter_size import letter_swing, writing_size
from hwmodel.ink.strokes import Polyline, Strokes, resample, to_polylines
from hwmodel.ink.units import X_HEIGHT

FEATURES = 6
SPACING = 0.2  # x-heights between two points of a stroke
STEEPEST = 0.8  # of the slant that is taken out: so many to the right for one up
FARTHEST = 8.0  # x-heights: a longer jump says no more than that the pen went far


def path_features(strokes: Strokes) -> np.ndarray:
    """What the path does between each two of its points, which stand evenly along each stroke: (N, FEATURES) float32.

    The columns: the direction of ink, as a unit vector (0 for a jump); the jump of a lifted pen, in x-heights (0 for ink); how far below the
    middle of the writing the movement ends, in x-heights; and 1 for a jump.
    """
    points, jumps = even_points(upright(to_polylines(strokes)))
    moves = np.diff(points, axis=0)
    features = np.zeros((len(moves), FEATURES), np.float32)
    ink = ~jumps
    features[ink, :2] = moves[ink] / np.hypot(*moves[ink].T).clip(1e-9)[:, None]
    features[jumps, 2:4] = moves[jumps].clip(-FARTHEST, FARTHEST)
    features[:, 4] = points[1:, 1] - np.median(points[:, 1])
    features[:, 5] = jumps
    return features


def upright(polylines: list[Polyline]) -> list[Polyline]:
    """The strokes with an x-height of 1, without the base line's slope and the letters' slant."""
    size = writing_size(polylines)
    height = size.x_height if size else letter_swing(polylines) or X_HEIGHT
    slope = size.slope if size else 0.0
    level = [(line - np.outer(line[:, 0], (0, slope))) / max(height, 1e-3) for line in polylines]
    downwards = [moves[moves[:, 1] > 0] for moves in (np.diff(resample(line, SPACING), axis=0) for line in level)]
    across, down = np.concatenate(downwards).T
    lean = float(np.clip((across * down).sum() / max(float((down * down).sum()), 1e-9), -STEEPEST, STEEPEST))
    return [line - np.outer(line[:, 1], (lean, 0)) for line in level]


def even_points(polylines: list[Polyline]) -> tuple[np.ndarray, np.ndarray]:
    """All points (N + 1, 2) of strokes resampled evenly, and which of the N movements between them are jumps (N,) bool."""
    even = [resample(line, SPACING) for line in polylines]
    jumps = np.zeros(sum(map(len, even)), bool)
    jumps[np.cumsum([len(line) for line in even])[:-1]] = True
    return np.concatenate(even), jumps[1:]
