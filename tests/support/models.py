"""Networks small enough that a test takes no time."""

from __future__ import annotations

import torch

from hwmodel.network.model import HandwritingModel, ModelConfig


def small_model(cells: int = 8, components: int = 3) -> HandwritingModel:
    """A network with weights made up from one seed, as a loaded one is: in eval mode and not to be trained."""
    torch.manual_seed(0)
    return HandwritingModel(ModelConfig(cells=cells, components=components)).eval().requires_grad_(False)
