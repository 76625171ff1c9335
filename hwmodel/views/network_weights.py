"""A network's weights as bytes for the browser: the two large matrices as 8-bit integers with a scale a row, or as float16; the rest as float32.

On held-out lines of their own collections 8 bits cost `iam` and `unipen` 0.002 to 0.004 nats a step, float16 nothing that shows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, NotRequired, TypedDict

import numpy as np
from numpy.typing import NDArray

from hwmodel.network.weights import NetworkWeights
from hwmodel.views.packing import pack

FORMAT = "handwriting-weights-1"
TOP_LEVEL = 127  # the same on both sides of 0
Precision = Literal["int8", "float16"]
PRECISIONS: tuple[Precision, ...] = ("int8", "float16")


class WeightsHeader(TypedDict):
    """What the browser is told of a network."""

    format: str
    fingerprint: str
    precision: Precision
    cells: int
    components: int
    alphabet: str
    gaussians: int
    units_per_offset: float


class WeightsArrays(TypedDict):
    """int8: two matrices of levels with a scale for each row. float16: two matrices of their bits. `window` is a text network's."""

    read: NDArray[np.float32]
    output_bias: NDArray[np.float32]
    recurrent: NotRequired[NDArray[np.int8]]
    recurrent_scale: NotRequired[NDArray[np.float32]]
    output: NotRequired[NDArray[np.int8]]
    output_scale: NotRequired[NDArray[np.float32]]
    recurrent_half: NotRequired[NDArray[np.uint16]]
    output_half: NotRequired[NDArray[np.uint16]]
    window: NotRequired[NDArray[np.float32]]


def weights_bytes(weights: NetworkWeights, fingerprint: str, units_per_offset: float, precision: Precision = "int8") -> bytes:
    """The file of a network whose checkpoint has this fingerprint. Raises ValueError for weights that float16 cannot hold."""
    header: WeightsHeader = {
        "format": FORMAT,
        "fingerprint": fingerprint,
        "precision": precision,
        "cells": weights.cells,
        "components": weights.components,
        "alphabet": weights.alphabet,
        "gaussians": weights.gaussians,
        "units_per_offset": units_per_offset,
    }
    arrays: WeightsArrays = {"read": weights.read, "output_bias": weights.output_bias}
    if precision == "int8":
        arrays["recurrent"], arrays["recurrent_scale"] = quantised(weights.recurrent)
        arrays["output"], arrays["output_scale"] = quantised(weights.output)
    else:
        arrays["recurrent_half"], arrays["output_half"] = half(weights.recurrent).view(np.uint16), half(weights.output).view(np.uint16)
    if weights.window is not None:
        arrays["window"] = weights.window
    return pack(header, **arrays)


def rounded(weights: NetworkWeights, precision: Precision) -> NetworkWeights:
    """The weights that the browser computes with."""

    def again(matrix: np.ndarray) -> np.ndarray:
        if precision == "float16":
            return half(matrix).astype(np.float32)
        levels, scale = quantised(matrix)
        return levels * scale[:, None]

    return replace(weights, recurrent=again(weights.recurrent), output=again(weights.output))


def quantised(matrix: np.ndarray) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Levels (n, m) and scales (n,), whose product is the matrix but for half a level. A row of zeros has a scale of 0."""
    scale = (np.abs(matrix).max(axis=1) / TOP_LEVEL).astype(np.float32)
    return np.rint(matrix / np.where(scale > 0, scale, 1)[:, None]).astype(np.int8), scale


def half(matrix: np.ndarray) -> NDArray[np.float16]:
    """The matrix as float16. Raises ValueError where a number is too large for it."""
    most = float(np.finfo(np.float16).max)
    if np.abs(matrix).max() > most:
        raise ValueError(f"float16 holds numbers up to {most:g}, and there is a weight of {np.abs(matrix).max():g}; take int8")
    return matrix.astype(np.float16)
