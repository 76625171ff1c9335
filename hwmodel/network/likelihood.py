"""How much each pen movement surprises the network that wrote it, or reads it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from hwmodel.ink.strokes import Strokes
from hwmodel.network.mixture import nll
from hwmodel.network.model import HandwritingModel, shift_right


@torch.inference_mode()
def surprise(model: HandwritingModel, lines: Sequence[Strokes]) -> list[np.ndarray]:
    """Nats of each step, (T, 2) float32 a line: where the pen went, and whether it lifted (see `nll`). From zeros, the network as it was trained,
    whatever sharpness the lines were written with."""
    targets = torch.zeros(len(lines), max(map(len, lines)), 3, device=model.device)
    for row, strokes in zip(targets, lines, strict=True):
        row[: len(strokes)] = torch.from_numpy(strokes.offsets.copy())
    nats = torch.stack(nll(model(shift_right(targets))[0], targets), dim=-1).cpu().numpy()
    return [row[: len(strokes)] for row, strokes in zip(nats, lines, strict=True)]
