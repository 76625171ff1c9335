"""The network's weights as plain arrays: what a network outside torch is made from. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class NetworkWeights:
    """All float32. Gates in torch's order i, f, g, o. Raises ValueError for shapes that do not belong together."""

    recurrent: np.ndarray  # (4H, H), of the hidden state
    read: np.ndarray  # (4H, 4), of the offset that is read, and the bias
    output: np.ndarray  # (1 + 6K, H)
    output_bias: np.ndarray  # (1 + 6K,)

    def __post_init__(self) -> None:
        cells, outputs = self.recurrent.shape[-1], len(self.output_bias)
        shapes = tuple(array.shape for array in (self.recurrent, self.read, self.output))
        if shapes != ((4 * cells, cells), (4 * cells, 4), (outputs, cells)) or outputs % 6 != 1:
            raise ValueError(f"weights must be (4H, H), (4H, 4), (1 + 6K, H) and (1 + 6K,), got {shapes} and {self.output_bias.shape}")
