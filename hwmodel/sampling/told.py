"""Ink that says a text, letter by letter. Free of torch: pages hold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hwmodel.ink.page import of_page, page_of
from hwmodel.ink.strokes import Strokes

LEAD = 0.3  # characters that the window stands before the pen: what gives most of the lowest and highest points to the letters that they are of


@dataclass(frozen=True)
class Told:
    """Ink of a network that was told a text."""

    text: str  # its lines joined by line breaks
    strokes: Strokes
    letters: np.ndarray  # (T,) uint16: which character of `text` was being written at each offset
    read: str  # what a recogniser reads


def told_page(lines: Sequence[Told]) -> Told:
    """Lines one below the other, as `page_of` puts them."""
    if len(lines) == 1:
        return lines[0]
    strokes = [line.strokes for line in lines]
    first = np.cumsum([0, *(len(line.text) + 1 for line in lines)])
    page = page_of(strokes)
    letters = of_page(strokes, [line.letters + start for line, start in zip(lines, first, strict=False)], page).astype(np.uint16)
    return Told("\n".join(line.text for line in lines), page, letters, "\n".join(line.read for line in lines))


def letters_of(text: str, strokes: Strokes, progress: np.ndarray) -> np.ndarray:
    """(T,) int64: which character of a text is being written at each offset, where the window stood `progress` (T,) characters on when it was drawn.

    The window looks ahead, by `LEAD` within a word, and at a word's end it goes on to the space while the last letter is still being written. So of
    what it looked at a space for, only the way from word to word is the space: the lifted movement that goes farthest to the right.
    """
    letters = np.clip(np.floor(progress - LEAD), 0, len(text) - 1).astype(np.int64)
    way = np.where(strokes.joined, -np.inf, strokes.offsets[:, 0])
    for space in (i for i, character in enumerate(text) if character == " "):
        looked_at = np.flatnonzero(letters == space)
        if not len(looked_at):
            continue
        farthest = looked_at[way[looked_at].argmax()] if np.isfinite(way[looked_at]).any() else len(letters)
        letters[looked_at[looked_at < farthest]] = max(space - 1, 0)
        letters[looked_at[looked_at > farthest]] = min(space + 1, len(text) - 1)
    return letters
