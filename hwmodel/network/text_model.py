"""The network that is told what to write: the same LSTM and mixture, and between them a soft window over the text (Graves 2013, section 5).

What differs from Graves: one layer; all Gaussians of the window share one kappa, so that it is the progress in characters; each has an offset from
it. As training may shift all of these together, how far the writing has come is read off where the Gaussians stand, not off kappa: see `progress`.
Letters: see `hwmodel.network.windowed_lstm`; M components of the mixture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from hwmodel.data.texts import encode, pad
from hwmodel.network.mixture import output_size
from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.network.windowed_lstm import FAR, Text, TextState, WindowedLSTM

FIRST_BETA = (0.5, 3.0)  # the widest and the narrowest Gaussian, before training
FIRST_ALPHA_SUM = math.exp(0.2)


class TextRun(NamedTuple):
    """What the recursion gave for inputs (B, T, 3)."""

    hidden: Tensor  # (B, T, H)
    window: Tensor  # (B, T, C)
    kappa: Tensor  # (B, T)
    state: TextState  # after the last input, without a derivative


class TextModel(nn.Module):
    """Predicts the next offset from all offsets before it and a text. Inputs and targets are those of `HandwritingModel`."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        assert config.alphabet, "a network without a text is a HandwritingModel"
        self.config = config
        read = config.cells + config.classes
        self.weight_ih = nn.Parameter(torch.zeros(4 * config.cells, 3))
        self.weight_hh = nn.Parameter(torch.zeros(4 * config.cells, read))  # applied to [hidden, window]
        self.bias = nn.Parameter(torch.zeros(4 * config.cells))
        self.window = nn.Linear(config.cells, 3 * config.window + 1)  # log alpha, log beta, offset, log step: see `WindowedLSTM`
        self.output = nn.Linear(read, output_size(config.components))

    @property
    def device(self) -> torch.device:
        return self.output.weight.device

    def parameter_count(self) -> int:
        """Trained numbers."""
        return sum(p.numel() for p in self.parameters())

    @torch.no_grad()
    def begin_as(self, model: HandwritingModel, first_step: float, seed: int) -> None:
        """Take over an unconditional network's weights, so that this one writes as that does whatever its text is; the window moves by about
        `first_step` characters a step. Raises ValueError where their sizes differ."""
        config, other = self.config, model.config
        if (config.cells, config.components, config.units_per_offset) != (other.cells, other.components, other.units_per_offset):
            raise ValueError(f"a text network of {config.cells} cells and {config.components} components cannot begin as one of {other}")
        lstm = {name: parameter.detach() for name, parameter in model.lstm.named_parameters()}
        cells, count = config.cells, config.window
        self.weight_ih.copy_(lstm["weight_ih_l0"])
        self.weight_hh.zero_()[:, :cells] = lstm["weight_hh_l0"]
        self.bias.copy_(lstm["bias_ih_l0"] + lstm["bias_hh_l0"])
        self.output.weight.zero_()[:, :cells] = model.output.weight
        self.output.bias.copy_(model.output.bias)
        self.window.weight.normal_(0, 0.003, generator=torch.Generator().manual_seed(seed))
        widest, narrowest = map(math.log, FIRST_BETA)
        self.window.bias.copy_(
            torch.cat(
                (
                    torch.full((count,), math.log(FIRST_ALPHA_SUM / count)),
                    torch.linspace(widest, narrowest, count),
                    torch.zeros(count),
                    torch.tensor([math.log(first_step)]),
                )
            )
        )

    def text(self, texts: Sequence[str]) -> Text:
        """The texts as the network reads them; characters outside its alphabet get the class of the unknown."""
        return self.encoded([encode(text, self.config.alphabet) for text in texts])

    def encoded(self, codes: list[np.ndarray]) -> Text:
        """Texts that are given as classes (U,) int64 of their characters."""
        padded, lengths = map(torch.from_numpy, pad(codes))
        places = torch.arange(padded.shape[1]) + 0.5
        return Text(padded.to(self.device), torch.where(places < lengths[:, None], places, FAR).to(self.output.weight))

    def initial_state(self, batch: int = 1) -> TextState:
        """All zeros: nothing has been read, and the window stands before the text."""
        sizes = (self.config.cells, self.config.cells, self.config.classes, 1)
        return TextState(*(torch.zeros(batch, size).to(self.output.weight) for size in sizes))

    def forward(self, inputs: Tensor, text: Text, state: TextState | None = None) -> tuple[Tensor, TextState]:
        """Raw outputs (B, T, 1 + 6M) after each input (B, T, 3), and the state after the last."""
        run = self.run(inputs, text, state)
        return self.predict(run), run.state

    def run(
        self, inputs: Tensor, text: Text, state: TextState | None = None, kept: Tensor | None = None, dtype: torch.dtype = torch.float32
    ) -> TextRun:
        """The recursion over inputs (B, T, 3). `kept` (T, B, H) is recurrent dropout's; `dtype` is that of the recurrent products."""
        state = state or self.initial_state(len(inputs))
        weights = self.weight_ih, self.weight_hh, self.bias, self.window.weight, self.window.bias
        hidden, window, kappa, cell = WindowedLSTM.apply(inputs.transpose(0, 1), *weights, state, text, kept, dtype)  # type: ignore[no-untyped-call]
        last = TextState(hidden[-1].detach(), cell, window[-1].detach(), kappa[-1])
        return TextRun(hidden.transpose(0, 1), window.transpose(0, 1), kappa[..., 0].T, last)

    def progress(self, run: TextRun) -> Tensor:
        """(B, T): how many characters of its text each line has passed after each input, the middle of the window."""
        count = self.config.window
        log_alpha, _, offset, _ = self.window(run.hidden).split((count, count, count, 1), dim=-1)
        progress: Tensor = run.kappa + (log_alpha.softmax(-1) * offset).sum(-1)
        return progress

    def predict(self, run: TextRun) -> Tensor:
        """Raw outputs (B, T, 1 + 6M) from hidden states and windows."""
        raw: Tensor = self.output(torch.cat((run.hidden, run.window), dim=-1))
        return raw
