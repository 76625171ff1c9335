"""How closely values follow a signal, with standard errors that know that the steps of one line belong together. numpy only.

Letters: N steps of L lines one after the other, H cells. Every standard error is the root of the summed squares, over lines, of the summed influence
of a line's steps on the estimate (Huber 1967's sandwich for clusters; for the AUC it is DeLong et al. 1988 with Obuchowski 1997's clusters).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Estimate(NamedTuple):
    """An estimate for each cell and its standard error, each (H,) float64 or with leading axes; NaN where there is nothing to estimate it from."""

    value: np.ndarray
    error: np.ndarray


def correlation(signal: np.ndarray, values: np.ndarray, line: np.ndarray) -> Estimate:
    """Pearson correlation of a signal, (N,) for all cells or (N, H) of each its own, with values (N, H). `line` (N,) int says which line a step is
    of. Steps at which the signal is NaN do not count."""
    signal = signal.reshape(len(values), -1)
    known = ~np.isnan(signal).any(axis=1)
    line = line[known]
    if len(np.unique(line)) < 2:
        return nothing(values.shape[1])
    x, z = standardised(signal[known]), standardised(values[known])
    product = sum_by_line(x * z, line)
    steps = len(line)
    r = product.sum(axis=0) / steps
    influence = product - r / 2 * (sum_by_line(x**2, line) + sum_by_line(z**2, line))
    return Estimate(r, standard_error(influence / steps))


def auc(events: np.ndarray, values: np.ndarray, line: np.ndarray) -> Estimate:
    """Probability that a cell is higher at a step with the event than at one without it: the area under the ROC curve. Events (E, N) of 0 and 1;
    value and error are (E, H), NaN for an event that fewer than two lines have."""
    events = events > 0.5
    counts, lines = events.sum(axis=1), int(line.max()) + 1
    shape = (len(events), values.shape[1])
    area, error = np.full(shape, np.nan), np.full(shape, np.nan)
    usable = [e for e, event in enumerate(events) if len(np.unique(line[event])) > 1 and counts[e] < len(line)]
    for cell, column in enumerate(np.ascontiguousarray(values.T)):
        order = np.argsort(column, kind="stable")
        sorted_line = line[order]
        for e in usable:
            event, with_event, without = events[e][order], counts[e], len(line) - counts[e]
            below = np.cumsum(event)
            # of each step: how often it is on the right side of those of the other kind
            placement = np.where(event, (np.arange(1, len(order) + 1) - below) / without, 1 - below / with_event)
            area[e, cell] = placement[event].mean()
            influence = np.where(event, 1 / with_event, 1 / without) * (placement - area[e, cell])
            error[e, cell] = standard_error(np.bincount(sorted_line, influence, lines)[:, None])[0]
    return Estimate(area, error)


def nothing(cells: int) -> Estimate:
    return Estimate(np.full(cells, np.nan), np.full(cells, np.nan))


def standardised(values: np.ndarray) -> np.ndarray:
    """Columns of (N, H) with mean 0 and standard deviation 1; a column that never changes becomes 0."""
    centred = values - values.mean(axis=0)
    deviation = centred.std(axis=0)
    return np.asarray(centred / np.where(deviation > 1e-9, deviation, np.inf))


def sum_by_line(values: np.ndarray, line: np.ndarray) -> np.ndarray:
    """(lines that occur, H) sums of (N, H); the steps of a line stand together."""
    return np.add.reduceat(values, np.flatnonzero(np.diff(line, prepend=-1)), axis=0)


def standard_error(influence: np.ndarray) -> np.ndarray:
    """(H,) standard error from the lines' influences (L, H), with the usual correction for few lines."""
    lines = len(influence)
    return np.asarray(np.sqrt(lines / (lines - 1) * (influence**2).sum(axis=0)))
