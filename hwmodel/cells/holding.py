"""Holding some cells at given values, whatever the gates say, and what that does to the network's writing and guessing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from hwmodel.cells.rates import Rate
from hwmodel.cells.trace import OwnLines, Trial
from hwmodel.ink.strokes import Strokes
from hwmodel.network.likelihood import step_nats, told_nats
from hwmodel.network.model import HandwritingModel
from hwmodel.network.stepper import Held
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.laws import Sharpness
from hwmodel.sampling.lines import generate
from hwmodel.sampling.text_lines import write_texts


def hold(model: HandwritingModel | TextModel, cells: Sequence[int], values: Sequence[float]) -> Held:
    """Cells (n,) kept at cell states (n,). Raises ValueError where there is no such cell, or not one value a cell."""
    if len(cells) != len(values) or not all(0 <= cell < model.config.cells for cell in cells):
        raise ValueError(f"expected a value for each of some cells below {model.config.cells}, got cells {list(cells)} and {len(values)} values")
    return Held(torch.tensor(list(cells)), torch.tensor(list(values), dtype=torch.float32))


def others(cells: Sequence[int], total: int, seed: int) -> tuple[int, ...]:
    """As many other cells of `total`, by chance: what holding just any cells does is what holding these must be compared with. Fewer where there are
    no more."""
    rest = np.setdiff1d(np.arange(total), cells)
    return tuple(int(cell) for cell in np.sort(np.random.default_rng(seed).permutation(rest)[: len(cells)]))


def trial(model: HandwritingModel, held: Held | None, read: Sequence[Strokes], seeds: Sequence[int], sharpness: Sharpness, steps: int) -> Trial:
    """Write a line of at most `steps` steps for each seed, and read the lines `read`."""
    lines = [each.strokes for each in generate(model, seeds, sharpness, steps, held=held)]
    return trial_of(lines, step_nats(model, [line.offsets for line in read], held=held))


def told_trial(model: TextModel, held: Held | None, read: OwnLines, text: str, seeds: Sequence[int], sharpness: Sharpness) -> Trial:
    """Write a line of text for each seed, and read the lines `read`, told what they say."""
    lines = [each.strokes for each in write_texts(model, [text] * len(seeds), seeds, sharpness, held=held)]
    return trial_of(lines, told_nats(model, [line.offsets for line in read.strokes], read.texts, held))


def trial_of(lines: Sequence[Strokes], nats: Sequence[np.ndarray]) -> Trial:
    """The figures of lines that were written, and of the nats (T, 2) of lines that were read."""
    return Trial(
        lines[0],
        Rate.of([100 * float(line.pen_up.sum()) for line in lines], [len(line) for line in lines]),
        Rate.of([float(each.sum(dtype=np.float64)) for each in nats], [len(each) for each in nats]),
    )
