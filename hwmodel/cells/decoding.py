"""What can be read off all cells together by a linear decoder, on lines that the decoder was not made from. numpy only.

Letters: L lines of T steps each, H cells, K classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

FOLDS = 5
RIDGE = 1e-3  # of the cells' own mean square: enough that cells which go together do no harm


class Decoded(NamedTuple):
    """Shares of steps."""

    right: float  # at which the decoder names the right class
    chance: float  # that have the class which is the most frequent one


def decode(values: Sequence[np.ndarray], classes: Sequence[np.ndarray]) -> Decoded:
    """How well classes (T,) int of each step, from 0, can be told from values (T, H), by least squares on indicators of the classes (the largest one
    is named), cross-validated: every line is decoded from the lines of the other folds. Steps of class -1 do not count. Raises ValueError where there
    are fewer lines than folds."""
    if len(values) < FOLDS:
        raise ValueError(f"{FOLDS} lines are needed to decode each from others, and there are {len(values)}")
    count = 1 + max(int(each.max(initial=0)) for each in classes)
    every = np.concatenate(values)
    mean, deviation = every.mean(axis=0, dtype=np.float64), every.std(axis=0, dtype=np.float64).clip(1e-6)
    rows, wanted = [], []
    for fold in range(FOLDS):
        known = [each >= 0 for each in classes[fold::FOLDS]]
        chosen = np.concatenate([each[kept] for each, kept in zip(values[fold::FOLDS], known, strict=True)])
        rows.append(np.column_stack(((chosen - mean) / deviation, np.ones(len(chosen)))).astype(np.float32))
        wanted.append(np.concatenate([each[kept] for each, kept in zip(classes[fold::FOLDS], known, strict=True)]))
    squares = [(part.T @ part).astype(np.float64) for part in rows]
    products = [(part.T @ np.eye(count, dtype=np.float32)[named]).astype(np.float64) for part, named in zip(rows, wanted, strict=True)]
    right = 0
    for fold in range(FOLDS):
        others = [other for other in range(FOLDS) if other != fold]
        square = np.sum([squares[other] for other in others], axis=0)
        weights = np.linalg.solve(square + RIDGE * square[-1, -1] * np.eye(len(square)), np.sum([products[other] for other in others], axis=0))
        right += int(((rows[fold] @ weights.astype(np.float32)).argmax(axis=1) == wanted[fold]).sum())
    together = np.concatenate(wanted)
    return Decoded(right / len(together), float(np.bincount(together).max() / len(together)))
