"""The network's weights as plain arrays: what a network outside torch is made from. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class NetworkWeights:
    """All float32. Gates in torch's order i, f, g, o; C is 0 but for a network that is told a text, whose window M Gaussians make. Raises ValueError
    for shapes that do not belong together."""

    recurrent: np.ndarray  # (4H, H + C), of the hidden state and the window
    read: np.ndarray  # (4H, 4), of the offset that is read, and the bias
    output: np.ndarray  # (1 + 6K, H + C)
    output_bias: np.ndarray  # (1 + 6K,)
    alphabet: str = ""  # the characters that a text network knows: C is one more than there are
    window: np.ndarray | None = None  # (3M + 1, H + 1), of the hidden state and the bias: see `TextModel.window`

    def __post_init__(self) -> None:
        cells, outputs = self.cells, len(self.output_bias)
        known = cells + self.classes
        shapes = tuple(array.shape for array in (self.recurrent, self.read, self.output))
        if shapes != ((4 * cells, known), (4 * cells, 4), (outputs, known)) or outputs % 6 != 1:
            raise ValueError(f"weights must be (4H, H + C), (4H, 4), (1 + 6K, H + C) and (1 + 6K,), got {shapes} and {self.output_bias.shape}")
        if bool(self.alphabet) != (self.window is not None):
            raise ValueError("a text network has an alphabet and weights of its window, and any other has neither")
        if self.window is not None and (self.window.shape != (3 * self.gaussians + 1, cells + 1) or not self.gaussians):
            raise ValueError(f"weights of the window must be (3M + 1, H + 1), got {self.window.shape}")

    @property
    def cells(self) -> int:
        """H."""
        return len(self.recurrent) // 4

    @property
    def components(self) -> int:
        """K."""
        return len(self.output_bias) // 6

    @property
    def classes(self) -> int:
        """C: of characters, of which the first is that of all characters outside the alphabet."""
        return len(self.alphabet) + 1 if self.alphabet else 0

    @property
    def gaussians(self) -> int:
        """M, of the window."""
        return 0 if self.window is None else len(self.window) // 3
