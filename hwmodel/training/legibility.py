"""How well writing can be read: what was read against what was to be written, and which of several samples can be read best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hwmodel.ink.strokes import Strokes
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.laws import Sharpness
from hwmodel.sampling.text_lines import WrittenText, write_texts
from hwmodel.training.marks import marks
from hwmodel.training.recogniser import Recogniser, read_lines, text_nats

LOST_DOT = 1.0  # nats: what a sample is put back for each i or j whose dot does not stand at it
FAILED = 0.5  # share of a line's characters: one of which more is read wrongly cannot be read
AT_ONCE = 80  # lines written side by side


@dataclass(frozen=True)
class Legibility:
    """Of some lines."""

    errors: float  # characters read wrongly, as a share of those that were to be written
    failures: float  # lines that were not finished, or of which more than half was read wrongly, as a share of all


def legibility(recogniser: Recogniser, lines: Sequence[Strokes], texts: Sequence[str], finished: Sequence[bool] | None = None) -> Legibility:
    """How well lines that were to say `texts` can be read."""
    wrong = np.array([edits(found, text) for found, text in zip(read_lines(recogniser, lines), texts, strict=True)])
    lengths = np.array([len(text) for text in texts])
    failed = (wrong > FAILED * lengths) | ~np.array(finished if finished is not None else [True] * len(texts))
    return Legibility(float(wrong.sum() / lengths.sum()), float(failed.mean()))


def write_samples(model: TextModel, texts: Sequence[str], samples: int, sharpness: Sharpness) -> list[list[WrittenText]]:
    """Samples of each text; their seeds are the numbers of text and sample, so that a text's first one is the same however many there are."""
    seeds = [(number, sample) for number in range(len(texts)) for sample in range(samples)]
    lines: list[WrittenText] = []
    for first in range(0, len(seeds), AT_ONCE):
        some = seeds[first : first + AT_ONCE]
        lines += write_texts(model, [texts[number] for number, _ in some], some, sharpness)
    return [lines[first : first + samples] for first in range(0, len(lines), samples)]


def ranked(recogniser: Recogniser, samples: Sequence[WrittenText]) -> list[WrittenText]:
    """Samples of one or several texts, the most legible first, in nats a character, LOST_DOT for each dot that is not in its place; those that were
    not finished last."""
    return [samples[i] for i in rank(recogniser, samples)]


def rank(recogniser: Recogniser, samples: Sequence[WrittenText]) -> list[int]:
    """Where the samples stand that `ranked` puts first, second, ..."""
    found = [marks(sample.strokes, sample.text, sample.phi.argmax(axis=1)) for sample in samples]
    lost = np.array([LOST_DOT * (one.dots - one.dotted) / len(sample.text) for one, sample in zip(found, samples, strict=True)])
    nats = lost + text_nats(recogniser, [sample.strokes for sample in samples], [sample.text for sample in samples])
    return sorted(range(len(samples)), key=lambda i: (not samples[i].finished, nats[i]))


def edits(found: str, wanted: str) -> int:
    """The fewest characters to put in, take out or exchange that make one text the other (Levenshtein 1966)."""
    above = list(range(len(wanted) + 1))
    for row, character in enumerate(found, 1):
        here = [row]
        for column, other in enumerate(wanted, 1):
            here.append(min(here[-1] + 1, above[column] + 1, above[column - 1] + (character != other)))
        above = here
    return above[-1]


def error_rate(found: Sequence[str], wanted: Sequence[str]) -> float:
    """Edits in all lines, as a share of the characters that were to be written."""
    return sum(map(edits, found, wanted)) / max(1, sum(map(len, wanted)))
