"""Futures of a line and what is found in them, as values. numpy only.

Letters: P points that futures start from, N samples, S steps, K components.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hwmodel.ink.strokes import Strokes

GRID = 96  # cells to a side of the square on which the next step's density is taken


@dataclass(frozen=True, eq=False)
class Futures:
    """N futures of S steps from each of P points of a line.

    `points` (P,) int64: a future of point t starts from the state after offset t was read, so at row t + 1 of `Strokes.points`, and its step s is an
    answer to offset t + 1 + s. `offsets` (P, N, S, 3) float32 as in `Strokes`.
    """

    points: np.ndarray
    offsets: np.ndarray

    @cached_property
    def paths(self) -> np.ndarray:
        """(P, N, S, 2) float32: where the pen is after each step, from the point it started at, in model units."""
        return self.offsets[..., :2].cumsum(axis=2, dtype=np.float32)

    @cached_property
    def lifted(self) -> np.ndarray:
        """(P, N) bool: the pen lifts within the S steps."""
        return np.asarray((self.offsets[..., 2] > 0.5).any(axis=2))

    @cached_property
    def lengths(self) -> np.ndarray:
        """(P, N) int64: steps until the pen lifts, that one included; S where it does not. A future is drawn no further."""
        return np.asarray(np.where(self.lifted, (self.offsets[..., 2] > 0.5).argmax(axis=2) + 1, self.offsets.shape[2]))

    @property
    def ends(self) -> np.ndarray:
        """(P, N, 2) float32: where each future's drawing ends, from the point it started at, in model units."""
        return np.take_along_axis(self.paths, self.lengths[..., None, None] - 1, axis=2)[:, :, 0]


def side_angles(futures: Futures, strokes: Strokes) -> np.ndarray:
    """How far each future ends to the side of where the pen really was after as many steps: (P, N) float32, radians in (-pi, pi].

    The angle is the one at the point the future starts from. y grows downwards, so positive is to the right of the way the pen went, and negative to
    its left. NaN where the ink does not go on that far, or where the pen or the future is back at its start, so that there is no direction.
    """
    start = futures.points[:, None] + 1
    then = start + futures.lengths
    places = strokes.points
    real = places[np.minimum(then, len(strokes))] - places[start]  # (P, N, 2)
    ends = futures.ends
    across = real[..., 0] * ends[..., 1] - real[..., 1] * ends[..., 0]
    along = (real * ends).sum(axis=-1)
    known = (then <= len(strokes)) & real.any(axis=-1) & ends.any(axis=-1)
    return np.where(known, np.arctan2(across, along), np.nan).astype(np.float32)


@dataclass(frozen=True)
class Branch:
    """Futures that go the same way."""

    share: float  # of all futures
    lifts: float  # share of the branch's futures that lift the pen
    typical: int  # the future with the least distance to all others of its branch


@dataclass(frozen=True, eq=False)
class Fan:
    """All futures from one point, in branches, the largest first."""

    futures: Futures  # of one point
    label: NDArray[np.int64]  # (N,) the branch of each future
    branches: tuple[Branch, ...]


@dataclass(frozen=True, eq=False)
class NextStep:
    """The mixture that the next offset is drawn from, and its density on a square grid."""

    pi: np.ndarray  # (K,)
    mu: np.ndarray  # (K, 2), model units
    sigma: np.ndarray  # (K, 2)
    rho: np.ndarray  # (K,)
    pen_up: float  # probability that the pen lifts after the offset
    density: np.ndarray  # (G, G) float32, rows are y from top to bottom, per square model unit
    left: float  # of the grid, model units from the point
    top: float
    size: float


@dataclass(frozen=True, eq=False)
class Certainty:
    """Along the points (P,) that futures start from; all (P,) float32."""

    points: np.ndarray  # int64, as in Futures
    spread: np.ndarray  # root mean square distance of the futures' ends from their mean, model units
    entropy: np.ndarray  # of the next offset under the network as it was trained, nats (of a density in model units, so it may be negative)
    lifts: np.ndarray  # share of the futures that lift the pen
    surprise: np.ndarray  # nats of the next offset that really came; NaN at the line's end. Its mean is the entropy where the network is right
