"""What the pen does at each point of a line: the things that a cell may follow. numpy only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np

from hwmodel.ink.strokes import Strokes

# Model units between the right edge of all ink so far and a new stroke's left edge. A little over a letter x's height: so cut, 150 validation lines
# of each collection whose text is known have 5.0 words in IAM (4.9 in truth) and 5.3 in UNIPEN (4.8), 0.6 and 0.7 words off on average.
WORD_GAP = 3.5
TURN_STEPS = 4  # between single steps a turn is mostly the grid that the pen's places are rounded to


@dataclass(frozen=True)
class InkSignals:
    """One line of T offsets, row t about the point that offset t leads to; each (T,) float64, NaN where it has no meaning."""

    direction: np.ndarray  # radians: 0 to the right, pi/2 downwards; of an offset made with the pen down
    turn: np.ndarray  # radians from the way of the four steps before to that of the last four, positive clockwise as seen; all with the pen down
    turn_size: np.ndarray  # radians, the same without its sign
    speed: np.ndarray  # model units a step, with the pen down
    x: np.ndarray  # model units from the line's start
    y: np.ndarray  # model units below the line's own straight trend
    word_position: np.ndarray  # 0 at the left edge of the word, 1 at its right edge
    lift_now: np.ndarray  # 1 where the pen lifts after this point
    lift_next: np.ndarray  # 1 where it lifts after the next one
    stroke_start: np.ndarray  # 1 where this point begins a stroke: the pen was up on its way here


def ink_signals(strokes: Strokes) -> InkSignals:
    """The signals of a line. (A line of no offsets has empty ones.)"""
    joined, (dx, dy), (x, y) = strokes.joined, strokes.offsets[:, :2].T.astype(np.float64), strokes.points[1:].T
    length = np.hypot(dx, dy)
    direction = np.where(joined & (length > 0), np.arctan2(dy, dx), np.nan)
    turn = turn_angles(strokes)
    lift_now = strokes.pen_up.astype(np.float64)
    return InkSignals(
        direction=direction,
        turn=turn,
        turn_size=np.abs(turn),
        speed=np.where(joined, length, np.nan),
        x=x - strokes.start[0],
        y=y - trend(x, y),
        word_position=word_position(x, strokes.pen_up),
        lift_now=lift_now,
        lift_next=np.append(lift_now[1:], 0.0)[: len(lift_now)],
        stroke_start=(~joined).astype(np.float64),
    )


def signals_of_all(inks: Sequence[Strokes]) -> InkSignals:
    """The signals of several lines, one after the other."""
    each = [ink_signals(strokes) for strokes in inks]
    return InkSignals(**{field.name: np.concatenate([getattr(signals, field.name) for signals in each]) for field in fields(InkSignals)})


def turn_angles(strokes: Strokes) -> np.ndarray:
    """(T,) radians in [-pi, pi], see InkSignals.turn."""
    turn = np.full(len(strokes), np.nan)
    way = strokes.points[TURN_STEPS:] - strokes.points[:-TURN_STEPS]  # (T + 1 - 4, 2): row k leads to point k + 4
    before, after = way[:-TURN_STEPS].T, way[TURN_STEPS:].T
    lifts = np.cumsum(np.append(0, ~strokes.joined))
    in_one_stroke = lifts[2 * TURN_STEPS :] == lifts[: -2 * TURN_STEPS]
    angle = np.arctan2(before[0] * after[1] - before[1] * after[0], (before * after).sum(axis=0))
    turn[2 * TURN_STEPS - 1 :] = np.where(in_one_stroke, angle, np.nan)
    return turn


def trend(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(T,) the straight line through y over x; the mean of y where x does not vary."""
    centred = x - x.mean() if len(x) else x
    square = float(centred @ centred)
    return (y.mean() if len(y) else 0.0) + centred * (float(centred @ y) / square if square else 0.0)


def words(x: np.ndarray, pen_up: np.ndarray) -> np.ndarray:
    """(T,) int: the number of the word each point belongs to, from 0. A stroke begins a new one where it is clear of all ink so far by WORD_GAP; else
    it goes to the nearest, for dots and bars are often written after the next word."""
    starts = np.flatnonzero(np.append(True, pen_up[:-1])[: len(x)])
    belongs, spans = np.zeros(len(x), int), np.empty((0, 2))  # left and right edge of each word
    for start, stop in pairwise([*starts, len(x)]):
        left, right = x[start:stop].min(), x[start:stop].max()
        if not len(spans) or left - spans[:, 1].max() > WORD_GAP:
            number, spans = len(spans), np.append(spans, [[left, right]], axis=0)
        else:
            number = int(np.argmin(np.maximum(spans[:, 0] - right, left - spans[:, 1])))
            spans[number] = min(left, spans[number, 0]), max(right, spans[number, 1])
        belongs[start:stop] = number
    return belongs


def word_position(x: np.ndarray, pen_up: np.ndarray) -> np.ndarray:
    """(T,) where in its word each point stands, 0 at the word's left edge and 1 at its right one."""
    position = np.full(len(x), np.nan)
    belongs = words(x, pen_up)
    for word in np.unique(belongs):
        inside = x[belongs == word]
        if np.ptp(inside):
            position[belongs == word] = (inside - inside.min()) / np.ptp(inside)
    return position
