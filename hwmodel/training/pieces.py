"""Whether what a network writes is like what people write, and as varied: precision and recall of small pieces of ink.

Kynkäänniemi et al. 2019 (arXiv 1904.06991): precision is the share of written pieces that lie within reach of a real one, recall the share of real
pieces within reach of a written one, where a piece reaches as far as to its NEIGHBOUR-th nearest neighbour of its own kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from hwmodel.data.lines import Lines
from hwmodel.ink.strokes import Strokes
from hwmodel.network.model import HandwritingModel
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.laws import graves
from hwmodel.sampling.lines import generate
from hwmodel.training.legibility import AT_ONCE, write_samples
from hwmodel.training.recogniser_trainer import written

STEPS = 40  # of a piece: about two letters
PIECES = 2000  # of each kind, at most: as many of the one as of the other
NEIGHBOUR = 3
LIFT = 1.0  # model units: as much as the pen's being up counts at a point
LINES = 180
BIAS = 0.5
TOLD, FREE, PEOPLE = "told held-out texts", "not told", "other people's lines"


class Likeness(NamedTuple):
    """Of two sets of pieces of ink."""

    precision: float
    recall: float
    pieces: int  # of each


def likenesses(told: TextModel, free: HandwritingModel, lines: Lines, split: str) -> dict[str, Likeness]:
    """Against lines of a split: what a network writes when it is told their texts, what one writes that is told nothing, both at BIAS, and for
    comparison other lines of people, those that were trained on. Raises ValueError where there are no such lines."""
    real, texts = written([lines], told.config.alphabet, LINES, split)
    inks = {TOLD: [each[0].strokes for each in write_samples(told, texts, 1, graves(BIAS))], FREE: []}
    for first in range(0, len(real), AT_ONCE):
        inks[FREE] += [each.strokes for each in generate(free, range(first, min(first + AT_ONCE, len(real))), graves(BIAS))]
    inks[PEOPLE] = written([lines], told.config.alphabet, LINES, "train")[0]
    return {name: likeness(cut(each), cut(real)) for name, each in inks.items()}


def cut(lines: Sequence[Strokes]) -> np.ndarray:
    """Pieces (N, 3 STEPS) of lines, one after the other: where the pen is, from the piece's middle, and whether it is down on its way there."""
    pieces = [np.empty((0, 3 * STEPS))]
    for line in lines:
        count = len(line) // STEPS
        rows = np.column_stack((line.points[1:], LIFT * line.joined))[: count * STEPS].reshape(count, STEPS, 3)
        rows[..., :2] -= rows[..., :2].mean(axis=1, keepdims=True)
        pieces.append(rows.reshape(count, 3 * STEPS))
    return np.concatenate(pieces)


def likeness(made: np.ndarray, real: np.ndarray, seed: int = 0) -> Likeness:
    """Precision and recall of pieces (N, F) and (M, F), of which as many are drawn from each. Raises ValueError where there are too few."""
    count = min(PIECES, len(made), len(real))
    if count <= NEIGHBOUR:
        raise ValueError(f"there are {count} pieces of ink, too few to compare")
    rng = np.random.default_rng(seed)
    one, other = (pieces[rng.permutation(len(pieces))[:count]] for pieces in (made, real))
    between = squared_distances(one, other)
    reach = [np.partition(squared_distances(each, each), NEIGHBOUR, axis=1)[:, NEIGHBOUR] for each in (one, other)]
    return Likeness(float((between <= reach[1]).any(axis=1).mean()), float((between <= reach[0][:, None]).any(axis=0).mean()), count)


def squared_distances(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """(N, M)"""
    return np.asarray((one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1) - 2 * one @ other.T)
