"""From lines to training batches: whole lines, side by side, cut into pieces between which the network's state is carried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np

from hwmodel.data.lines import Lines
from hwmodel.ink.units import WHITEBOARD_UNITS

P = TypeVar("P")
Drawn = list[tuple[Lines, int]]  # lines, each as its file and its number there


@dataclass(frozen=True)
class BatchConfig:
    rows: int = 64  # lines side by side
    piece: int = 160  # steps between two updates, about; gradients stop at a piece's start, the state does not
    groups: int = 4  # groups of lines that take turns, so that one update's lines are not the next one's
    scale: float = 0.1  # each line is made larger or smaller by a factor exp(U(-scale, scale))
    aspect: float = 0.06  # and wider or narrower by exp(U(-aspect, aspect))
    slant: float = 0.1  # and sheared: x += U(-slant, slant) * y
    lifts: float = (
        0.0  # a line's chance to be drawn grows with this power of its share of pen lifts: printed hands are easier to read than joined ones
    )
    rounding: float = 0.5  # whiteboard units up to which a recorded step may be off; targets are spread over them, see `cut`


class Piece(NamedTuple):
    """One update's food. Padding is zero in `weight`."""

    group: int  # whose carried state this piece goes on from
    first: bool  # the lines begin here: start from the zero state
    inputs: np.ndarray  # (B, T, 3) float32
    targets: np.ndarray  # (B, T, 3) float32
    weight: np.ndarray  # (B, T) float32, 1 for a step that counts


def line_weights(lines: Lines, indices: np.ndarray, lifts: float = 0.0, share: float = 0.5) -> np.ndarray:
    """Sampling probability (len(indices),) of each line: a writer's weight grows with the `share`-th power of how much they wrote, so that one
    prolific writer does not become the style of the whole model, and a line's with the power `lifts` of its pen lifts a step. Uniform where writers
    are not known and lifts do not count."""
    weight = np.ones(len(indices))
    if lines.writers is not None:
        _, writer, counts = np.unique(lines.writers[indices], return_inverse=True, return_counts=True)
        weight *= counts[writer] ** (share - 1.0)
    if lifts:
        weight *= lines.lifts_a_step[indices] ** lifts
    return np.asarray(weight / weight.sum())


def augment(offsets: np.ndarray, config: BatchConfig, rng: np.random.Generator) -> np.ndarray:
    """The line (T, 3) as if written a little larger, wider or more slanted."""
    scale = np.exp(rng.uniform(-config.scale, config.scale))
    aspect = np.exp(rng.uniform(-config.aspect, config.aspect) / 2)
    slant = rng.uniform(-config.slant, config.slant)
    x, y, pen_up = offsets.T
    return np.stack((scale * aspect * (x + slant * y), scale / aspect * y, pen_up), axis=1).astype(np.float32)


def pieces(sources: list[tuple[Lines, np.ndarray]], config: BatchConfig, rng: np.random.Generator) -> Iterator[Piece]:
    """Endless pieces from lines, given as (file, indices) pairs that are drawn from in proportion to their number of lines."""
    return in_turn(lambda group, lines: cut(group, [augment(file.offsets(i), config, rng) for file, i in lines], config, rng), sources, config, rng)


def in_turn(
    begin: Callable[[int, Drawn], Iterator[P]], sources: list[tuple[Lines, np.ndarray]], config: BatchConfig, rng: np.random.Generator
) -> Iterator[P]:
    """Endless pieces of drawn lines: a piece of each group in turn, where `begin` gives those of a group's next lines."""
    groups = [iter(()) for _ in range(config.groups)]  # type: list[Iterator[P]]
    waiting: list[Drawn] = []
    while True:
        for number in range(config.groups):
            piece = next(groups[number], None)
            if piece is None:
                if not waiting:
                    waiting = like_lengths(sources, config, rng)
                groups[number] = begin(number, waiting.pop())
                piece = next(groups[number])
            yield piece


def like_lengths(sources: list[tuple[Lines, np.ndarray]], config: BatchConfig, rng: np.random.Generator, groups: int = 16) -> list[Drawn]:
    """`groups` groups of `rows` drawn lines, each of lines about equally long so that little is padded, in random order."""
    sizes = np.array([len(indices) for _, indices in sources], float)
    chosen = rng.choice(len(sources), size=groups * config.rows, p=sizes / sizes.sum())
    drawn: Drawn = []
    for number, (lines, indices) in enumerate(sources):
        count = int((chosen == number).sum())
        drawn += [(lines, i) for i in rng.choice(indices, size=count, p=line_weights(lines, indices, config.lifts))]
    drawn.sort(key=lambda pair: pair[0].lengths[pair[1]])
    starts = rng.permutation(groups) * config.rows
    return [drawn[s : s + config.rows] for s in starts]


def cut(group: int, lines: list[np.ndarray], config: BatchConfig, rng: np.random.Generator) -> Iterator[Piece]:
    """The pieces of one group of lines (T, 3), in order, of equal length.

    Targets, and only they, are spread evenly over the whiteboard unit that the recording rounded them to (uniform dequantisation: Uria, Murray and
    Larochelle 2013, arXiv 1306.0186). Without it the likelihood of IAM-OnDB has no upper bound: in 9 % of its steps dx or dy is exactly 0, and a
    Gaussian that is narrow enough there wins any number of nats for nothing that could be seen in the ink.
    """
    longest = max(map(len, lines))
    targets = np.zeros((len(lines), longest, 3), np.float32)
    weight = np.zeros((len(lines), longest), np.float32)
    for row, offsets in enumerate(lines):
        targets[row, : len(offsets)] = offsets
        weight[row, : len(offsets)] = 1
    inputs = np.concatenate((np.zeros_like(targets[:, :1]), targets[:, :-1]), axis=1)
    targets[..., :2] += rng.uniform(-config.rounding, config.rounding, (*weight.shape, 2)) / WHITEBOARD_UNITS * weight[..., None]
    count = max(1, round(longest / config.piece))
    bounds = np.linspace(0, longest, count + 1).round().astype(int)
    for number, (a, b) in enumerate(pairwise(bounds)):
        yield Piece(group, number == 0, inputs[:, a:b], targets[:, a:b], weight[:, a:b])
