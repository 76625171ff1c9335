"""Where writing ends before its steps are used up, and why. numpy only.

The limits are in model units (a letter x is about 3.2 high), and such that fewer than one human line in a thousand of IAM-OnDB or UNIPEN meets them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LINE_WIDTH = 150.0  # where the Distill article begins a new line; human lines are 125 wide on average
TOO_FAR_UP_OR_DOWN = 32.0  # ten letters high
TOO_FAR_BACK = 32.0  # to the left of the start
LOOP_STEPS, LOOP_GROUND = 250, 3.2  # so many steps that gain less new ground to the right than this
STILL_STEPS, STILL_PATH = 50, 0.25  # so many steps with a path shorter than this
FURTHER = 1.0  # characters beyond a text's end at which writing ends even where the pen does not lift
STEPS_A_CHARACTER, STEPS_AT_LEAST = 60, 60  # of a text, at most; people take 21 steps a character
WRITTEN = "the text is written"


@dataclass(frozen=True)
class Ending:
    """Where and why a line stops."""

    steps: int  # how many offsets belong to the line
    reason: str  # in words for the reader


def ending(offsets: np.ndarray, width: float = LINE_WIDTH) -> Ending | None:
    """The first reason to stop in what has been written, offsets (T, 3) in model units from where the writing began; None where there is none yet.

    The line is full at the first pen lift beyond `width`, so that no letter is cut.
    """
    x, y = offsets[:, :2].cumsum(axis=0, dtype=np.float64).T
    away = np.maximum.accumulate(np.maximum(x, 0))
    path = np.hypot(offsets[:, 0], offsets[:, 1]).cumsum(dtype=np.float64)
    signs = (
        ("the line is full", (x > width) & (offsets[:, 2] > 0.5)),
        ("it left the line upwards", y < -TOO_FAR_UP_OR_DOWN),
        ("it left the line downwards", y > TOO_FAR_UP_OR_DOWN),
        ("it left the line to the left", x < -TOO_FAR_BACK),
        ("it was going round in circles", _gained_less(away, LOOP_STEPS, LOOP_GROUND)),
        ("the pen was standing still", _gained_less(path, STILL_STEPS, STILL_PATH)),
    )
    found = [Ending(int(sign.argmax()) + 1, reason) for reason, sign in signs if sign.any()]
    return min(found, key=lambda each: each.steps, default=None)


def end_of_text(offsets: np.ndarray, passed: np.ndarray, over: np.ndarray) -> Ending | None:
    """The first reason to stop in what has been written, offsets (t, 3), where the window stood `passed` (t,) characters beyond the text's end and
    looked beyond it, `over` (t,) bool. Graves's own rule, to stop as soon as it does, cuts the last letter; to stop at the next pen lift leaves the
    bar of a last t out, so a lifted pen that comes down to the left of where it has been goes on."""
    lifted = np.concatenate(([False], offsets[:-1, 2] > 0.5))
    x = offsets[:, 0].cumsum(dtype=np.float64)
    goes_back = x < np.maximum.accumulate(np.concatenate(([0.0], x[:-1])))
    ends = over & lifted & ~goes_back | (passed > FURTHER)
    reasons = [Ending(max(int(ends.argmax()), 1), WRITTEN)] if ends.any() else []
    if runaway := ending(offsets, width=np.inf):
        reasons.append(runaway)
    return min(reasons, key=lambda one: one.steps, default=None)


def _gained_less(total: np.ndarray, steps: int, gain: float) -> np.ndarray:
    """(T,) bool: over the last `steps` steps, a total (T,) that never falls has grown by less than `gain`."""
    less = np.zeros(len(total), bool)
    less[steps:] = total[steps:] - total[:-steps] < gain
    return less
