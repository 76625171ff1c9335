"""Sampling laws: how much surer of itself the network is made before a movement is drawn. Free of torch: pages list the laws."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Sharpness:
    """Every known sampling law comes down to two factors. The pen's bit is left alone by all of them, and has a setting of its own."""

    pi_gain: float = 1.0  # the components' logits are multiplied by it
    sigma_gain: float = 1.0  # the standard deviations are multiplied by it
    pen_bias: float = 0.0  # added to the pen's logit: positive lifts more often

    def affine(self, components: int) -> np.ndarray:
        """Scale and shift (2, 1 + 6K) float32: sharpened raw outputs are `raw * scale + shift`, since raw outputs hold logits and log sigmas."""
        scale, shift = np.ones(1 + 6 * components, np.float32), np.zeros(1 + 6 * components, np.float32)
        scale[1 : 1 + components] = self.pi_gain
        shift[0] = self.pen_bias
        shift[1 + 3 * components : 1 + 5 * components] = math.log(self.sigma_gain)
        return np.stack((scale, shift))


AS_LEARNT = Sharpness()


def graves(bias: float, pen_bias: float = 0.0) -> Sharpness:
    """Graves 2013, eqs 61-62: pi logits x (1 + b), sigma x exp(-b). 0 leaves the distribution as it is."""
    return Sharpness(1.0 + bias, math.exp(-bias), pen_bias)


def temperature(value: float, pen_bias: float = 0.0) -> Sharpness:
    """The Distill article's law: pi^(1/T), sigma x T. 1 leaves the distribution as it is."""
    return Sharpness(1.0 / value, value, pen_bias)


def root_temperature(value: float, pen_bias: float = 0.0) -> Sharpness:
    """Sketch-RNN's law (Ha and Eck 2017, eq. 8): pi^(1/T), sigma^2 x T. 1 leaves the distribution as it is."""
    return Sharpness(1.0 / value, math.sqrt(value), pen_bias)


GRAVES = "Graves"
LAWS = {GRAVES: graves, "Temperature": temperature, "Root temperature": root_temperature}  # named as readers and links see them
