"""Writing a text as legibly as the network can: several samples of each line, and the one that a recogniser reads best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from hwmodel.data.texts import lines_of
from hwmodel.ink.page import page_of
from hwmodel.ink.strokes import Strokes
from hwmodel.network.checkpoint import load_checkpoint, load_text_checkpoint
from hwmodel.network.shipped import ranking_recogniser
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.hands import Hand
from hwmodel.sampling.laws import Sharpness, graves
from hwmodel.sampling.lines import generate
from hwmodel.sampling.text_lines import WrittenText, write_texts
from hwmodel.sampling.told_company import ToldCompany
from hwmodel.training.legibility import rank
from hwmodel.training.recogniser import Recogniser, load_recogniser

MOST_SAMPLES = 64
ROWS = 40  # samples written side by side
ATTEMPTS = 3  # at a line of which no sample comes to its end
Tell = Callable[[str], object]  # is called with a sentence after each line

Writer: TypeAlias = TextModel | ToldCompany  # alone, or side by side with what other threads ask for


@dataclass(frozen=True)
class Settings:
    """What one who gives an order to write may choose. Raises ValueError for what cannot be meant."""

    bias: float  # of Graves's law
    seed: int
    samples: int  # of each line

    def __post_init__(self) -> None:
        if not 0 <= self.bias <= 10:
            raise ValueError(f"the bias must be from 0 to 10, got {self.bias:g}")
        if self.seed < 0:
            raise ValueError(f"the seed must not be negative, got {self.seed}")
        if not 1 <= self.samples <= MOST_SAMPLES:
            raise ValueError(f"samples must be 1 to {MOST_SAMPLES}, got {self.samples}")


def write_page(name: str, text: str, settings: Settings, tell: Tell = lambda progress: None) -> Strokes:
    """The ink of a text, by the text network of a name or path, ranked by the shipped recogniser. Raises ValueError and CheckpointError."""
    model = load_text_checkpoint(name).model
    lines = lines_of(text, model.config.alphabet)
    ranks = ranking_recogniser()
    recogniser = load_recogniser(ranks) if ranks and settings.samples > 1 else None
    best = write_best(model, lines, settings.seed, settings.samples, graves(settings.bias), recogniser, tell)
    return page_of([line.strokes for line in best])


def write_freely(name: str, settings: Settings) -> Strokes:
    """One line of a network that is told nothing. Raises ValueError and CheckpointError."""
    if settings.samples > 1:
        raise ValueError("samples are ranked by how well their text can be read, and there is no text; leave --samples out")
    return generate(load_checkpoint(name).model, [settings.seed], graves(settings.bias))[0].strokes


def write_best(
    model: Writer,
    lines: Sequence[str],
    seed: int,
    samples: int,
    sharpness: Sharpness,
    recogniser: Recogniser | None,
    tell: Tell = lambda progress: None,
    hand: Hand | None = None,
) -> list[WrittenText]:
    """The most legible of `samples` samples of each line, all in one hand: the one that is given, or that of the first line. Raises ValueError where
    there are several samples and no recogniser to choose with, and where no sample of a line was finished."""
    found: list[WrittenText] = []
    at_once = max(1, ROWS // samples)
    starts = range(0, len(lines), at_once) if hand else (0, *range(1, len(lines), at_once))
    for first, end in pairwise((*starts, len(lines))):
        seeds = [(seed, number) for number in range(first, end)]
        ranks = write_ranked(model, lines[first:end], seeds, samples, sharpness, recogniser, hand)
        found += [samples_of_line[0] for samples_of_line in ranks]
        hand = hand or hand_of(found[0])
        for number in range(first, end):
            tell(f"line {number + 1} of {len(lines)}: {lines[number]}")
    return found


def write_ranked(
    model: Writer,
    lines: Sequence[str],
    seeds: Sequence[tuple[int, ...]],
    samples: int,
    sharpness: Sharpness,
    recogniser: Recogniser | None,
    hand: Hand | None = None,
) -> list[list[WrittenText]]:
    """Of each line, with a seed of its own, those of `samples` samples that were written to their ends, the most legible first. A line of which none
    was is tried again. Raises ValueError as `write_best` does."""
    if samples > 1 and recogniser is None:
        raise ValueError(f"there is no recogniser to choose one of {samples} samples with; write one sample")
    found: list[list[WrittenText]] = [[] for _ in lines]
    for attempt in range(ATTEMPTS):
        missing = [number for number, ranks in enumerate(found) if not ranks for _ in range(samples)]
        sample = [attempt * samples + i % samples for i in range(len(missing))]
        own = [(*seeds[number], each) for number, each in zip(missing, sample, strict=True)]
        wanted = [lines[number] for number in missing]
        if isinstance(model, ToldCompany):
            written = model.write_texts(wanted, own, sharpness, hand)
        else:
            written = write_texts(model, wanted, own, sharpness, hand)
        order = rank(recogniser, written) if recogniser else range(len(written))
        for i in order:
            if written[i].finished:
                found[missing[i]].append(written[i])
        if all(found):
            return found
    line, why = next((written[i].text, written[i].stopped) for i in range(len(missing)) if not found[missing[i]])
    raise ValueError(f"{line!r} was not written to its end ({why}); take another seed, more samples or more bias")


def hand_of(line: WrittenText) -> Hand:
    """The hand that a line is written in."""
    offsets = line.strokes.offsets.copy()
    offsets[-1, 2] = 1  # writing ends a character beyond the text where the pen does not lift
    return Hand(line.text, Strokes(offsets))
