"""Batches of lines together with what is written on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from hwmodel.data.batches import BatchConfig, Drawn, Piece, augment, cut, in_turn
from hwmodel.data.lines import Lines
from hwmodel.data.texts import encode, tidy

LEAST_STEPS = 40
CHARACTERS_A_STEP = (0.024, 0.085)  # beyond these the transcript is another line's, or only a part of what is written


class TextPiece(NamedTuple):
    """A `Piece`, and the classes (U,) int64 of the characters of each of its lines."""

    piece: Piece
    codes: list[np.ndarray]


def with_text(lines: Lines, split: str) -> np.ndarray:
    """Indices of the lines of a split whose transcript can be trusted: exact where the file knows, and neither too short nor too long for the ink."""
    chosen = lines.choose(split)
    characters = np.array([len(tidy(text)) for text in lines.texts[chosen]])
    steps = lines.lengths[chosen] - 1
    low, high = CHARACTERS_A_STEP
    fits = (characters >= 2) & (steps > LEAST_STEPS) & (low * steps < characters) & (characters < high * steps)
    if lines.text_exact is not None:
        fits &= lines.text_exact[chosen]
    found: np.ndarray = chosen[fits]
    return found


def codes_of(lines: Lines, index: int, alphabet: str) -> np.ndarray:
    """The classes (U,) int64 of what is written on a line."""
    return encode(tidy(str(lines.texts[index])), alphabet)


def text_pieces(sources: list[tuple[Lines, np.ndarray]], alphabet: str, config: BatchConfig, rng: np.random.Generator) -> Iterator[TextPiece]:
    """What `hwmodel.data.batches.pieces` gives, with the lines' texts."""

    def begin(group: int, lines: Drawn) -> Iterator[TextPiece]:
        codes = [codes_of(file, i, alphabet) for file, i in lines]
        for piece in cut(group, [augment(file.offsets(i), config, rng) for file, i in lines], config, rng):
            yield TextPiece(piece, codes)

    return in_turn(begin, sources, config, rng)
