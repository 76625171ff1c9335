"""What the view of futures is sent, as bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

import numpy as np
from numpy.typing import NDArray

from hwmodel.futures.forks import find_forks
from hwmodel.futures.values import Branch, Certainty, Fan, Futures, NextStep
from hwmodel.ink.strokes import Strokes
from hwmodel.views.colours import BRANCH_COLOURS, DOUBT_RAMP, SIDES
from hwmodel.views.packing import pack

PER_UNIT = 128  # places are whole numbers of this part of a model unit: finer than any screen shows
KEPT_PER_UNIT = 24  # the same in a file that is kept: a pixel where rows are shown at their largest
FULL_TURN = np.pi / 4  # radians to the side that have a side's full colour
NO_SIDE = 127
MOST_STEPS = 1_000_000  # of all futures together: more take over ten seconds, and are left out by starting from fewer points
KEPT_STEPS = 280_000  # of all futures in a file that is kept: a full line's, in less than 400 kB with all around them
SURE_STEPS = 120_000  # the same, for curves: a second. Spread and pen lifts from every second point follow those from all with r 0.88 and 0.93
FORK_STEPS = 12  # of the futures that are searched for forks before a fan is drawn: the first of the fan's own
GOES_ON = 200  # steps that the network writes along a chosen branch
MEASURES = {  # name on the page -> attribute of Certainty, unit, what it says
    "Spread": ("spread", "units", "how far apart the futures end"),
    "Entropy": ("entropy", "nats", "how many ways the next step could go"),
    "Pen lifts": ("lifts", "share", "share of the futures that lift the pen"),
    "Surprise": ("surprise", "nats", "how unlikely the step was that really came"),
}

Themed = Mapping[str, Sequence[str]]  # hex colours, by `light` and `dark`


def spaced_points(total: int, samples: int, steps: int, most: int = MOST_STEPS) -> range:
    """Points to start from: all, or every second, third … where that would be more than `most` steps of work."""
    return range(0, total, -(-total * samples * steps // most))


class Measure(TypedDict):
    """A measure of certainty, as the page names it."""

    label: str
    unit: str
    says: str


class BranchHeader(TypedDict):
    """A branch of futures in numbers."""

    share: float
    lifts: float
    typical: int


class Grid(TypedDict):
    """Where the next step's density was taken, in model units beside the point."""

    left: float
    top: float
    size: float
    cells: int


class FuturesHeader(TypedDict):
    """The contract with pages/ui/components/futures_view/data.js, which says what each is and in which mode it is there."""

    name: str
    mode: str
    starts: int
    samples: int
    steps: int
    per_unit: int
    no_side: int
    sides: Themed
    doubt: Themed
    branch_colours: Themed
    measures: NotRequired[list[Measure]]
    measure: NotRequired[str]
    branches: NotRequired[list[BranchHeader]]
    written_from: NotRequired[int]
    taken: NotRequired[int]
    pen_up_share: NotRequired[float]
    grid: NotRequired[Grid]


class FuturesArrays(TypedDict):
    """The arrays of the same contract."""

    points: NDArray[np.float32]  # (rows, 2)
    pen_up: NDArray[np.uint8]  # (rows - 1,)
    start: NDArray[np.int32]  # (P,) rows of the points
    paths: NDArray[np.int16]  # (P, N, S, 2) from there, in parts of a model unit
    lengths: NDArray[np.uint16]  # (P, N)
    lifted: NDArray[np.uint8]  # (P, N)
    side: NDArray[np.int8]  # (P, N) from -100 (left) to 100 (right)
    air: NotRequired[NDArray[np.uint8]]  # (1, N, S) 1 where the pen is not on the paper
    forks: NDArray[np.int32]  # (F,) rows of the points, in their order
    curves: NotRequired[NDArray[np.float32]]  # (measures, P)
    branch: NotRequired[NDArray[np.uint8]]  # (1, N)
    gaussians: NotRequired[NDArray[np.float32]]  # (K, 6) pi, mu, sigma, rho
    density: NotRequired[NDArray[np.uint8]]  # (cells, cells)


def future_arrays(strokes: Strokes, futures: Futures, angles: np.ndarray, forks: np.ndarray | None = None, per_unit: int = PER_UNIT) -> FuturesArrays:
    """The arrays that every mode has. `forks` are points, in any order; None: they are looked for in these futures."""
    forks = find_forks(futures.points, futures.ends) if forks is None else forks
    side = np.where(np.isnan(angles), NO_SIDE, np.nan_to_num(angles / FULL_TURN * 100).clip(-100, 100).round())
    return {
        "points": strokes.points.astype(np.float32),
        "pen_up": strokes.pen_up.astype(np.uint8),
        "start": (futures.points + 1).astype(np.int32),
        "paths": (futures.paths * per_unit).round().clip(-32768, 32767).astype(np.int16),
        "lengths": futures.lengths.astype(np.uint16),
        "lifted": futures.lifted.astype(np.uint8),
        "side": side.astype(np.int8),
        "forks": (np.sort(forks) + 1).astype(np.int32),
    }


def hairs_bytes(name: str, mode: str, strokes: Strokes, futures: Futures, angles: np.ndarray, per_unit: int = PER_UNIT) -> bytes:
    """Many points' futures, as `hairs` in the colours of the sides, or as `paths` that add up."""
    return pack(_header(name, mode, futures, per_unit), **future_arrays(strokes, futures, angles, per_unit=per_unit))


def kept_hairs_bytes(name: str, mode: str, strokes: Strokes, futures: Futures, angles: np.ndarray) -> bytes:
    """The same for a file that is kept: coarser, and from every second or third point where that would be more than KEPT_STEPS."""
    some = slice(None, None, -(-futures.offsets[..., 0].size // KEPT_STEPS))
    return hairs_bytes(name, mode, strokes, Futures(futures.points[some], futures.offsets[some]), angles[some], KEPT_PER_UNIT)


def whole_bytes(name: str, strokes: Strokes, futures: Futures, angles: np.ndarray) -> bytes:
    """One point's futures that go on after a pen lift, and add up."""
    lifted_before = np.roll(futures.offsets[..., 2], 1, axis=2)
    lifted_before[..., 0] = strokes.pen_up[futures.points][:, None]
    arrays = future_arrays(strokes, futures, angles, np.zeros(0, np.int64))
    arrays |= {"lengths": np.full_like(arrays["lengths"], futures.offsets.shape[2]), "air": lifted_before.astype(np.uint8)}
    return pack(_header(name, "whole", futures), **arrays)


def sure_bytes(name: str, strokes: Strokes, futures: Futures, angles: np.ndarray, found: Certainty, measure: str) -> bytes:
    """The measures of certainty along the line, one of them chosen, with the futures they were taken from."""
    header, arrays = _header(name, "sure", futures), future_arrays(strokes, futures, angles)
    header["measures"] = [{"label": label, "unit": unit, "says": says} for label, (_, unit, says) in MEASURES.items()]
    header["measure"] = measure
    curves = np.stack([getattr(found, attribute) for attribute, _, _ in MEASURES.values()]).astype(np.float32)
    arrays |= {"curves": curves}
    return pack(header, **arrays)


def fan_bytes(name: str, strokes: Strokes, fan: Fan, angles: np.ndarray, step: NextStep, forks: np.ndarray, written_from: int, taken: int) -> bytes:
    """One point's futures in branches, the mixture of its next step, and the points `forks` of the same ink. Points from row `written_from` on were
    written after a branch was chosen; `taken` branches have been chosen so far."""
    header, arrays = _header(name, "fan", fan.futures), future_arrays(strokes, fan.futures, angles, forks)
    header |= {
        "branches": [_branch(branch) for branch in fan.branches],
        "written_from": written_from,
        "taken": taken,
        "pen_up_share": step.pen_up,
        "grid": {"left": step.left, "top": step.top, "size": step.size, "cells": len(step.density)},
    }
    arrays |= {
        "branch": fan.label.astype(np.uint8),
        "gaussians": np.concatenate((step.pi[:, None], step.mu, step.sigma, step.rho[:, None]), axis=1).astype(np.float32),
        "density": np.rint(255 * np.sqrt(step.density / max(step.density.max(), 1e-30))).astype(np.uint8),
    }
    return pack(header, **arrays)


def _branch(branch: Branch) -> BranchHeader:
    return {"share": branch.share, "lifts": branch.lifts, "typical": branch.typical}


def _header(name: str, mode: str, futures: Futures, per_unit: int = PER_UNIT) -> FuturesHeader:
    points, samples, steps = futures.offsets.shape[:3]
    return {
        "name": name,
        "mode": mode,
        "starts": points,
        "samples": samples,
        "steps": steps,
        "per_unit": per_unit,
        "no_side": NO_SIDE,
        "sides": SIDES,
        "doubt": DOUBT_RAMP,
        "branch_colours": BRANCH_COLOURS,
    }
