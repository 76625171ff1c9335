"""The lines file: many written lines in one npz.

Arrays: names (str), split (str), lengths (points a line), xy int16 (absolute pen positions from the line's first point, y downwards, whiteboard
units; all lines one after the other), pen_up uint8 (1 on the last point of a stroke), texts (what is written, '' where not known); and where the
collection knows them writers, kind ('written' or 'composed') and text_exact. collection and licence say where the lines come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from hwmodel.data.arrays import read_arrays
from hwmodel.ink.units import WHITEBOARD_UNITS

MAX_STEP = 1000  # whiteboard units: a longer offset is a fault of the tablet, and is clipped
COLUMNS = {  # numpy's kinds of each array, and its dimensions
    "names": ("U", 1),
    "split": ("U", 1),
    "lengths": ("iu", 1),
    "xy": ("iu", 2),
    "pen_up": ("iub", 1),
    "texts": ("U", 1),
    "writers": ("U", 1),
    "kind": ("U", 1),
    "text_exact": ("b", 1),
}
REQUIRED = ("names", "split", "lengths", "xy", "pen_up", "texts")


@dataclass(frozen=True)
class Lines:
    """The arrays of a lines file (see the module). N lines, P points in all."""

    names: np.ndarray  # (N,) str
    split: np.ndarray  # (N,) str: train, validation or test
    lengths: np.ndarray  # (N,) int32
    xy: np.ndarray  # (P, 2) int16
    pen_up: np.ndarray  # (P,) uint8
    texts: np.ndarray  # (N,) str
    writers: np.ndarray | None = None  # (N,) str
    kind: np.ndarray | None = None  # (N,) str
    text_exact: np.ndarray | None = None  # (N,) bool
    collection: str = ""  # where the lines come from, where the file says it (see `hwmodel.data.collections`)
    licence: str = ""  # of weights that are trained on them

    def __post_init__(self) -> None:
        for name, (kinds, dimensions) in COLUMNS.items():
            column = getattr(self, name)
            if column is not None and (column.dtype.kind not in kinds or column.ndim != dimensions):
                raise ValueError(f"{name} must be an array of {dimensions} dimensions of kind {kinds}, got {column.dtype} {column.shape}")
        points = int(self.lengths.sum())
        if (self.lengths < 1).any() or not np.isin(self.pen_up, (0, 1)).all():
            raise ValueError("a line must have a point at least, and pen_up be 0 or 1")
        if self.xy.shape != (points, 2) or self.pen_up.shape != (points,):
            raise ValueError(f"lengths add up to {points} points, but xy is {self.xy.shape} and pen_up {self.pen_up.shape}")
        for name in ("names", "split", "texts", "writers", "kind", "text_exact"):
            column = getattr(self, name)
            if column is not None and len(column) != len(self.lengths):
                raise ValueError(f"{name} has {len(column)} rows for {len(self.lengths)} lines")

    @cached_property
    def starts(self) -> np.ndarray:
        """(N + 1,) int64: where each line's points begin in xy and pen_up, and where the last line's end."""
        return np.concatenate(([0], np.cumsum(self.lengths, dtype=np.int64)))

    @cached_property
    def lifts_a_step(self) -> np.ndarray:
        """(N,) float64: how often the pen is lifted for each step of a line; more often by a printing hand than by a joining one."""
        lifted: np.ndarray = np.add.reduceat(self.pen_up, self.starts[:-1], dtype=np.int64) / np.maximum(self.lengths - 1, 1)
        return lifted

    def __len__(self) -> int:
        return len(self.lengths)

    def choose(self, split: str | None = None, kind: str | None = None) -> np.ndarray:
        """Indices of the lines of a split and, where the file knows kinds, of a kind."""
        chosen = np.ones(len(self), bool)
        if split is not None:
            if split not in self.split:
                raise ValueError(f"no line has split {split!r}; there are {', '.join(sorted(set(self.split)))}")
            chosen &= self.split == split
        if kind is not None:
            if self.kind is None or kind not in self.kind:
                raise ValueError(f"no line is of kind {kind!r} in this file")
            chosen &= self.kind == kind
        return np.flatnonzero(chosen)

    def offsets(self, index: int) -> np.ndarray:
        """Line `index` as offsets (T, 3) float32 in model units; its first point is the origin and no offset, so T is one less than its points."""
        start, end = self.starts[index], self.starts[index + 1]
        steps = np.diff(self.xy[start:end].astype(np.int32), axis=0).clip(-MAX_STEP, MAX_STEP)
        offsets = np.empty((len(steps), 3), np.float32)
        offsets[:, :2] = steps / WHITEBOARD_UNITS
        offsets[:, 2] = self.pen_up[start + 1 : end]
        return offsets


def held_out(lines: Lines, split: str = "validation", kind: str | None = None) -> list[np.ndarray]:
    """Offsets (T, 3) of every line of a split, as `Lines.choose` finds them."""
    return [lines.offsets(i) for i in lines.choose(split, kind)]


def evenly_by_length(lines: Sequence[np.ndarray], count: int) -> list[np.ndarray]:
    """At most `count` of the lines, evenly over their lengths."""
    chosen = sorted(lines, key=len)
    return [chosen[i] for i in np.linspace(0, len(chosen) - 1, min(count, len(chosen))).round().astype(int)]


def load_lines(path: str | Path) -> Lines:
    """The lines of an npz file. Raises ValueError where it is none, FileNotFoundError where it is missing."""
    stored = read_arrays(Path(path))
    missing = [name for name in REQUIRED if name not in stored]
    if missing:
        raise ValueError(f"{path} is no lines file: {', '.join(missing)} missing; make one with python -m hwmodel.data")
    words: dict[str, Any] = {name: str(stored[name]) for name in ("collection", "licence") if name in stored}
    columns: dict[str, Any] = {name: stored[name] for name in COLUMNS if name in stored}
    try:
        return Lines(**columns, **words)
    except ValueError as error:
        raise ValueError(f"{path} is a broken lines file: {error}; make it anew with python -m hwmodel.data") from error


def save_lines(path: str | Path, lines: Lines) -> None:
    """Write a lines file, compressed."""
    columns = {f.name: getattr(lines, f.name) for f in fields(Lines)}
    np.savez_compressed(path, allow_pickle=False, **{name: np.asarray(column) for name, column in columns.items() if column is not None})
