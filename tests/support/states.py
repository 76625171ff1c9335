"""Random states of a network, and where torch goes from them."""

from __future__ import annotations

import numpy as np
import torch

from hwmodel.network.model import HandwritingModel, LSTMState
from hwmodel.network.stepper import Stepper


def random_states(count: int, cells: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hidden and cell states (count, H) and offsets (count, 3), float32, as large as a network's become, and now and then larger."""
    rng = np.random.default_rng(seed)
    size = rng.choice((0.3, 1.0, 8.0), (count, 1))
    cell = rng.normal(0, 1, (count, cells)) * size
    offset = np.concatenate((rng.normal(0, 1, (count, 2)) * size, rng.random((count, 1)) < 0.1), axis=1)
    hidden = np.tanh(cell) * rng.random((count, cells))
    return hidden.astype(np.float32), cell.astype(np.float32), offset.astype(np.float32)


@torch.inference_mode()
def torch_step(model: HandwritingModel, hidden: np.ndarray, cell: np.ndarray, offset: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hidden and cell states (count, H) and raw outputs (count, 1 + 6K) after one step."""
    stepper = Stepper(model, len(hidden))
    stepper.start(LSTMState(torch.from_numpy(hidden), torch.from_numpy(cell)), torch.from_numpy(offset))
    raw = stepper.step().numpy().copy()
    return stepper.hidden.numpy().copy(), stepper.cell.numpy().copy(), raw
