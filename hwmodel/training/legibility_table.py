"""Legibility by bias, beside that of the real lines of the same texts, of one sample and of the best of several."""

from __future__ import annotations

from hwmodel.data.lines import Lines
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.laws import graves
from hwmodel.training.legibility import Legibility, legibility, legibility_of, ranked, write_samples
from hwmodel.training.rare_texts import RARE_TEXTS
from hwmodel.training.recogniser import load_recogniser
from hwmodel.training.recogniser_trainer import written

TEXTS = 200
BIASES = (0.0, 0.5, 1.0, 1.5)
SAMPLES = 8
REAL = "real lines"
RARE = "names, dates and pangrams"
Rows = dict[str, Legibility]  # by what was read: real lines, or what is written at a bias


def legibility_tables(model: TextModel, lines: Lines, split: str, judge: str, ranks: str | None) -> dict[str, Rows]:
    """How well a recogniser, the judge, reads what the network writes, by the texts that it is told: those of a split's lines (at most TEXTS, evenly
    over their lengths; beside them the lines themselves), and RARE_TEXTS. One sample of each, and where another recogniser `ranks`, also the one of
    SAMPLES that it likes best. Raises CheckpointError where there is no such recogniser."""
    real, texts = written([lines], model.config.alphabet, TEXTS, split)
    reads, chooses = load_recogniser(judge), load_recogniser(ranks) if ranks else None
    tables: dict[str, Rows] = {f"{len(texts)} {split} texts": {REAL: legibility(reads, real, texts)}, f"{len(RARE_TEXTS)} {RARE}": {}}
    for rows, told in zip(tables.values(), (texts, list(RARE_TEXTS)), strict=True):
        for bias in BIASES:
            samples = write_samples(model, told, SAMPLES if chooses else 1, graves(bias))
            rows[f"bias {bias:g}"] = legibility_of(reads, [each[0] for each in samples])
            if chooses:
                rows[f"bias {bias:g}, best of {SAMPLES}"] = legibility_of(reads, [ranked(chooses, each)[0] for each in samples])
    return tables
