"""Holding some cells at given values, whatever the gates say, and what that does to the network's writing and guessing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from hwmodel.mixture import nll
from hwmodel.model import HandwritingModel
from hwmodel.sampling import generate
from hwmodel.sharpness import Sharpness
from hwmodel.stepping import Held, Stepper
from hwmodel.strokes import Strokes


@dataclass(frozen=True)
class HeldEffect:
    """Pairs: the network as it is, and with the cells held."""

    written: tuple[Strokes, Strokes]  # the first line, by the same random numbers
    lifts: tuple[float, float]  # pen lifts in 100 steps of all that was written
    nats: tuple[float, float]  # a step, of lines it reads


def hold(model: HandwritingModel, cells: Sequence[int], values: Sequence[float]) -> Held:
    """Cells (n,) kept at cell states (n,). Raises ValueError where there is no such cell, or not one value a cell."""
    if len(cells) != len(values) or not all(0 <= cell < model.config.cells for cell in cells):
        raise ValueError(f"expected a value for each of some cells below {model.config.cells}, got cells {list(cells)} and {len(values)} values")
    return Held(torch.tensor(list(cells)), torch.tensor(list(values), dtype=torch.float32))


def held_effect(model: HandwritingModel, held: Held, read: Sequence[Strokes], seeds: Sequence[int], sharpness: Sharpness, steps: int) -> HeldEffect:
    """Write a line of at most `steps` steps for each seed, as it is and with the cells held, and read the lines `read` both ways."""
    both = [[each.strokes for each in generate(model, seeds, sharpness, steps, held=which)] for which in (None, held)]
    lifts = [100 * float(np.concatenate([line.pen_up for line in lines]).mean()) for lines in both]
    nats = [mean_nats(model, read, which) for which in (None, held)]
    return HeldEffect((both[0][0], both[1][0]), (lifts[0], lifts[1]), (nats[0], nats[1]))


@torch.inference_mode()
def mean_nats(model: HandwritingModel, lines: Sequence[Strokes], held: Held | None) -> float:
    """Nats a step over all steps of lines that are read from zeros, with the cells held where that is asked."""
    longest = max(map(len, lines))
    offsets, counts = torch.zeros(longest, len(lines), 3), torch.zeros(longest, len(lines))
    for row, strokes in enumerate(lines):
        offsets[: len(strokes), row] = torch.from_numpy(strokes.offsets.copy())
        counts[: len(strokes), row] = 1
    stepper, total = Stepper(model, len(lines), held), 0.0
    for target, count in zip(offsets.to(model.device), counts.to(model.device), strict=True):
        step = nll(stepper.step(), target)
        total += float(((step.xy + step.pen) * count).sum())
        stepper.offset.copy_(target)
    return total / float(counts.sum())
