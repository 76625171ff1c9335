"""The Distill article's published weights in our model: the yardstick for model, likelihood and data.

They lie beside a checkout on some machines (see conftest.SHARED) and are no part of this project.
"""

from __future__ import annotations

import numpy as np
import torch

from hwmodel.ink.strokes import Strokes
from hwmodel.network.model import HandwritingModel
from tests.conftest import SHARED

WEIGHTS = "data/distill_model.npz"
ARRAYS = ("output_w", "output_b", "lstm_wxh", "lstm_whh", "lstm_bias")  # in the order of `scales`
FORGET_BIAS = 1.0  # their LSTM adds it at run time


def reference_model() -> HandwritingModel:
    """The article's network. Its gates are in the order i, g, f, o and torch's are i, f, g, o; its outputs are in our order."""
    with np.load(SHARED / WEIGHTS) as stored:
        arrays = {
            name: torch.from_numpy(stored[name] / np.float32(127) * scale).float() for name, scale in zip(ARRAYS, stored["scales"], strict=True)
        }
    model = HandwritingModel()
    bias = torch_gates(arrays["lstm_bias"])
    bias[model.config.cells : 2 * model.config.cells] += FORGET_BIAS
    model.load_state_dict(
        {
            "lstm.weight_ih_l0": torch_gates(arrays["lstm_wxh"].T),
            "lstm.weight_hh_l0": torch_gates(arrays["lstm_whh"].T),
            "lstm.bias_ih_l0": bias,
            "lstm.bias_hh_l0": torch.zeros_like(bias),
            "output.weight": arrays["output_w"].T,
            "output.bias": arrays["output_b"],
        }
    )
    return model.eval().requires_grad_(False)


def reference_line() -> tuple[Strokes, np.ndarray]:
    """A line of the article's and the cell states (T, 500) it publishes for it: before each point, cut to two decimals. Its page reads zeros twice
    before the line, where training reads them once: so this ink begins with an offset of zeros, and our record's row t is its row t."""
    with np.load(SHARED / WEIGHTS) as stored:
        return Strokes(np.concatenate((np.zeros((1, 3)), stored["offsets_line0"][:-1]))), stored["cells_line0"]


def torch_gates(stacked: torch.Tensor) -> torch.Tensor:
    """Rows (4H, ...) in the order i, g, f, o as rows in the order i, f, g, o."""
    i, g, f, o = stacked.chunk(4)
    return torch.cat((i, f, g, o))
