"""Lines the network wrote itself, with its cells: ink that every installation can make, to look at a cell in more than one line."""

from __future__ import annotations

import numpy as np

from hwmodel.cells.recording import record_lines, record_text_lines
from hwmodel.cells.trace import OwnLines
from hwmodel.network.model import HandwritingModel
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.laws import graves
from hwmodel.sampling.lines import generate
from hwmodel.sampling.text_lines import write_texts

LINES, STEPS, BIAS = 24, 500, 0.5
FIRST_SEED = 1000
# What a network is told that is told anything: every letter of the alphabet, digits and marks among them.
TEXTS = (
    "We met near the old bridge",
    "Can you bring some bread?",
    "A quiet evening by the lake",
    "The boxes are in the kitchen",
    "Please ring twice, then wait",
    "Five grey horses jumped over",
    "My sister lives in York now",
    "It was the 27th of August",
    "Nobody knew what to say",
    "William paid for the tickets",
    "She keeps bees in the garden",
    "Half a dozen eggs, no more",
    "Rain fell on the tin roof",
    "Oxford, 3 January 1958",
    "He laughed at his own joke",
    "Zoe plays the violin well",
    "Under the table slept a cat",
    "Thank you for your letter",
    "The next train is at 6.40",
    "Quite a few came too late",
    "Just a word before you go",
    "Everyone likes warm summers",
    "Leave the key with Martha",
    "Do not forget the flowers!",
)


def write_own_lines(model: HandwritingModel | TextModel) -> OwnLines:
    """LINES lines of at most STEPS steps, from fixed seeds; lines of less than two steps are left out. A network that is told what to write is told
    TEXTS, and writes each to its end."""
    if isinstance(model, TextModel):
        told = [each for each in write_texts(model, TEXTS, range(FIRST_SEED, FIRST_SEED + len(TEXTS)), graves(BIAS)) if len(each.strokes) > 1]
        strokes, texts = [each.strokes for each in told], tuple(each.text for each in told)
        traces = [trace for trace, _ in record_text_lines(model, strokes, texts)]
        return OwnLines(strokes, np.concatenate([trace.cell for trace in traces]), texts)
    written = generate(model, range(FIRST_SEED, FIRST_SEED + LINES), graves(BIAS), STEPS)
    strokes = [each.strokes for each in written if len(each.strokes) > 1]
    return OwnLines(strokes, np.concatenate([trace.cell for trace in record_lines(model, strokes)]))
