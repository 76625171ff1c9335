"""Which seeds write good lines: each line is read, and those come first of which most stands in words that people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hwmodel.data.lines import load_lines
from hwmodel.ink.page import page_of
from hwmodel.ink.strokes import Strokes
from hwmodel.network.model import HandwritingModel
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.laws import graves
from hwmodel.sampling.lines import generate
from hwmodel.training.recogniser import Recogniser, load_recogniser, read_lines, text_nats
from hwmodel.training.writing import write_ranked

STEPS = 600  # of a line, as on the pages
AT_ONCE = 40
WORD = re.compile(r"[a-z]+")
ALONE = {"a", "i"}  # words of one letter
BEST = 40  # lines that are looked at
TOLD = ("Dear Susan, thank you", "happy birthday to you", "The quick brown fox jumps")  # what a network is told whose seeds are chosen
SAMPLES = 8  # of each, as on the pages


@dataclass(frozen=True)
class GoodLine:
    """A line of the network's own and what is good about it."""

    seed: int
    strokes: Strokes
    text: str  # as it is read
    nats: float  # how unsure the reading is, a character
    lifts: float  # pen lifts in 100 steps
    known: float  # share of the letters that stand in known words


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words of some texts, in small letters."""
    words = {word for text in texts for word in WORD.findall(text.lower())}
    return frozenset(word for word in words if len(word) > 1 or word in ALONE)


def known_share(text: str, words: frozenset[str]) -> float:
    """Share of a text's letters that stand in these words; 0 where it has none."""
    found = WORD.findall(text.lower())
    return sum(len(word) for word in found if word in words) / max(1, sum(map(len, found)))


def best_lines(
    model: HandwritingModel | TextModel, reader: str, bias: float, seeds: int, least_lifts: float, lines: str | None
) -> tuple[list[GoodLine], str]:
    """The best lines of so many seeds from 0 on, read by the recogniser of a name, and in words how they were chosen. A network that writes as it
    likes needs a lines file, whose texts say which words there are. Raises ValueError without it, and CheckpointError."""
    recogniser = load_recogniser(reader)
    if isinstance(model, TextModel):
        return good_told(model, recogniser, bias, range(seeds)), how_told(seeds, bias, reader)
    if not lines:
        raise ValueError("this network writes as it likes: give --lines, whose texts say which words there are")
    words = vocabulary(map(str, load_lines(lines).texts))
    return good_lines(model, recogniser, bias, range(seeds), words, least_lifts), how_chosen(seeds, bias, least_lifts, reader, lines)


def good_lines(
    model: HandwritingModel, recogniser: Recogniser, bias: float, seeds: Sequence[int], words: frozenset[str], least_lifts: float
) -> list[GoodLine]:
    """The best lines of these seeds, of those that lift the pen at least so often in 100 steps: the ones with the most known words first."""
    found: list[GoodLine] = []
    for first in range(0, len(seeds), AT_ONCE):
        some = seeds[first : first + AT_ONCE]
        inks = [each.strokes for each in generate(model, some, graves(bias), STEPS)]
        texts = read_lines(recogniser, inks)
        for seed, ink, text, nats in zip(some, inks, texts, text_nats(recogniser, inks, texts), strict=True):
            found.append(GoodLine(seed, ink, text, float(nats), 100 * float(np.mean(ink.pen_up)), known_share(text, words)))
    return sorted((line for line in found if line.lifts >= least_lifts), key=lambda line: (-line.known, line.nats))[:BEST]


def good_told(model: TextModel, recogniser: Recogniser, bias: float, seeds: Sequence[int], texts: Sequence[str] = TOLD) -> list[GoodLine]:
    """What a network writes that is told these texts, the most legible of some samples of each: those seeds first that have the most of their words
    right. A seed that does not bring every text to its end is left out."""
    found, words = [], vocabulary(texts)
    for seed in seeds:
        try:
            ranks = write_ranked(model, texts, [(seed, 0)] * len(texts), SAMPLES, graves(bias), recogniser)
        except ValueError:
            continue
        inks = [samples[0].strokes for samples in ranks]
        read, nats = read_lines(recogniser, inks), text_nats(recogniser, inks, list(texts))
        page = page_of(inks)
        found.append(
            GoodLine(seed, page, " / ".join(read), float(np.mean(nats)), 100 * float(np.mean(page.pen_up)), known_share(" ".join(read), words))
        )
    return sorted(found, key=lambda line: (-line.known, line.nats))[:BEST]


def how_told(seeds: int, bias: float, reader: str) -> str:
    """In words, how seeds of a network that is told its texts were chosen."""
    texts = ", ".join(f"“{text}”" for text in TOLD)
    return (
        f"{texts} were written with seeds 0 to {seeds - 1} at bias {bias:g}, the most legible of {SAMPLES} samples of each, and read by '{reader}', "
        f"in order of how many of their letters stand in words that were told; of the first {BEST} seeds these were chosen by eye, with "
        "python -m hwmodel.showcase."
    )


def how_chosen(seeds: int, bias: float, least_lifts: float, reader: str, lines: str) -> str:
    """In words, how seeds were chosen among the best lines of seeds from 0 on."""
    return (
        f"Lines of seeds 0 to {seeds - 1} at bias {bias:g} with at least {least_lifts:g} pen lifts in 100 steps were read by '{reader}', in order of "
        f"how many letters stand in words of the texts of {Path(lines).name}; of the first {BEST} these were chosen by eye, with "
        "python -m hwmodel.showcase."
    )
