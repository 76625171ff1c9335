"""What was recorded of the network's cells, as values. numpy only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hwmodel.cells.rates import Rate
from hwmodel.ink.signals import InkSignals, signals_of_all
from hwmodel.ink.strokes import Strokes

GATES = ("input gate", "forget gate", "candidate", "output gate")  # torch's order: i, f, g, o


@dataclass(frozen=True)
class CellTrace:
    """The network's cells over T offsets. Row t is the state *after* offset t was read, so it belongs to the point that
    offset leads to.

    The article publishes the state before each point instead: its row t is our row t - 1.
    """

    hidden: np.ndarray  # (T, H) float32, h in (-1, 1)
    cell: np.ndarray  # (T, H) float32, c
    gates: np.ndarray | None = None  # (T, 4, H) float32, in the order of GATES, where they were asked for

    def __len__(self) -> int:
        """Number of offsets, T."""
        return len(self.cell)


@dataclass(frozen=True)
class WindowTrace:
    """Where the window over a text of U characters stood, with rows as in `CellTrace`: what the movement after offset t is predicted from.

    Ink of several lines is read line by line, each from the zero state and by a window of its own; the row of the way to a line is that of the state
    in which it begins.
    """

    text: str  # its lines joined by line breaks
    phi: np.ndarray  # (T, U) float32: the weight on each character; none on those of other lines, and on line breaks
    line: np.ndarray  # (T,) int64: which of the text's lines is read
    kappa: np.ndarray  # (T,) float32: the window's count of that line's characters, see `TextState`
    progress: np.ndarray  # (T,) float32: how many characters of that line had been passed


@dataclass(frozen=True)
class OwnLines:
    """N lines the network wrote itself, and what its cells did."""

    strokes: list[Strokes]
    together: np.ndarray  # (all steps, H) float32: cell states of all lines, one after the other
    texts: tuple[str, ...] = ()  # (N,) what it was told to write, where it was told

    @cached_property
    def cells(self) -> list[np.ndarray]:
        """Cell states (T, H) of each line, as views."""
        return np.split(self.together, np.cumsum([len(line) for line in self.strokes])[:-1])

    @cached_property
    def covariance(self) -> np.ndarray:
        """(H, H) float64: how the cells go with each other over all steps."""
        return np.cov(self.together, rowvar=False)

    @cached_property
    def signals(self) -> InkSignals:
        """What the pen does at each step of `together`."""
        return signals_of_all(self.strokes)

    def series(self, cells: tuple[int, ...], sign: np.ndarray) -> list[np.ndarray]:
        """For each line the mean (T,) of some cells, each with its sign (H,)."""
        chosen = list(cells)
        return [(line[:, chosen] * sign[chosen]).mean(axis=1) for line in self.cells]


@dataclass(frozen=True)
class Trial:
    """What the network does while some cells are held, or none."""

    written: Strokes  # the first line; trials with the same seeds have the same random numbers
    lifts: Rate  # pen lifts in 100 steps of the lines it writes
    nats: Rate  # a step, of lines it reads
