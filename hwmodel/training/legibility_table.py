"""Legibility by bias, beside that of the real lines of the same texts, of one sample and of the best of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hwmodel.cells.recording import record_text_lines
from hwmodel.data.lines import Lines
from hwmodel.ink.strokes import Strokes
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.laws import graves
from hwmodel.sampling.text_lines import WrittenText
from hwmodel.training.legibility import AT_ONCE, legibility, ranked, write_samples
from hwmodel.training.marks import NO_MARKS, Marks, marks
from hwmodel.training.rare_texts import RARE_TEXTS
from hwmodel.training.recogniser import Recogniser, load_recogniser
from hwmodel.training.recogniser_trainer import written

TEXTS = 200
BIASES = (0.0, 0.5, 1.0, 1.5)
SAMPLES = 8
REAL = "real lines"
RARE = "names, dates and pangrams"


@dataclass(frozen=True)
class Row:
    """Of some lines; what they are, such as those that are written at one bias, is their key in a table."""

    errors: float  # characters read wrongly, as a share of those that were to be written
    failures: float  # lines that were not finished, or of which more than half was read wrongly, as a share of all
    dots: float | None  # of the letters i and j, the share whose dot stands at it; None where there are none
    bars: float | None  # of the letters t, the share that has a bar which is a stroke of its own

    def __str__(self) -> str:
        return " | ".join("-" if share is None else f"{share:.1%}" for share in (self.errors, self.failures, self.dots, self.bars))


Table = dict[str, Row]


def legibility_tables(model: TextModel, lines: Lines, split: str, judge: str, ranks: str | None) -> dict[str, Table]:
    """How well a recogniser, the judge, reads what the network writes, by the texts that it is told: those of a split's lines (at most TEXTS, evenly
    over their lengths; beside them the lines themselves), and RARE_TEXTS. One sample of each, and where another recogniser `ranks`, also the one of
    SAMPLES that it likes best. Raises CheckpointError where there is no such recogniser."""
    real, texts = written([lines], model.config.alphabet, TEXTS, split)
    reads, chooses = load_recogniser(judge), load_recogniser(ranks) if ranks else None
    of_people = row(reads, real, texts, [True] * len(real), looked_at(model, real, texts))
    tables: dict[str, Table] = {f"{len(texts)} {split} texts": {REAL: of_people}, f"{len(RARE_TEXTS)} {RARE}": {}}
    for table, told in zip(tables.values(), (texts, list(RARE_TEXTS)), strict=True):
        for bias in BIASES:
            samples = write_samples(model, told, SAMPLES if chooses else 1, graves(bias))
            table[f"bias {bias:g}"] = written_row(reads, [each[0] for each in samples])
            if chooses:
                table[f"bias {bias:g}, best of {SAMPLES}"] = written_row(reads, [ranked(chooses, each)[0] for each in samples])
    return tables


def written_row(judge: Recogniser, lines: Sequence[WrittenText]) -> Row:
    """Of lines that a network wrote."""
    inks, texts = [line.strokes for line in lines], [line.text for line in lines]
    return row(judge, inks, texts, [line.finished for line in lines], [line.phi.argmax(axis=1) for line in lines])


def row(judge: Recogniser, inks: Sequence[Strokes], texts: Sequence[str], finished: Sequence[bool], letters: Sequence[np.ndarray]) -> Row:
    """Of any lines; `letters` as in `marks`."""
    read = legibility(judge, inks, texts, finished)
    found = sum(map(marks, inks, texts, letters), NO_MARKS)
    return Row(read.errors, read.failures, *shares(found))


def shares(found: Marks) -> tuple[float | None, float | None]:
    """Of dots and of bars that are in their places."""
    return found.dotted / found.dots if found.dots else None, found.barred / found.bars if found.bars else None


def looked_at(model: TextModel, inks: Sequence[Strokes], texts: Sequence[str]) -> list[np.ndarray]:
    """Which character the window looks at most before each offset (T,) of real lines is read."""
    found: list[np.ndarray] = []
    for first in range(0, len(inks), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        after = [window.phi.argmax(axis=1) for _, window in record_text_lines(model, inks[some], texts[some])]
        found += [np.concatenate(([0], letters[:-1])) for letters in after]
    return found
