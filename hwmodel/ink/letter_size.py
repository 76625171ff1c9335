"""How large writing is, measured on the ink itself. numpy only.

All three measures go by where y turns: `writing_size` of one line, `letter_swing` of a page of any number of
lines, and `x_height` of writing that has only just begun, between guide lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hwmodel.ink.strokes import Polyline
from hwmodel.ink.units import X_HEIGHT

GUIDE_WEIGHT = 3.0  # how many bottoms and tops of letters the guide lines count for, when the height of writing is looked for


@dataclass(frozen=True)
class WritingSize:
    """Of one line of writing, in the ink's own units."""

    x_height: float  # from the median of the upper turning points of y to the median of the lower ones, the slope taken out
    slope: float  # of the base line: units down for one to the right


def writing_size(polylines: Sequence[Polyline]) -> WritingSize | None:
    """Size of the writing in strokes (n, 2), y downwards; None where there are too few ups and downs to tell."""
    middles, lengths = ink_pieces(polylines)
    if len(middles) < 10 or not lengths.sum():
        return None
    low, high = weighted_quantiles(middles[:, 1], lengths, (0.25, 0.75))
    if high <= low:
        return None
    slope, bottoms, tops = levelled_turns(polylines, high - low)
    if len(bottoms) < 3 or len(tops) < 3:
        return None
    return WritingSize(median_height(bottoms, tops), slope)


def x_height(polylines: Sequence[Polyline], guide: float) -> float:
    """Height of the letter x in strokes (n, 2), in their unit. `guide`, the height of the guide lines, counts for
    GUIDE_WEIGHT letters, so that it decides while little is written."""
    _, bottoms, tops = levelled_turns(polylines, guide)
    count = min(len(bottoms), len(tops))
    if count == 0:
        return guide
    measured = np.clip(median_height(bottoms, tops), guide / 4, guide * 4)
    return float(np.exp((GUIDE_WEIGHT * np.log(guide) + count * np.log(measured)) / (GUIDE_WEIGHT + count)))


def px_per_unit(x_height_px: float) -> float:
    """Pixels in one model unit, where the letter x is so many pixels high."""
    return x_height_px / X_HEIGHT


def levelled_turns(polylines: Sequence[Polyline], height: float) -> tuple[float, np.ndarray, np.ndarray]:
    """Slope of the base line, and the lower and upper turning points (n, 2) with it taken out, of writing about `height` high."""
    slope = base_slope(turning_points(polylines, 0.3 * height, 0.0)[0], height)
    return slope, *turning_points(polylines, 0.3 * height, slope)


def median_height(bottoms: np.ndarray, tops: np.ndarray) -> float:
    """From the median of the lower turning points (n, 2) to the median of the upper ones."""
    return float(np.median(bottoms[:, 1]) - np.median(tops[:, 1]))


def ink_pieces(polylines: Sequence[Polyline]) -> tuple[np.ndarray, np.ndarray]:
    """Middle (n, 2) and length (n,) of every piece of ink between two points of a stroke."""
    middles = [(line[1:] + line[:-1]) / 2 for line in polylines if len(line) > 1]
    lengths = [np.hypot(*np.diff(line, axis=0).T) for line in polylines if len(line) > 1]
    return (np.concatenate(middles), np.concatenate(lengths)) if middles else (np.empty((0, 2)), np.empty(0))


def weighted_quantiles(values: np.ndarray, weights: np.ndarray, at: Sequence[float]) -> np.ndarray:
    """The values below which shares `at` of the weight lie."""
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return np.asarray(np.interp(np.array(at) * total[-1], total, values[order]))


def turning_points(polylines: Sequence[Polyline], swing: float, slope: float) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper turning points, each (n, 2): x, and y with the slope taken out. See `turning_indices`."""
    found: tuple[list[tuple[float, float]], list[tuple[float, float]]] = ([], [])
    for line in polylines:
        level = line[:, 1] - slope * line[:, 0]
        for i, lower in turning_indices(level, swing):
            found[0 if lower else 1].append((line[i, 0], level[i]))
    return np.reshape(found[0], (-1, 2)), np.reshape(found[1], (-1, 2))


def turning_indices(heights: np.ndarray, swing: float) -> list[tuple[int, bool]]:
    """Indices at which y turns back by at least `swing`, lower turns (True, y downwards) and upper ones in alternation, the end as the last."""
    if len(heights) < 3:
        return []
    # Only where y changes its direction can it turn: looking at nothing else is several times faster.
    moves = np.flatnonzero(np.diff(heights)) + 1
    rising = heights[moves] > heights[moves - 1]
    changes = np.flatnonzero(rising[1:] != rising[:-1])
    candidates = [0, *moves[changes].tolist(), *moves[-1:].tolist()]
    values = heights[candidates].tolist()
    found: list[tuple[int, bool]] = []
    low = high = 0
    for i, value in enumerate(values):
        if value > values[high]:
            high = i
        if value < values[low]:
            low = i
        if values[high] - value >= swing and (not found or not found[-1][1]):
            found.append((candidates[high], True))
            low = i
        elif value - values[low] >= swing and (not found or found[-1][1]):
            found.append((candidates[low], False))
            high = i
    if found:
        found.append((candidates[low], False) if found[-1][1] else (candidates[high], True))
    return found


def base_slope(bottoms: np.ndarray, height: float, at_most: float = 0.3) -> float:
    """Slope of the base line through lower turning points (n, 2) of writing about `height` high, by Theil and Sen;
    0 where they are too few or too close together."""
    if len(bottoms) < 8 or np.ptp(bottoms[:, 0]) <= 6 * height:
        return 0.0
    chosen = bottoms[np.linspace(0, len(bottoms) - 1, min(len(bottoms), 60)).astype(int)]
    across, down = (chosen[:, None, axis] - chosen[None, :, axis] for axis in (0, 1))
    far = across > 2 * height
    return float(np.clip(np.median(down[far] / across[far]), -at_most, at_most)) if far.sum() > 10 else 0.0


def letter_swing(polylines: Sequence[Polyline]) -> float | None:
    """Median height from one turn of y to the next within a stroke: about the x-height, on however many lines; None without turns.

    On lines of IAM-OnDB 0.8-1.15 times what `writing_size` gives (5th to 95th percentile), and it does not mind a steep base line.
    """
    heights = [float(np.ptp(line[:, 1])) for line in polylines if len(line) > 4]
    if not heights:
        return None
    swing = 0.25 * float(np.median(heights))
    swings = [np.abs(np.diff(line[[i for i, _ in turning_indices(line[:, 1], swing)], 1])) for line in polylines]
    all_swings = np.concatenate(swings)
    return float(np.median(all_swings)) if len(all_swings) > 3 else None
