"""Making the story that the front page tells: the networks write, read and are held still, once, for all visitors."""

from __future__ import annotations

import numpy as np

from hwmodel.cells.atlas import CellMap
from hwmodel.cells.holding import hold, others, trial
from hwmodel.cells.recording import record_cells
from hwmodel.cells.roles import ROLE_KEYS
from hwmodel.cells.sample_lines import write_own_lines
from hwmodel.cells.trace import Trial
from hwmodel.futures.branches import group, next_step
from hwmodel.futures.drawing import draw_futures
from hwmodel.ink.strokes import Strokes
from hwmodel.network.checkpoint import Checkpoint
from hwmodel.network.model import HandwritingModel
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.laws import graves
from hwmodel.training.recogniser import Recogniser
from hwmodel.training.writing import write_best
from hwmodel.views.story import BIAS, Moment, Story

TEXTS = ("No one ever wrote this line.", "A neural network moves the pen,", "one small step after another.")
WORDS = "good dogs"  # the line that is looked at: its bowls are begun alike, and become a g, an o and a d
TEXT_BIAS, TEXT_SAMPLES = 1.5, 12
MOMENTS = (10, 20, 112)  # points of this ink: the first bowl half done, the first bowl closed, the third bowl half done
FUTURES, STEPS = 50, 30
LIFTING = ("lift_now", "lift_next", "stroke_start")  # roles
HELD = 8  # cells: the fewest that show it
TRIAL_LINES, TRIAL_STEPS = 8, 400


def make_story(checkpoint: Checkpoint[HandwritingModel], cell_map: CellMap, writer: TextModel, reader: Recogniser) -> Story:
    """The story of a network and of one that is told what to write; which of its samples are shown, a recogniser chooses."""
    lines = [each.strokes for each in write_best(writer, TEXTS, 0, TEXT_SAMPLES, graves(TEXT_BIAS), reader)]
    ink = write_best(writer, [WORDS], 0, TEXT_SAMPLES, graves(TEXT_BIAS), reader)[0].strokes
    model, trace = checkpoint.model, record_cells(checkpoint.model, ink)
    cells = lifting_cells(cell_map)
    return Story(
        checkpoint.fingerprint,
        checkpoint.name,
        TEXTS,
        tuple(lines),
        ink,
        trace.cell.astype(np.float16),
        tuple(moment(model, ink, point) for point in MOMENTS),
        cells,
        trials(model, cells),
    )


def moment(model: HandwritingModel, ink: Strokes, point: int) -> Moment:
    """What could come after a point of the ink."""
    trace = record_cells(model, ink)
    futures = draw_futures(model, trace, FUTURES, STEPS, BIAS, 0, [point])
    return Moment(group(futures), next_step(model, trace, point, graves(BIAS)))


def lifting_cells(cell_map: CellMap) -> tuple[int, ...]:
    """The cells that have most to do with the lifting of the pen, the strongest first."""
    strength = cell_map.roles.strength[[ROLE_KEYS.index(key) for key in LIFTING]].max(axis=0)
    return tuple(int(cell) for cell in np.argsort(-strength, kind="stable")[:HELD])


def trials(model: HandwritingModel, cells: tuple[int, ...]) -> tuple[Trial, ...]:
    """The network as it is, with these cells held at their mean, and with as many others, chosen by chance."""
    own = write_own_lines(model)

    def tried(some: tuple[int, ...]) -> Trial:
        held = hold(model, some, own.together[:, list(some)].mean(axis=0)) if some else None
        return trial(model, held, own.strokes[:TRIAL_LINES], range(1, 1 + TRIAL_LINES), graves(BIAS), TRIAL_STEPS)

    return tuple(tried(some) for some in ((), cells, others(cells, model.config.cells, seed=1)))
