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


def most_alike(values: np.ndarray, cells: Sequence[int], count: int) -> list[tuple[int, float]]:
    """The cells outside `cells` that go most closely with their mean over values (N, H): (cell, correlation), strongest first, either sign."""
    centred = values - values.mean(axis=0)
    mean = centred[:, list(cells)].mean(axis=1)
    scale = np.sqrt((centred**2).sum(axis=0) * (mean @ mean))
    correlation = np.divide(mean @ centred, scale, out=np.zeros(values.shape[1], values.dtype), where=scale > 0)
    strength = np.abs(correlation)
    strength[list(cells)] = -1
    best = np.argsort(-strength, kind="stable")[: min(count, values.shape[1] - len(set(cells)))]
    return [(int(cell), float(correlation[cell])) for cell in best]
