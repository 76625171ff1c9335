"""Choosing the hands that a text network is shipped with, from lines that it wrote itself."""

from __future__ import annotations

import numpy as np

from hwmodel.ink.strokes import Strokes
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.hands import Hand
from hwmodel.sampling.laws import graves
from hwmodel.sampling.text_lines import write_texts
from hwmodel.training.recogniser import Recogniser, read_lines, text_nats
from hwmodel.training.writing import ROWS

SAMPLE = "in my own hand"
BIAS = 0.3  # at which the network still writes in many hands
SEEDS = 240
MOST_LEGIBLE = 100  # of the samples that are read without a fault, so many are chosen among
HANDS = 12


def choose_hands(model: TextModel, recogniser: Recogniser, count: int = HANDS) -> list[Hand]:
    """Hands that are legible and as different from one another as they can be: the most legible sample first, then always the one whose style is
    farthest from the nearest chosen one (Gonzalez 1985, doi 10.1016/0304-3975(85)90224-5). Raises ValueError where too few samples can be read."""
    inks: list[Strokes] = []
    for first in range(0, SEEDS, ROWS):
        lines = write_texts(model, [SAMPLE] * ROWS, range(first, first + ROWS), graves(BIAS))
        inks += [line.strokes for line in lines if line.finished and line.strokes.finished]
    inks = [ink for ink, said in zip(inks, read_lines(recogniser, inks), strict=True) if said == SAMPLE]
    if len(inks) < count:
        raise ValueError(f"only {len(inks)} of {SEEDS} samples of {SAMPLE!r} could be read, too few for {count} hands")
    legible = np.argsort(text_nats(recogniser, inks, [SAMPLE] * len(inks)))[:MOST_LEGIBLE]
    styles = np.array([style(inks[i]) for i in legible])
    styles = (styles - styles.mean(axis=0)) / styles.std(axis=0).clip(1e-6)
    chosen = [0]
    while len(chosen) < count:
        distance = np.linalg.norm(styles[:, None] - styles[None, chosen], axis=2).min(axis=1)
        chosen.append(int(distance.argmax()))
    return [Hand(SAMPLE, inks[legible[i]]) for i in chosen]


def style(ink: Strokes) -> np.ndarray:
    """(7,) float64: what tells one hand from another in ink of the same text. Width, height of most of the ink, height of all of it, and length of a
    movement (model units); slant of what is steep (radians); how often the pen lifts; how much it turns a step (radians)."""
    points = ink.points
    moves = ink.offsets[ink.joined, :2].astype(np.float64)
    moves = moves[np.hypot(*moves.T) > 0.05]
    steep = moves[np.abs(moves[:, 1]) > np.abs(moves[:, 0])]
    slant = np.arctan2((steep[:, 0] * np.sign(steep[:, 1])).sum(), np.abs(steep[:, 1]).sum())
    turns = np.abs(np.diff(np.unwrap(np.arctan2(moves[:, 1], moves[:, 0]))))
    low, high = np.percentile(points[:, 1], (15, 85))
    lengths = np.hypot(*moves.T)
    return np.array([np.ptp(points[:, 0]), high - low, np.ptp(points[:, 1]), lengths.mean(), slant, ink.pen_up.sum(), turns.clip(0, 2).mean()])
