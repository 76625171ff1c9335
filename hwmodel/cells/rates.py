"""Means over the steps of a few lines, with intervals that take lines, not steps, as what was drawn at random. Free of torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from hwmodel.cells.association import standard_error


@dataclass(frozen=True, eq=False)
class Rate:
    """A total over the steps of L lines by the number of these steps."""

    value: float
    influence: np.ndarray  # (L,) float64, of each line on the value

    @classmethod
    def of(cls, totals: Sequence[float], steps: Sequence[int]) -> Rate:
        """From each line's total and steps. Raises ValueError where there is not one step."""
        counts = np.asarray(steps, np.float64)
        if not counts.sum() > 0:
            raise ValueError("a rate needs lines of one step at least")
        value = float(np.sum(totals) / counts.sum())
        return cls(value, (np.asarray(totals, np.float64) - value * counts) / counts.sum())

    def minus(self, other: Rate) -> Rate:
        """The difference of two rates of the same lines, such as ones that were written with the same random numbers."""
        return Rate(self.value - other.value, self.influence - other.influence)

    def interval(self) -> tuple[float, float]:
        """The ends of the 95 % interval (Student's t), both infinite for a single line."""
        lines = len(self.influence)
        if lines < 2:
            return -np.inf, np.inf
        reach = float(students_t(lines - 1, 0.975) * standard_error(self.influence[:, None])[0])
        return self.value - reach, self.value + reach

    @property
    def direction(self) -> int:
        """1 or -1 where the whole interval is above or below zero, 0 where it is not."""
        low, high = self.interval()
        return int(low > 0) - int(high < 0)


@cache
def students_t(freedom: int, below: float) -> float:
    """The value below which Student's t of `freedom` degrees of freedom lies with probability `below`. With t as the root of `freedom` times the
    tangent of an angle, the angle's density is a power of its cosine, which is summed up."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, 20_001)
    density = np.cos(angle).clip(0) ** (freedom - 1)
    mass = np.concatenate(([0.0], (density[1:] + density[:-1]).cumsum()))
    return float(np.sqrt(freedom) * np.tan(np.interp(below, mass / mass[-1], angle)))
