"""What is usual for each cell on a checkpoint's reference lines, so that one scale of colours is fair to quiet and loud cells. numpy only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hwmodel.cells.trace import CellTrace

RARE = 99  # percentile of how far a cell is from its median: what is further away is rare
SETTLED = 50  # steps after which a cell that keeps one value has found it
LEAST_SHARE = 0.6  # of a cell's deviation: one that moves less than this within lines hardly moves, and differs from line to line


@dataclass(frozen=True)
class Usual:
    """Of each cell state, over all steps of the reference lines."""

    median: np.ndarray  # (H,) float32
    reach: np.ndarray  # (H,) float32 > 0: the RARE percentile of the absolute distance from the median
    steady: np.ndarray  # (H,) bool: the cell hardly moves within a line

    def __post_init__(self) -> None:
        fits = self.median.ndim == 1 and self.median.shape == self.reach.shape == self.steady.shape and self.steady.dtype == bool
        if not fits or not np.isfinite(self.median).all() or not (np.isfinite(self.reach) & (self.reach > 0)).all():
            raise ValueError("what is usual for the cells must be a finite median and a reach above 0 for each")

    @classmethod
    def of(cls, traces: Sequence[CellTrace]) -> Usual:
        """What is usual on some lines. Raises ValueError where there is not one step."""
        together = np.concatenate([trace.cell for trace in traces]) if traces else np.zeros((0, 0))
        if not len(together):
            raise ValueError("there is not one step to tell by what is usual")
        median = np.median(together, axis=0)
        reach = np.percentile(np.abs(together - median), RARE, axis=0)
        settled = [trace.cell[SETTLED if len(trace) > 2 * SETTLED else 0 :] for trace in traces]
        within = np.sqrt(np.mean([each.var(axis=0, dtype=np.float64) for each in settled], axis=0))
        steady = within < LEAST_SHARE * together.std(axis=0, dtype=np.float64)
        return cls(median.astype(np.float32), np.maximum(reach, 1e-6).astype(np.float32), steady | (reach < 1e-6))
