"""Groups of alike things, and how well they stand apart. numpy only.

Letters: N things, F features, K groups.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MARKS = 16  # places along a path by which two paths are compared
MOST_BRANCHES = 5  # as many as there are colours for
LEAST_SHARE = 0.06  # of the futures: fewer are no branch but stragglers
LEAST_SILHOUETTE = 0.25  # Rousseeuw 1987: below it the groups run into one another, and the futures count as one branch
NEARLY_BEST = 0.8  # times the best silhouette: a finer grouping that is this good tells more


def ward(features: np.ndarray, most: int) -> dict[int, NDArray[np.int64]]:
    """A group (N,) for each thing with features (N, F), for 2 to `most` groups, by the number of groups: the two groups whose union adds least to
    the sum of squares within groups become one, again and again (Ward 1963, by the recurrence of Lance and Williams 1967)."""
    count = len(features)
    points = features.astype(np.float64)
    cost = ((points[:, None] - points[None]) ** 2).sum(axis=-1)  # (N, N): twice what a union would add
    np.fill_diagonal(cost, np.inf)
    size, group = np.ones(count), np.arange(count)
    found = {}
    for groups in range(count, 1, -1):
        if groups <= most:
            found[groups] = np.unique(group, return_inverse=True)[1].astype(np.int64)
        kept, gone = sorted(int(at) for at in np.unravel_index(cost.argmin(), cost.shape))
        united = (size + size[kept]) * cost[kept] + (size + size[gone]) * cost[gone] - size * cost[kept, gone]
        united /= size + size[kept] + size[gone]
        united[[kept, gone]] = np.inf
        cost[kept] = cost[:, kept] = united
        cost[gone] = cost[:, gone] = np.inf
        size[kept] += size[gone]
        group[group == gone] = kept
    return found


def silhouette(distances: np.ndarray, group: NDArray[np.int64]) -> float:
    """Mean silhouette (Rousseeuw 1987) of things with distances (N, N) in groups (N,), two at least, numbered from 0: how much nearer each is to its
    own group than to the next, from -1 to 1; 0 for one that is alone."""
    count = np.bincount(group)
    to_groups = np.stack([distances[:, group == k].sum(axis=1) for k in range(len(count))], axis=1)  # (N, K) sums
    every = np.arange(len(group))
    own = to_groups[every, group] / np.maximum(count[group] - 1, 1)
    means = to_groups / count
    means[every, group] = np.inf
    other = means.min(axis=1)
    larger = np.maximum(own, other)
    each = np.divide(other - own, larger, out=np.zeros_like(larger), where=(larger > 0) & (count[group] > 1))
    return float(each.mean())
