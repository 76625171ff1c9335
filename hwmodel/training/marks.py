"""Dots of i and j and bars of t: whether they stand at their letters. They are often written after the rest of the word, and so are the first to go
astray.

All lengths are in x-heights, y downwards, from the middle of the writing; slope and slant are taken out (see `hwmodel.ink.path_features`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hwmodel.ink.path_features import upright
from hwmodel.ink.strokes import Polyline, Strokes, to_polylines

DOTTED, BARRED = "ij", "t"
DOT_SIZE = 0.6  # a dot is a stroke that is no wider and no higher than this, and in the mean
DOT_ABOVE = 0.6  # so far above the middle; it belongs to a letter
DOT_BESIDE = 0.6  # whose ink is at most so far to its left or right, as on real lines most are
BAR_WIDTH = (0.3, 3.0)  # a bar is a stroke of such a width
BAR_STEEPNESS = 0.5  # and a height of at most so much of it, in the mean
BAR_ABOVE = (0.0, 1.8)  # so far above the middle
BAR_BESIDE = 0.15  # it goes over its letter's ink, or passes it at most so far away
LEAST_POINTS = 3  # of a letter's own ink, without which nobody can say where it stands


@dataclass(frozen=True)
class Marks:
    """Of one line, or of several together."""

    dotted: int  # letters i and j that have a dot
    dots: int  # letters i and j
    barred: int  # letters t that have a bar which is a stroke of its own
    bars: int  # letters t

    def __add__(self, other: Marks) -> Marks:
        return Marks(self.dotted + other.dotted, self.dots + other.dots, self.barred + other.barred, self.bars + other.bars)


NO_MARKS = Marks(0, 0, 0, 0)


def marks(strokes: Strokes, text: str, letters: np.ndarray) -> Marks:
    """The marks of a line, where `letters` (T,) says which character of the text the window looked at most when each offset was drawn. A letter
    without ink of its own does not count."""
    lines = upright(to_polylines(strokes))
    middle = float(np.median(np.concatenate(lines)[:, 1]))
    of_points = np.split(np.concatenate((letters[:1], letters))[-sum(map(len, lines)) :], np.cumsum([len(line) for line in lines])[:-1])
    dots = [float(line[:, 0].mean()) for line in lines if is_dot(line, middle)]
    bars = [(float(line[:, 0].min()), float(line[:, 0].max())) for line in lines if is_bar(line, middle)]
    bodies = [(line[:, 0], of) for line, of in zip(lines, of_points, strict=True) if not is_dot(line, middle) and not is_bar(line, middle)]
    across, number = (np.concatenate([body[part] for body in bodies] or [np.empty(0)]) for part in (0, 1))
    spans = {
        at: (float(own.min()), float(own.max()))
        for at, character in enumerate(text)
        if character in DOTTED + BARRED and len(own := across[number == at]) >= LEAST_POINTS
    }
    under = [span for at, span in spans.items() if text[at] in DOTTED]
    stems = [span for at, span in spans.items() if text[at] in BARRED]
    barred = sum(any(start - BAR_BESIDE <= right and left <= end + BAR_BESIDE for start, end in bars) for left, right in stems)
    return Marks(matched(under, dots), len(under), barred, len(stems))


def is_dot(line: Polyline, middle: float) -> bool:
    return bool(np.ptp(line, axis=0).max() <= DOT_SIZE and middle - line[:, 1].mean() >= DOT_ABOVE)


def is_bar(line: Polyline, middle: float) -> bool:
    width, height = np.ptp(line, axis=0)
    return bool(
        BAR_WIDTH[0] <= width <= BAR_WIDTH[1] and height <= BAR_STEEPNESS * width and BAR_ABOVE[0] <= middle - line[:, 1].mean() <= BAR_ABOVE[1]
    )


def matched(letters: list[tuple[float, float]], dots: list[float]) -> int:
    """How many letters, each from left to right, have a dot: each dot is given to one letter only, the nearest pairs first."""
    pairs = sorted((max(left - dot, dot - right, 0.0), letter, at) for letter, (left, right) in enumerate(letters) for at, dot in enumerate(dots))
    free_letters, free_dots = set(range(len(letters))), set(range(len(dots)))
    for distance, letter, at in pairs:
        if distance <= DOT_BESIDE and letter in free_letters and at in free_dots:
            free_letters.remove(letter)
            free_dots.remove(at)
    return len(letters) - len(free_letters)
