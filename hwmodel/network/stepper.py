"""The network one step at a time, for lines written side by side: the same numbers as `HandwritingModel`, without its overhead."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from hwmodel.ink.strokes import Strokes
from hwmodel.network.model import HandwritingModel, LSTMState
from hwmodel.network.text_model import TextModel


@dataclass(frozen=True)
class Held:
    """Cells that are kept at given values whatever the gates say, after every step."""

    cells: Tensor  # (n,) int64, which
    values: Tensor  # (n,) float32, the cell states they are kept at


def gate_weights(model: HandwritingModel | TextModel) -> tuple[Tensor, Tensor, Tensor]:
    """What the gates are made of: weights of the hidden state, and of the window where a text is known, (4H, H + C), of the offset (4H, 3), and
    biases (4H, 1)."""
    if isinstance(model, HandwritingModel):
        lstm = {name: parameter.detach() for name, parameter in model.lstm.named_parameters()}
        return lstm["weight_hh_l0"], lstm["weight_ih_l0"], (lstm["bias_ih_l0"] + lstm["bias_hh_l0"])[:, None]
    return model.weight_hh.detach(), model.weight_ih.detach(), model.bias.detach()[:, None]


def step_weights(model: HandwritingModel | TextModel) -> Tensor:
    """What a step multiplies [hidden, offset, 1] with, (H + C + 4, 4H): see `Stepper`."""
    weights = torch.cat(gate_weights(model), dim=1)  # (4H, H + C + 4)
    weights[2 * model.config.cells : 3 * model.config.cells] *= 2
    return weights.t().contiguous()


class Stepper:
    """Writes to one set of buffers, so that a step allocates nothing: copy what is to outlive the next step.

    Row b is a line of its own. Inputs and recurrent weights and biases are one matrix, applied to [hidden, offset, 1]; the candidate's rows are
    doubled, because tanh(x) = 2 sigmoid(2x) - 1 lets one sigmoid serve all four gates.
    """

    def __init__(self, model: HandwritingModel | TextModel, rows: int, held: Held | None = None, lender: Stepper | None = None) -> None:
        """`lender` is a stepper of the same model, whose weights need not be put together again."""
        cells = model.config.cells
        self.held = held
        self.weights: Tensor = lender.weights if lender else step_weights(model)  # (H + C + 4, 4H)
        self.output_weights: Tensor = lender.output_weights if lender else model.output.weight.detach().t().contiguous()  # (H + C, 1 + 6K)
        self.output_bias = model.output.bias.detach()
        known = len(self.weights) - 4  # H, and C where a text is known
        device = model.device
        self.inputs = torch.zeros(rows, known + 4, device=device)
        self.inputs[:, -1] = 1
        self.known = self.inputs[:, :known]  # (rows, H + C), a view: what the next movement is predicted from
        self.hidden = self.inputs[:, :cells]  # (rows, H), a view
        self.offset = self.inputs[:, known:-1]  # (rows, 3), a view: what the next step reads
        self.cell = torch.zeros(rows, cells, device=device)
        self.gates = torch.empty(rows, 4 * cells, device=device)
        self.input_gate, self.forget_gate, self.candidate, self.output_gate = self.gates.chunk(4, dim=1)  # torch's order
        self.raw = torch.empty(rows, len(self.output_bias), device=device)

    @property
    def state(self) -> LSTMState:
        """A copy of what the network remembers, each (rows, H)."""
        return LSTMState(self.hidden.clone(), self.cell.clone())

    def start(self, state: LSTMState, offset: Tensor) -> None:
        """Go on from a state, each (rows, H) or (1, H), and the offset (rows, 3) or (1, 3) that is read next: see `read`."""
        self.hidden.copy_(state.hidden)
        self.cell.copy_(state.cell)
        self.offset.copy_(offset)

    def step(self) -> Tensor:
        """Read `offset`; raw outputs (rows, 1 + 6K), which the next step overwrites."""
        self.advance()
        return torch.addmm(self.output_bias, self.known, self.output_weights, out=self.raw)

    def advance(self) -> None:
        """Read `offset` into the state, and predict nothing."""
        torch.mm(self.inputs, self.weights, out=self.gates)
        self.gates.sigmoid_()
        self.cell.mul_(self.forget_gate).addcmul_(self.input_gate, self.candidate, value=2).sub_(self.input_gate)
        if self.held:
            self.cell[:, self.held.cells] = self.held.values
        torch.tanh(self.cell, out=self.hidden)
        self.hidden.mul_(self.output_gate)


@torch.inference_mode()
def read(model: HandwritingModel, ink: Strokes | None) -> tuple[LSTMState, Tensor]:
    """State (1, H) before the last offset of the ink is read, and that offset (1, 3): what `Stepper.start` needs. Zeros where there is no ink yet."""
    zeros = torch.zeros(1, 1, 3, device=model.device)
    if ink is None or not len(ink):
        return model.initial_state(), zeros[0]
    offsets = torch.from_numpy(ink.offsets.copy())[None].to(model.device)
    _, last = model.run_lstm(torch.cat((zeros, offsets[:, :-1]), dim=1))
    return last, offsets[0, -1:]
