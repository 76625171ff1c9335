"""The network: one LSTM layer and a mixture density output (Graves 2013, section 4.2; the model of the Distill article).

Letters: B batch, T steps, H cells (500), K components (20).
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from hwmodel.ink.units import WHITEBOARD_UNITS
from hwmodel.network.mixture import output_size


@dataclass(frozen=True)
class ModelConfig:
    cells: int = 500  # H, LSTM cells in the one hidden layer
    components: int = 20  # K, bivariate Gaussians in the output
    units_per_offset: float = float(WHITEBOARD_UNITS)  # whiteboard units in one model unit
    alphabet: str = ""  # the characters that a text network knows; none: the network is told no text
    window: int = 0  # Gaussians of the window over the text

    def __post_init__(self) -> None:
        for name, kind in (("cells", int), ("components", int), ("units_per_offset", int | float), ("alphabet", str), ("window", int)):
            if not isinstance(getattr(self, name), kind):
                raise TypeError(f"{name} cannot be {getattr(self, name)!r}")
        if not math.isfinite(self.units_per_offset):
            raise ValueError(f"a model's scale is finite, got {self.units_per_offset}")
        if not (1 <= self.cells <= 4096 and 1 <= self.components <= 256 and self.units_per_offset > 0):
            raise ValueError(f"a model needs 1-4096 cells, 1-256 components and a positive scale, got {self}")
        if bool(self.alphabet) != bool(self.window) or not 0 <= self.window <= 64 or len(set(self.alphabet)) != len(self.alphabet):
            raise ValueError(f"a text network needs an alphabet, each character once, and 1-64 Gaussians of its window, got {self}")

    @property
    def classes(self) -> int:
        """C: of characters, of which the first is that of all characters outside the alphabet."""
        return len(self.alphabet) + 1 if self.alphabet else 0

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, for a checkpoint's JSON."""
        return asdict(self)


class LSTMState(NamedTuple):
    """What the network remembers: both (B, H)."""

    hidden: Tensor
    cell: Tensor


class HandwritingModel(nn.Module):
    """Predicts the next offset from all offsets before it.

    Input and target are offsets (B, T, 3) in model units (see `hwmodel.ink.strokes.Strokes`). The first input is zeros: step t reads offset t - 1 and
    predicts offset t.
    """

    def __init__(self, config: ModelConfig | None = None) -> None:
        super().__init__()
        self.config = config or ModelConfig()
        self.lstm = nn.LSTM(3, self.config.cells, batch_first=True)
        self.output = nn.Linear(self.config.cells, output_size(self.config.components))
        # torch's LSTM has two bias vectors that only ever act as their sum: the second stays at zero and is not trained.
        nn.init.zeros_(self.lstm.get_parameter("bias_hh_l0")).requires_grad_(False)

    @property
    def device(self) -> torch.device:
        return self.output.weight.device

    def parameter_count(self) -> int:
        """Trained numbers (1,068,621 in the article's size)."""
        return sum(p.numel() for name, p in self.named_parameters() if name != "lstm.bias_hh_l0")

    def initial_state(self, batch: int = 1) -> LSTMState:
        """All zeros: nothing has been read."""
        zeros = torch.zeros(batch, self.config.cells, device=self.device)
        return LSTMState(zeros, zeros.clone())

    def forward(self, inputs: Tensor, state: LSTMState | None = None) -> tuple[Tensor, LSTMState]:
        """Raw outputs (B, T, 1 + 6K) after each input (B, T, 3), and the state after the last."""
        hidden, last = self.run_lstm(inputs, state)
        return self.output(hidden), last

    def run_lstm(self, inputs: Tensor, state: LSTMState | None = None) -> tuple[Tensor, LSTMState]:
        """Hidden states (B, T, H) after each input (B, T, 3), and the state after the last."""
        state = state or self.initial_state(inputs.shape[0])
        hidden, (last_hidden, last_cell) = self.lstm(inputs, (state.hidden[None], state.cell[None]))
        return hidden, LSTMState(last_hidden[0], last_cell[0])


def shift_right(offsets: Tensor) -> Tensor:
    """Inputs (B, T, 3) whose predictions are `offsets` (B, T, 3): zeros first, then all but the last."""
    return torch.cat((torch.zeros_like(offsets[:, :1]), offsets[:, :-1]), dim=1)
