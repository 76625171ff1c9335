"""What is usual for each cell on a checkpoint's reference lines, so that one scale of colours is fair to quiet and loud cells. numpy only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hwmodel.cells.trace import CellTrace

RARE = 99  # percentile of how far a cell is from its median: what is further away is rare
LEAST_REACH = 1e-6


@dataclass(frozen=True)
class Usual:
    """Of each cell state, over all steps of the reference lines. Raises ValueError where it cannot be a scale."""

    median: np.ndarray  # (H,) float32
    reach: np.ndarray  # (H,) float32 > 0: the RARE percentile of the absolute distance from the median

    def __post_init__(self) -> None:
        if self.median.shape != self.reach.shape or not np.isfinite([self.median, self.reach]).all() or not (self.reach > 0).all():
            raise ValueError("what is usual for the cells must be a finite median and a reach above 0 for each")

    @classmethod
    def of(cls, traces: Sequence[CellTrace]) -> Usual:
        """What is usual on some lines, of one step at least."""
        together = np.concatenate([trace.cell for trace in traces])
        median = np.median(together, axis=0)
        reach = np.percentile(np.abs(together - median), RARE, axis=0)
        return cls(median.astype(np.float32), np.maximum(reach, LEAST_REACH).astype(np.float32))
