"""Numbers that say whether ink looks like handwriting: of samples, of held-out lines, of what a reader draws."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from hwmodel.ink.strokes import Strokes
from hwmodel.ink.units import X_HEIGHT


@dataclass(frozen=True)
class InkStatistics:
    """Of one piece of ink of T offsets."""

    pen_lift_rate: float  # share of points after which the pen lifts
    step: float  # median length of a step with the pen down, model units
    turning: float  # mean absolute change of direction between two steps of a stroke, radians
    height: float  # from the 5th to the 95th percentile of y after the line's slope is taken out, model units
    drift: float  # the line's slope: model units down for one to the right


def ink_statistics(strokes: Strokes) -> InkStatistics:
    """Statistics of ink; NaN for what it is too short to have."""
    joined, steps, points = strokes.joined, strokes.offsets[:, :2], strokes.points
    lengths = np.hypot(*steps.T)
    direction = np.arctan2(steps[:, 1], steps[:, 0])
    bends = np.diff(direction)[joined[1:] & joined[:-1] & (lengths[1:] > 0) & (lengths[:-1] > 0)]
    width = np.ptp(points[:, 0])
    drift = float(np.polyfit(points[:, 0], points[:, 1], 1)[0]) if width > 5 * X_HEIGHT else np.nan
    level = points[:, 1] - (0.0 if np.isnan(drift) else drift) * points[:, 0]
    return InkStatistics(
        pen_lift_rate=float(strokes.pen_up.mean()) if len(strokes) else np.nan,
        step=float(np.median(lengths[joined])) if joined.any() else np.nan,
        turning=float(np.abs((bends + np.pi) % (2 * np.pi) - np.pi).mean()) if len(bends) else np.nan,
        height=float(np.subtract(*np.percentile(level, (95, 5)))),
        drift=drift,
    )


def percentiles(inks: Iterable[Strokes], at: tuple[float, ...] = (5, 50, 95)) -> dict[str, list[float]]:
    """For each statistic its percentiles over many pieces of ink."""
    rows = [vars(ink_statistics(ink)) for ink in inks]
    return {name: [float(v) for v in np.nanpercentile([row[name] for row in rows], at)] for name in rows[0]}
