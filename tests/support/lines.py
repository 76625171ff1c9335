"""Ink and lines that are nobody's."""

from __future__ import annotations

import numpy as np

from hwmodel.data.lines import Lines
from hwmodel.ink.units import WHITEBOARD_UNITS


def wavy_offsets(steps: int, seed: int = 0) -> np.ndarray:
    """Offsets (steps, 3) of a made-up hand: loops that go to the right, with a pen lift now and then and at the end."""
    rng = np.random.default_rng(seed)
    angle = np.arange(steps) * rng.uniform(0.3, 0.5) + rng.uniform(0, 6)
    offsets = np.stack((0.2 + 0.4 * np.cos(angle), 0.5 * np.sin(angle), rng.random(steps) < 0.05), axis=1).astype(np.float32)
    offsets[:, :2] += rng.normal(0, 0.05, (steps, 2))
    offsets[-1, 2] = 1
    return offsets


def made_up_lines(count: int = 40, steps: int = 60) -> Lines:
    """`count` lines of about `steps` steps by four writers, one of whom is held out for validation; every third line is 'composed'."""
    rng = np.random.default_rng(0)
    offsets = [wavy_offsets(int(rng.integers(steps // 2, steps * 3 // 2)), seed) for seed in range(count)]
    points = [np.concatenate((np.zeros((1, 2)), o[:, :2].cumsum(axis=0))) * WHITEBOARD_UNITS for o in offsets]
    number = np.arange(count)
    return Lines(
        names=np.array([f"made-up-{i:02d}" for i in number]),
        split=np.where(number % 4 == 3, "validation", "train"),
        lengths=np.array([len(p) for p in points], np.int32),
        xy=np.concatenate(points).round().astype(np.int16),
        pen_up=np.concatenate([np.concatenate(([0], o[:, 2])) for o in offsets]).astype(np.uint8),
        texts=np.full(count, ""),
        writers=np.array([f"writer-{i}" for i in number % 4]),
        kind=np.where(number % 3 == 2, "composed", "written"),
        text_exact=np.zeros(count, bool),
    )
