"""Ink that says a text, letter by letter. Free of torch: pages hold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hwmodel.ink.page import page_of
from hwmodel.ink.strokes import Strokes, to_polylines


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
    letters, first = [], 0
    for line in lines:
        of_points = np.concatenate((line.letters[:1], line.letters)) + first
        letters.append(of_points[-sum(map(len, to_polylines(line.strokes))) :])
        first += len(line.text) + 1
    page = page_of([line.strokes for line in lines])
    joined = np.concatenate(letters)[-len(page) :].astype(np.uint16)
    return Told("\n".join(line.text for line in lines), page, joined, "\n".join(line.read for line in lines))
