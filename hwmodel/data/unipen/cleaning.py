"""A segment's ink made sound: y downwards, no repeated samples, no spikes, no joined strokes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

LONGEST_GAP = 25_000  # microseconds between two points of a stroke on a tablet that samples every 5 to 10 ms
STEEPLE = 8  # times the usual step: a longer one is a fault


def clean(strokes: Iterable[np.ndarray], y_scale: float = 1.0) -> list[np.ndarray]:
    """Strokes (n, 2 or more) of device units, y upwards, as strokes (n, 2) with y downwards.

    Left out: blanked points, samples that repeat the one before, and single samples far off to which the pen could not have gone and come back.
    """
    cleaned = []
    for stroke in strokes:
        line = stroke[:, :2] * (1.0, -y_scale)
        if len(line) > 1:
            line = line[line.any(axis=1)]
        if len(line) > 1:
            line = line[np.append(True, np.diff(line, axis=0).any(axis=1))]
        line = without_spikes(without_spikes(line))
        if len(line):
            cleaned.append(line)
    return cleaned


def without_spikes(line: np.ndarray) -> np.ndarray:
    """The stroke (n, 2) without points that lie far from both neighbours while these lie close together."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    if len(steps) < 6:
        return line
    skipped = np.hypot(*(line[2:] - line[:-2]).T)
    before, after = steps[:-1], steps[1:]
    far = STEEPLE * np.median(steps)
    spikes = (before > far) & (after > far) & (skipped < 0.5 * np.minimum(before, after))
    return np.delete(line, np.flatnonzero(spikes) + 1, axis=0)


def cut_at_gaps(points: np.ndarray) -> list[np.ndarray]:
    """Pieces of points (n, 4) of x, y, time in microseconds and pressure, cut where the pen must have been up though the file says nothing of it."""
    pressure = points[:, 3]
    steps = np.hypot(*np.diff(points[:, :2], axis=0).T)
    moving = steps[steps > 0]
    if not len(moving):
        return []
    light = (pressure[1:] <= 1) | (pressure[:-1] <= 1)
    lifted = (np.diff(points[:, 2]) > LONGEST_GAP) & light | (steps > STEEPLE * np.percentile(moving, 95))
    return [piece for piece in np.split(points, np.flatnonzero(lifted) + 1) if len(piece) > 2]
