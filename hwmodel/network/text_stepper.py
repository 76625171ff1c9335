"""A text network one step at a time: the same numbers as `TextModel`, and where its window stands after each step."""

from __future__ import annotations

import torch
from torch import Tensor

from hwmodel.network.model import LSTMState
from hwmodel.network.stepper import Held, Stepper
from hwmodel.network.text_model import TextModel
from hwmodel.network.windowed_lstm import Text, TextState


class TextStepper(Stepper):
    """A `Stepper` whose row b is told text b of `text`. What `progress`, `phi`, `beyond` and `window` hold, the next step overwrites.

    Beside the two large products a step of one row is its count of small operations, so the window's parameters stand in an order that takes few:
    log alpha, log beta and log kappa's step first, of which one exp is taken; and the place after a text's end is a character more.
    """

    def __init__(self, model: TextModel, text: Text, held: Held | None = None, lender: Stepper | None = None) -> None:
        rows, config = len(text.codes), model.config
        super().__init__(model, rows, held, lender)
        self.text = text
        self.count = count = config.window  # K
        self.ends = text.lengths.to(text.places)  # (rows,)
        self.window = self.inputs[:, config.cells : config.cells + config.classes]  # (rows, C), a view
        self.kappa = torch.zeros(rows, 1, device=model.device)
        self.progress = torch.zeros(rows, device=model.device)  # how many characters have been passed, as `TextModel.progress`
        self.places = torch.cat((text.places, self.ends[:, None] + 0.5), dim=1)[:, None]  # (rows, 1, U + 1)
        self.bumps = torch.zeros(rows, 1, self.places.shape[2], device=model.device)
        self.phi = self.bumps[:, 0, :-1]  # (rows, U), a view: the window's weight on each character
        self.beyond = self.bumps[:, 0, -1]  # (rows,), a view: what its weight on a character after the text's last one would be
        order = [*range(2 * count), 3 * count, *range(2 * count, 3 * count)]
        self.window_weights = model.window.weight.detach()[order].t().contiguous()  # (H, 3K + 1)
        self.window_bias = model.window.bias.detach()[order]

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
        count = self.count
        params = torch.addmm(self.window_bias, self.hidden, self.window_weights)
        alpha, beta, step = params[:, : 2 * count + 1].exp().split((count, count, 1), dim=1)
        self.kappa.add_(step)
        centre = params[:, 2 * count + 1 :].add_(self.kappa)
        torch.div(torch.linalg.vecdot(alpha, centre), alpha.sum(1), out=self.progress)
        bumps = (centre[:, :, None] - self.places).square_().mul_(beta[:, :, None]).neg_().exp_()
        torch.bmm(alpha[:, None], bumps, out=self.bumps)
        self.window.zero_().scatter_add_(1, self.text.codes, self.phi)
