"""Lines the network wrote itself, with its cells: ink that every installation can make, to look at a cell in more than one line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hwmodel.cells.recording import record_lines
from hwmodel.ink.strokes import Strokes
from hwmodel.network.model import HandwritingModel
from hwmodel.sampling.laws import graves
from hwmodel.sampling.lines import generate

LINES, STEPS, BIAS = 24, 500, 0.5
FIRST_SEED = 1000


@dataclass(frozen=True)
class OwnLines:
    """N lines and the cell states (T, H) of each."""

    strokes: list[Strokes]
    cells: list[np.ndarray]

    @cached_property
    def together(self) -> np.ndarray:
        """Cell states (all steps, H) of all lines."""
        return np.concatenate(self.cells)

    def series(self, cells: tuple[int, ...], sign: np.ndarray) -> list[np.ndarray]:
        """For each line the mean (T,) of some cells, each with its sign (H,)."""
        chosen = list(cells)
        return [(line[:, chosen] * sign[chosen]).mean(axis=1) for line in self.cells]


def write_own_lines(model: HandwritingModel) -> OwnLines:
    """LINES lines of at most STEPS steps, from fixed seeds; lines of less than two steps are left out."""
    written = generate(model, range(FIRST_SEED, FIRST_SEED + LINES), graves(BIAS), STEPS)
    strokes = [each.strokes for each in written if len(each.strokes) > 1]
    return OwnLines(strokes, [trace.cell for trace in record_lines(model, strokes)])
