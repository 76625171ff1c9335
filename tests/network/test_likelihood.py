"""Surprise of each step."""

from __future__ import annotations

import numpy as np
import torch

from hwmodel.ink.strokes import Strokes
from hwmodel.network.likelihood import surprise
from hwmodel.network.mixture import nll
from hwmodel.network.model import HandwritingModel, ModelConfig, shift_right
from tests.conftest import wavy_offsets


def test_lines_of_different_lengths_are_scored_as_if_alone() -> None:
    torch.manual_seed(0)
    model = HandwritingModel(ModelConfig(cells=8, components=3)).eval()
    lines = [Strokes(wavy_offsets(30)), Strokes(wavy_offsets(12, seed=1))]
    together = surprise(model, lines)
    for line, nats in zip(lines, together, strict=True):
        offsets = torch.from_numpy(line.offsets.copy())[None]
        with torch.no_grad():
            expected = torch.stack(nll(model(shift_right(offsets))[0], offsets), dim=-1)[0]
        assert nats.shape == (len(line), 2)
        np.testing.assert_allclose(nats, expected, atol=1e-5)
