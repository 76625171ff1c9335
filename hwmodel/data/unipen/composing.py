"""Lines composed of single words: words of one writer side by side, with gaps like those in real lines and a base line that is not quite even."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hwmodel.data.unipen.choosing import NOT_COMPOSED
from hwmodel.data.unipen.cutting import Ink, gaps
from hwmodel.data.unipen.scaling import TARGET_X_HEIGHT
from hwmodel.ink.letter_size import turning_points

USUAL_GAP = 2.3  # x-heights: median gap between the words of a real line, for a collection without such lines
GAP_SPREAD = 0.3  # standard deviation of a gap's logarithm within a line
JITTER = 0.07  # x-heights: standard deviation of a word's base line
LENGTHS = (28, 50)  # x-heights: a line is full at a length drawn from this range


@dataclass(frozen=True)
class Word:
    """A word's normalised ink, still where it was on its page."""

    writer: str
    document: str
    parts: range  # components it is made of
    text: str
    ink: Ink
    in_line: bool  # it is part of a line that is used as it was written


@dataclass(frozen=True)
class ComposedLine:
    """Words of one writer put side by side."""

    writer: str
    words: tuple[str, ...]
    ink: Ink


def real_gaps(words: Sequence[Word], at_least: int = 20) -> np.ndarray:
    """Median gap, in x-heights, of each writer of whom more than `at_least` gaps between neighbouring words of real lines are known."""
    by_document = defaultdict(list)
    for word in words:
        if word.in_line:
            by_document[word.document].append(word)
    found = defaultdict(list)
    for neighbours in by_document.values():
        neighbours.sort(key=lambda word: word.parts.start)
        for before, after in pairwise(neighbours):
            a, b = np.concatenate(before.ink), np.concatenate(after.ink)
            gap = (b[:, 0].min() - a[:, 0].max()) / TARGET_X_HEIGHT
            level = abs(np.median(a[:, 1]) - np.median(b[:, 1])) < 1.5 * TARGET_X_HEIGHT
            if 0 < after.parts.start - before.parts[-1] <= 3 and -0.5 < gap < 5 and level:
                found[before.writer].append(gap)
    medians = [float(np.median(values)) for values in found.values() if len(values) > at_least]
    return np.array(medians or [USUAL_GAP])


def compose(words: Sequence[Word], seed: int = 0) -> Iterator[ComposedLine]:
    """Lines of words that are in no real line, in random order; words come from one writer, and from one document where that is a session."""
    rng = np.random.default_rng(seed)
    typical = real_gaps(words)
    sessions = defaultdict(list)
    for word in words:
        if can_be_composed(word):
            one_word_files = word.writer.startswith("sie/")
            sessions[word.writer, "" if one_word_files else word.document].append(word)
    for (writer, _), session in sessions.items():
        usual = float(rng.choice(typical))
        least = least_gap(session)
        line: list[Word] = []
        ink: Ink = []
        right, full = 0.0, rng.uniform(*LENGTHS)
        for i in rng.permutation(len(session)):
            word = session[i]
            base = base_line(word)
            if base is None:
                continue
            places = np.concatenate(word.ink)
            shift = (right * TARGET_X_HEIGHT - places[:, 0].min(), rng.normal(0, JITTER) * TARGET_X_HEIGHT - base)
            line.append(word)
            ink += [stroke + shift for stroke in word.ink]
            right += np.ptp(places[:, 0]) / TARGET_X_HEIGHT + max(least, usual * np.exp(rng.normal(0, GAP_SPREAD)))
            if right > full:
                yield ComposedLine(writer, tuple(word.text for word in line), ink)
                line, ink, right, full = [], [], 0.0, rng.uniform(*LENGTHS)
        if len(line) > 1:
            yield ComposedLine(writer, tuple(word.text for word in line), ink)


def can_be_composed(word: Word) -> bool:
    """A word of more than a letter, joined enough to be one, that is in no real line."""
    donor = word.writer.partition("/")[0]
    printed = donor == "phi" and len(word.ink) >= len(word.text)
    return not (word.in_line or printed or len(word.text) < 2 or donor in NOT_COMPOSED or word.writer in NOT_COMPOSED)


def least_gap(session: Sequence[Word]) -> float:
    """The least gap between words, in x-heights, that is seen to be one: well above the gaps inside the session's words."""
    inside = [gap / TARGET_X_HEIGHT for word in session for gap, _ in gaps(word.ink)]
    return float(np.percentile(inside, 90)) * 1.3 + 0.4 if len(inside) > 5 else 0.6


def base_line(word: Word) -> float | None:
    """y of the line the word stands on: the usual lower turning point, the lowest ones left out, one for each letter that hangs below the line."""
    large = [stroke for stroke in word.ink if np.hypot(*np.ptp(stroke, axis=0)) >= 0.4 * TARGET_X_HEIGHT]
    bottoms = np.sort(turning_points(large, 0.3 * TARGET_X_HEIGHT, 0.0)[0][:, 1])
    if not len(bottoms):
        return None
    hanging = min(sum(letter in "gjpqy" for letter in word.text), len(bottoms) - 1)
    bottoms = bottoms[: len(bottoms) - hanging]
    upper = np.percentile(bottoms, 75)
    near = bottoms[np.abs(bottoms - upper) < 0.5 * TARGET_X_HEIGHT]
    return float(np.median(near if len(near) else bottoms))
