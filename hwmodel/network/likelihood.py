"""How much each pen movement surprises the network that wrote it, or reads it: nats a step.

Always the same measure: start from zeros, count every offset after the first point once, pen bit included, in model units.

A second figure is taken at the recording's resolution: each predicted density is blurred by what rounding to whole whiteboard units does. A density
of recorded points can be made as large as one likes at offsets of exactly 0, and no smoothly written ink is predicted any better for it; blurred, it
cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from hwmodel.ink.strokes import Strokes
from hwmodel.network.mixture import blurred, nll
from hwmodel.network.model import HandwritingModel, shift_right
from hwmodel.network.stepper import Held, Stepper
from hwmodel.network.text_model import TextModel
from hwmodel.network.text_stepper import TextStepper


@dataclass(frozen=True)
class Score:
    """Mean surprise over `steps` steps, in nats a step."""

    steps: int
    xy: float
    pen: float

    @property
    def total(self) -> float:
        return self.xy + self.pen


def surprise(model: HandwritingModel, lines: Sequence[Strokes]) -> list[np.ndarray]:
    """Nats of each step, (T, 2) float32 a line: where the pen went, and whether it lifted (see `nll`). By the network as it was trained, whatever
    sharpness the lines were written with."""
    return step_nats(model, [line.offsets for line in lines])


@torch.inference_mode()
def nats_of(raw: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Nats (T, 2) float32, xy and pen, of offsets (T, 3) that raw outputs (T, 1 + 6K) predict, row by row."""
    return torch.stack(nll(torch.from_numpy(raw), torch.tensor(offsets)), -1).numpy()


def score(model: HandwritingModel, lines: Sequence[np.ndarray], blur: float = 0.0, held: Held | None = None) -> Score:
    """Mean nats a step over lines of offsets (T, 3), every step counted once; `blur` and `held` as in `step_nats`."""
    nats = step_nats(model, lines, blur, held)
    total, steps = sum((each.sum(axis=0, dtype=np.float64) for each in nats), np.zeros(2)), sum(map(len, nats))
    return Score(steps, *(total / max(steps, 1)))


def resolution(model: HandwritingModel) -> float:
    """Standard deviation, in model units, of what is lost where coordinates are rounded to whole whiteboard units."""
    return 12**-0.5 / model.config.units_per_offset


@torch.inference_mode()
def step_nats(
    model: HandwritingModel, lines: Sequence[np.ndarray], blur: float = 0.0, held: Held | None = None, at_once: int = 24
) -> list[np.ndarray]:
    """Nats (T, 2) float32, xy and pen, of each step of each line of offsets (T, 3). `blur` is the standard deviation of noise to be added to what is
    predicted, in model units; the cells `held` are kept at their values. Lines of like length are read together, `at_once` of them."""
    found: list[np.ndarray] = [np.empty((0, 2), np.float32)] * len(lines)
    order = sorted(range(len(lines)), key=lambda i: len(lines[i]))
    for start in range(0, len(order), at_once):
        group = order[start : start + at_once]
        targets = padded([lines[i] for i in group]).to(model.device)
        inputs = shift_right(targets)
        raw = model(inputs)[0] if held is None else raw_of(Stepper(model, len(inputs), held), inputs)
        nats = torch.stack(nll(blurred(raw, blur) if blur else raw, targets), -1).cpu().numpy()
        for row, i in enumerate(group):
            found[i] = nats[row, : len(lines[i])]
    return found


@torch.inference_mode()
def told_nats(model: TextModel, lines: Sequence[np.ndarray], texts: Sequence[str], held: Held | None = None) -> list[np.ndarray]:
    """The same for a network that is told what each line says; all are read together."""
    targets = padded(lines).to(model.device)
    raw = raw_of(TextStepper(model, model.text(texts), held), shift_right(targets))
    nats = torch.stack(nll(raw, targets), -1).cpu().numpy()
    return [nats[row, : len(line)] for row, line in enumerate(lines)]


def padded(lines: Sequence[np.ndarray]) -> Tensor:
    """(B, T, 3) float32: B lines of offsets, the shorter ones with zeros behind them."""
    targets = torch.zeros(len(lines), max(map(len, lines)), 3)
    for row, line in zip(targets, lines, strict=True):
        row[: len(line)] = torch.tensor(line)
    return targets


def raw_of(stepper: Stepper, inputs: Tensor) -> Tensor:
    """Raw outputs (B, T, 1 + 6K) after each input (B, T, 3), of a fresh stepper with B rows."""
    raw = []
    for offset in inputs.unbind(1):
        stepper.offset.copy_(offset)
        raw.append(stepper.step().clone())
    return torch.stack(raw, dim=1)
