"""Lines the network wrote itself, with its cells: ink that every installation can make, to look at a cell in more than one line."""

from __future__ import annotations

import numpy as np

from hwmodel.cells.recording import record_lines
from hwmodel.cells.trace import OwnLines
from hwmodel.network.model import HandwritingModel
from hwmodel.sampling.laws import graves
from hwmodel.sampling.lines import generate

LINES, STEPS, BIAS = 24, 500, 0.5
FIRST_SEED = 1000


def write_own_lines(model: HandwritingModel) -> OwnLines:
    """LINES lines of at most STEPS steps, from fixed seeds; lines of less than two steps are left out."""
    written = generate(model, range(FIRST_SEED, FIRST_SEED + LINES), graves(BIAS), STEPS)
    strokes = [each.strokes for each in written if len(each.strokes) > 1]
    return OwnLines(strokes, np.concatenate([trace.cell for trace in record_lines(model, strokes)]))
