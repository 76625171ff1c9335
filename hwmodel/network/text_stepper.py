"""A text network one step at a time: the same numbers as `TextModel`, and where its window stands after each step."""

from __future__ import annotations

import torch
from torch import Tensor

from hwmodel.network.model import LSTMState
from hwmodel.network.stepper import Held, Stepper
from hwmodel.network.text_model import TextModel
from hwmodel.network.windowed_lstm import Text, TextState


class TextStepper(Stepper):
    """A `Stepper` whose row b is told text b of `text`. What `progress`, `phi` and `window` hold, the next step overwrites."""

    def __init__(self, model: TextModel, text: Text, held: Held | None = None) -> None:
        rows, config = len(text.codes), model.config
        super().__init__(model, rows, held)
        self.text, self.gaussians = text, config.window
        self.ends = text.lengths.to(text.places)  # (rows,)
        self.window = self.inputs[:, config.cells : config.cells + config.classes]  # (rows, C), a view
        self.kappa = torch.zeros(rows, 1, device=model.device)
        self.progress = torch.zeros(rows, device=model.device)  # how many characters have been passed, as `TextModel.progress`
        self.phi = torch.zeros_like(text.places)  # (rows, U): the window's weight on each character
        self.beyond = torch.zeros(rows, device=model.device)  # what its weight on a character after the text's last one would be
        self.window_weights = model.window.weight.detach().t().contiguous()  # (H, 3K + 1)
        self.window_bias = model.window.bias.detach()

    @property
    def text_state(self) -> TextState:
        """A copy of all that the network remembers."""
        return TextState(*self.state, self.window.clone(), self.kappa.clone())

    def start(self, state: LSTMState | TextState, offset: Tensor) -> None:
        """As for any `Stepper`; from a `TextState`, the window goes on too."""
        super().start(LSTMState(state.hidden, state.cell), offset)
        if isinstance(state, TextState):
            self.window.copy_(state.window)
            self.kappa.copy_(state.kappa)

    def advance(self) -> None:
        """Read `offset` into the state, and move the window."""
        super().advance()
        count = self.gaussians
        log_alpha, log_beta, offset, log_step = torch.addmm(self.window_bias, self.hidden, self.window_weights).split((count, count, count, 1), dim=1)
        self.kappa.add_(log_step.exp())
        alpha, beta, centre = log_alpha.exp(), log_beta.exp(), self.kappa + offset
        self.progress.copy_(self.kappa[:, 0]).add_((log_alpha.softmax(1) * offset).sum(1))
        bumps = torch.exp(-beta[:, :, None] * (centre[:, :, None] - self.text.places[:, None]).square())
        torch.sum(alpha[:, :, None] * bumps, dim=1, out=self.phi)
        self.window.zero_().scatter_add_(1, self.text.codes, self.phi)
        torch.sum(alpha * torch.exp(-beta * (centre - self.ends[:, None] - 0.5).square()), dim=1, out=self.beyond)
