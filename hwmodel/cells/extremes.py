"""Where in many lines a cell is highest and lowest, and which cells do the same. numpy only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Extreme:
    """One step of one line."""

    line: int
    step: int
    value: float


def extremes(lines: Sequence[np.ndarray], count: int, apart: int, highest: bool = True) -> list[Extreme]:
    """The `count` steps with the highest (or lowest) values of series (T,), one a line; those of one line at least `apart` steps from each other."""
    found: list[Extreme] = []
    every = np.concatenate(lines)
    line_of, step_of = np.repeat(np.arange(len(lines)), [len(line) for line in lines]), np.concatenate([np.arange(len(line)) for line in lines])
    for at in np.argsort(-every if highest else every, kind="stable"):
        line, step = int(line_of[at]), int(step_of[at])
        if all(other.line != line or abs(other.step - step) >= apart for other in found):
            found.append(Extreme(line, step, float(every[at])))
            if len(found) == count:
                break
    return found


def most_alike(covariance: np.ndarray, sign: np.ndarray, cells: Sequence[int], count: int) -> list[tuple[int, float]]:
    """The cells outside `cells` that go most closely with their mean, each with its sign (H,): (cell, correlation), strongest first, of either sign.
    `covariance` (H, H) is that of the cells without a sign; from it the answer costs nothing, whatever the number of steps."""
    signed = covariance * np.outer(sign, sign)
    chosen = list(cells)
    with_mean = signed[chosen].mean(axis=0)  # (H,): the covariance of each cell with the mean of the chosen ones
    scale = np.sqrt(np.diag(signed) * with_mean[chosen].mean())
    correlation = np.divide(with_mean, scale, out=np.zeros_like(with_mean), where=scale > 0)
    strength = np.abs(correlation)
    strength[chosen] = -1
    best = np.argsort(-strength, kind="stable")[: min(count, len(sign) - len(set(cells)))]
    return [(int(cell), float(correlation[cell])) for cell in best]
