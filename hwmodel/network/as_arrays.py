"""A network's weights taken out of torch, and put back."""

from __future__ import annotations

import torch

from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.network.stepper import gate_weights
from hwmodel.network.weights import NetworkWeights


def weights_of(model: HandwritingModel) -> NetworkWeights:
    """Copies of the model's weights, its two bias vectors added."""
    recurrent, offset, bias = gate_weights(model)
    read = torch.cat((offset, bias), dim=1)
    return NetworkWeights(*(tensor.detach().cpu().numpy().copy() for tensor in (recurrent, read, model.output.weight, model.output.bias)))


def model_of(weights: NetworkWeights) -> HandwritingModel:
    """A model with these weights, in eval mode and not to be changed."""
    outputs, cells = weights.output.shape
    model = HandwritingModel(ModelConfig(cells=cells, components=(outputs - 1) // 6))
    offset, bias = weights.read[:, :3], weights.read[:, 3]
    arrays = {"lstm.weight_hh_l0": weights.recurrent, "lstm.weight_ih_l0": offset, "lstm.bias_ih_l0": bias}
    arrays |= {"output.weight": weights.output, "output.bias": weights.output_bias}
    model.load_state_dict({key: torch.from_numpy(array.copy()) for key, array in arrays.items()} | {"lstm.bias_hh_l0": torch.zeros(4 * cells)})
    return model.eval().requires_grad_(False)
