"""A network's weights taken out of torch, and put back."""

from __future__ import annotations

import numpy as np
import torch

from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.network.stepper import gate_weights
from hwmodel.network.text_model import TextModel
from hwmodel.network.weights import NetworkWeights


def weights_of(model: HandwritingModel | TextModel) -> NetworkWeights:
    """Copies of the model's weights, its two bias vectors added."""
    recurrent, offset, bias = gate_weights(model)
    read = torch.cat((offset, bias), dim=1)
    arrays = _array(recurrent), _array(read), _array(model.output.weight), _array(model.output.bias)
    if isinstance(model, HandwritingModel):
        return NetworkWeights(*arrays)
    window = torch.cat((model.window.weight, model.window.bias[:, None]), dim=1)
    return NetworkWeights(*arrays, model.config.alphabet, _array(window))


def _array(tensor: torch.Tensor) -> np.ndarray:
    return tensor.detach().cpu().numpy().copy()


def model_of(weights: NetworkWeights) -> HandwritingModel:
    """A model with these weights, in eval mode and not to be changed. Raises ValueError for those of a text network."""
    if weights.alphabet:
        raise ValueError("these are the weights of a text network: make it with text_model_of")
    arrays = {"lstm.weight_hh_l0": weights.recurrent, "lstm.weight_ih_l0": weights.read[:, :3], "lstm.bias_ih_l0": weights.read[:, 3]}
    arrays["lstm.bias_hh_l0"] = np.zeros(len(weights.read), np.float32)
    model = HandwritingModel(ModelConfig(cells=weights.cells, components=weights.components))
    model.load_state_dict(_tensors(arrays, weights))
    return model.eval().requires_grad_(False)


def text_model_of(weights: NetworkWeights) -> TextModel:
    """A text network with these weights, in eval mode and not to be changed. Raises ValueError for those of a network that takes no text."""
    if weights.window is None:
        raise ValueError("these are the weights of a network that takes no text: make it with model_of")
    arrays = {"weight_hh": weights.recurrent, "weight_ih": weights.read[:, :3], "bias": weights.read[:, 3]}
    arrays |= {"window.weight": weights.window[:, :-1], "window.bias": weights.window[:, -1]}
    model = TextModel(ModelConfig(weights.cells, weights.components, alphabet=weights.alphabet, window=weights.gaussians))
    model.load_state_dict(_tensors(arrays, weights))
    return model.eval().requires_grad_(False)


def _tensors(arrays: dict[str, np.ndarray], weights: NetworkWeights) -> dict[str, torch.Tensor]:
    """These and the output layer's, as a state dict."""
    output = {"output.weight": weights.output, "output.bias": weights.output_bias}
    return {key: torch.from_numpy(array.copy()) for key, array in (arrays | output).items()}
