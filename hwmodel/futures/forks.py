"""Where the futures of a line part into two ways. numpy only.

Letters: P points, N samples, F forks.
"""

from __future__ import annotations

import numpy as np

LEAST_SHARE = 0.15  # of the futures, that must go the rarer way for a fork
LEAST_GAP = 0.5  # model units between the two ways' ends; a letter x is about three high
APART = 6  # points: of forks nearer to each other only the clearest counts
LEAST_CUT = 0.8  # see `cut_in_two`: 0.64 is one bell curve, 0.75 an even spread, 1 two spots


def cut_in_two(ends: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The best cut of each point's ends (P, N, 2) in two, across the direction they differ most in.

    Returns how much of the variance in that direction is between the two parts (0 to 1), the smaller part's share, and the distance of the parts'
    means in model units, each (P,). This is Otsu's threshold (1979) on one axis. All ends in one place count as not cut: 0, 0.5, 0.
    """
    centred = ends - ends.mean(axis=1, keepdims=True)
    _, axes = np.linalg.eigh(np.einsum("pni,pnj->pij", centred, centred))
    along = np.sort(np.einsum("pni,pi->pn", centred, axes[..., -1]), axis=1)
    samples = along.shape[1]
    low = np.arange(1, samples)  # how many ends are below the cut
    sums = along.cumsum(axis=1)[:, :-1]
    gap = -sums / (samples - low) - sums / low  # between the means; all ends sum to zero
    between = low * (samples - low) / samples**2 * gap**2
    best = between.argmax(axis=1) if samples > 1 else np.zeros(len(along), np.int64)
    rows, variance = np.arange(len(along)), (along**2).mean(axis=1)
    explained = np.divide(between[rows, best], variance, out=np.zeros_like(variance), where=variance > 1e-12)
    share = np.minimum(low[best], samples - low[best]) / samples
    return explained, np.where(variance > 1e-12, share, 0.5), np.where(variance > 1e-12, gap[rows, best], 0.0)


def clearness(ends: np.ndarray) -> np.ndarray:
    """How clearly the ends (P, N, 2) of each point part into two ways (P,), in model units: two groups with a gap between them, the rarer one not too
    rare. 0 where they do not."""
    if ends.shape[1] < 2:
        return np.zeros(len(ends))
    explained, share, gap = cut_in_two(ends)
    return np.where((explained >= LEAST_CUT) & (share >= LEAST_SHARE) & (gap >= LEAST_GAP), explained * gap, 0.0)


def find_forks(points: np.ndarray, ends: np.ndarray, apart: int = APART) -> np.ndarray:
    """Those of the points (P,) int64 whose futures' ends (P, N, 2) part into two ways, (F,), the clearest first. Of points nearer to each other than
    `apart` only the clearest counts."""
    clear = clearness(ends)
    found: list[int] = []
    for row in np.argsort(-clear, kind="stable"):
        point = int(points[row])
        if clear[row] > 0 and all(abs(point - other) >= apart for other in found):
            found.append(point)
    return np.array(found, np.int64)
