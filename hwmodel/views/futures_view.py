"""What the view of futures is sent, as bytes."""

from __future__ import annotations

from typing import Any

import numpy as np

from hwmodel.futures.values import Certainty, Fan, Futures, NextStep
from hwmodel.ink.strokes import Strokes
from hwmodel.views.colours import BRANCH_COLOURS, DOUBT_RAMP, SIDES
from hwmodel.views.packing import pack

PER_UNIT = 128  # places are whole numbers of this part of a model unit: finer than any screen shows
FULL_TURN = np.pi / 4  # radians to the side that have a side's full colour
NO_SIDE = 127
MOST_STEPS = 1_000_000  # of all futures together: more take over ten seconds, and are left out by starting from fewer points
MEASURES = {  # name on the page -> attribute of Certainty, unit, what it says
    "Spread": ("spread", "units", "how far apart the futures end"),
    "Entropy": ("entropy", "nats", "how many ways the next step could go"),
    "Pen lifts": ("lifts", "share", "share of the futures that lift the pen"),
    "Surprise": ("surprise", "nats", "how unlikely the step was that really came"),
}


def spaced_points(total: int, samples: int, steps: int) -> range:
    """Points to start from: all, or every second, third … where that would be too much work."""
    return range(0, total, -(-total * samples * steps // MOST_STEPS))


def ink_arrays(strokes: Strokes) -> dict[str, np.ndarray]:
    return {"points": strokes.points.astype(np.float32), "pen_up": strokes.pen_up.astype(np.uint8)}


def future_arrays(futures: Futures, angles: np.ndarray) -> dict[str, np.ndarray]:
    """`start` (P,) rows of the points, `paths` (P, N, S, 2) from there, `lengths`, `lifted` and `side` (P, N), from -100 (left) to 100 (right)."""
    side = np.where(np.isnan(angles), NO_SIDE, np.nan_to_num(angles / FULL_TURN * 100).clip(-100, 100).round())
    return {
        "start": (futures.points + 1).astype(np.int32),
        "paths": (futures.paths * PER_UNIT).round().clip(-32768, 32767).astype(np.int16),
        "lengths": futures.lengths.astype(np.uint16),
        "lifted": futures.lifted.astype(np.uint8),
        "side": side.astype(np.int8),
    }


def hairs_bytes(name: str, mode: str, strokes: Strokes, futures: Futures, angles: np.ndarray) -> bytes:
    """Many points' futures, as `hairs` in the colours of the sides, or as `paths` that add up."""
    return pack(_header(name, mode, futures), **ink_arrays(strokes), **future_arrays(futures, angles))


def whole_bytes(name: str, strokes: Strokes, futures: Futures, angles: np.ndarray) -> bytes:
    """One point's futures that go on after a pen lift, and add up. `air` (1, N, S) is 1 where the pen is not on the paper."""
    lifted_before = np.roll(futures.offsets[..., 2], 1, axis=2)
    lifted_before[..., 0] = strokes.pen_up[futures.points][:, None]
    arrays = future_arrays(futures, angles)
    arrays["lengths"] = np.full_like(arrays["lengths"], futures.offsets.shape[2])
    return pack(_header(name, "whole", futures), **ink_arrays(strokes), **arrays, air=lifted_before.astype(np.uint8))


def sure_bytes(name: str, strokes: Strokes, futures: Futures, angles: np.ndarray, found: Certainty) -> bytes:
    """The measures of certainty along the line, with the futures they were taken from."""
    measures = [{"label": label, "unit": unit, "says": says} for label, (_, unit, says) in MEASURES.items()]
    curves = np.stack([getattr(found, attribute) for attribute, _, _ in MEASURES.values()]).astype(np.float32)
    header = _header(name, "sure", futures) | {"measures": measures}
    return pack(header, **ink_arrays(strokes), **future_arrays(futures, angles), curves=curves, forks=found.forks.astype(np.int32))


def fan_bytes(name: str, strokes: Strokes, fan: Fan, angles: np.ndarray, step: NextStep, written_from: int, taken: int) -> bytes:
    """One point's futures in branches, and the mixture of its next step. Points from row `written_from` on were written after a branch was chosen;
    `taken` branches have been chosen so far."""
    branches = [{"share": b.share, "right": None if np.isnan(b.right) else b.right, "lifts": b.lifts, "typical": b.typical} for b in fan.branches]
    header = _header(name, "fan", fan.futures) | {
        "branches": branches,
        "written_from": written_from,
        "taken": taken,
        "pen_up_share": step.pen_up,
        "grid": {"left": step.left, "top": step.top, "size": step.size, "cells": len(step.density)},
    }
    gaussians = np.concatenate((step.pi[:, None], step.mu, step.sigma, step.rho[:, None]), axis=1).astype(np.float32)  # (K, 6)
    density = np.rint(255 * np.sqrt(step.density / max(step.density.max(), 1e-30))).astype(np.uint8)
    return pack(
        header,
        **ink_arrays(strokes),
        **future_arrays(fan.futures, angles),
        branch=fan.label.astype(np.uint8),
        gaussians=gaussians,
        density=density,
    )


def _header(name: str, mode: str, futures: Futures) -> dict[str, Any]:
    points, samples, steps = futures.offsets.shape[:3]
    return {
        "name": name,
        "mode": mode,
        "starts": points,
        "samples": samples,
        "steps": steps,
        "per_unit": PER_UNIT,
        "no_side": NO_SIDE,
        "sides": SIDES,
        "doubt": DOUBT_RAMP,
        "branch_colours": BRANCH_COLOURS,
    }
