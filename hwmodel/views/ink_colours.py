"""What the colour of ink can stand for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hwmodel.ink.strokes import Strokes
from hwmodel.views.colours import ORDER_RAMP, PAIR_RAMP, STROKE_COLOURS, SURPRISE_RAMP
from hwmodel.views.ink_view import Colouring

CLEAR = 0.95  # share of the steps that differ less than those in the ramp's end colours
RAREST = 100  # the ramp's end: one step in so many is as surprising


def by_order(lines: Sequence[Strokes]) -> Colouring:
    """From each line's first step to its last."""
    levels = [np.linspace(0, 255, len(line)).astype(np.uint8) for line in lines]
    return Colouring(ORDER_RAMP, True, levels, {"what": "order of writing", "low": "first", "high": "last"})


def by_stroke(lines: Sequence[Strokes]) -> Colouring:
    """Another colour with every pen lift."""
    return Colouring(STROKE_COLOURS, False, [((~line.joined).cumsum() % 250).astype(np.uint8) for line in lines])


def by_surprise(nats: Sequence[np.ndarray], what: str) -> Colouring:
    """How rare so much surprise, (T,) a line, is among all the steps shown: no more than every second step has, one in 10, one in RAREST."""
    together = np.sort(np.concatenate(nats))
    levels = []
    for line in nats:
        as_much = 1 - np.searchsorted(together, line, side="left") / max(len(together), 1)  # share of steps that are as surprising, or more
        levels.append((np.log(2 * as_much.clip(1 / RAREST, 0.5)) / np.log(2 / RAREST) * 255).astype(np.uint8))
    return Colouring(SURPRISE_RAMP, True, levels, {"what": f"surprising {what}", "low": "as usual", "high": f"one step in {RAREST}"})


def by_difference(apart: np.ndarray, what: str, names: tuple[str, str]) -> Colouring:
    """Which of two is less, (T,) the first one's values minus the second one's on one line: the colour of its name, grey where they are the same."""
    most = float(np.quantile(np.abs(apart), CLEAR)) if len(apart) else 0.0
    levels = ((apart / (most or 1.0)).clip(-1, 1) * 127.5 + 127.5).astype(np.uint8)
    return Colouring(PAIR_RAMP, True, [levels], {"what": what, "low": names[0], "high": names[1]})
