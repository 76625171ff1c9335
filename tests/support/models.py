"""Networks small enough that a test takes no time."""

from __future__ import annotations

import torch

from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.network.text_model import TextModel


def small_model(cells: int = 8, components: int = 3) -> HandwritingModel:
    """A network with weights made up from one seed, as a loaded one is: in eval mode and not to be trained."""
    torch.manual_seed(0)
    return HandwritingModel(ModelConfig(cells=cells, components=components)).eval().requires_grad_(False)


def small_text_model(alphabet: str = "abc ", first_step: float = 0.1) -> TextModel:
    """A network that is told what to write, whose window moves by about `first_step` characters a step, as a loaded one is."""
    torch.manual_seed(0)
    model = TextModel(ModelConfig(cells=8, components=2, alphabet=alphabet, window=2))
    model.begin_as(small_model(components=2), first_step, seed=0)
    torch.nn.init.normal_(model.weight_hh, std=0.3)
    torch.nn.init.normal_(model.output.weight, std=0.3)
    return model.eval().requires_grad_(False)
