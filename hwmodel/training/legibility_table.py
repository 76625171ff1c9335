"""Legibility by bias, beside that of the real lines of the same texts."""

from __future__ import annotations

from hwmodel.data.lines import Lines
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.laws import graves
from hwmodel.training.legibility import Legibility, legibility, written_legibility
from hwmodel.training.recogniser import load_recogniser
from hwmodel.training.recogniser_trainer import written

TEXTS = 200
BIASES = (0.0, 0.5, 1.0, 1.5)


def legibility_table(model: TextModel, reader: str, lines: Lines, split: str) -> dict[str, Legibility]:
    """How well the real lines of a split can be read (at most TEXTS, evenly over their lengths), and what the network writes when it is told their
    texts. Raises CheckpointError where there is no such reader."""
    judge = load_recogniser(reader)
    real, texts = written([lines], model.config.alphabet, TEXTS, split)
    rows = {f"bias {bias:g}": written_legibility(model, judge, texts, graves(bias)) for bias in BIASES}
    return {"real lines": legibility(judge, real, texts)} | rows
