"""The network one step at a time for thousands of rows, where the two matrix products are nearly all of the work."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from hwmodel.network.model import HandwritingModel
from hwmodel.network.stepper import Stepper
from hwmodel.network.text_model import TextModel


def fast_precision() -> torch.dtype:
    """bfloat16 where the processor has units for it, float32 elsewhere (where it would be emulated, and slow)."""
    able = torch.cpu.get_capabilities()
    return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else torch.float32


class ManyRows:
    """Thousands of rows that branch off from a few states. It borrows a `Stepper`'s weights, and runs its two products in `precision`; gates, cell
    states and raw outputs stay float32. Writes to one set of buffers."""

    def __init__(self, model: HandwritingModel | TextModel, rows: int, precision: torch.dtype) -> None:
        lender, cells = Stepper(model, 0), model.config.cells
        known = len(lender.weights) - 4  # H, and C where a text is known
        self.rows, self.weights, self.output_bias = rows, lender.weights, lender.output_bias
        self.fast_weights, self.fast_output_weights = lender.weights.to(precision), lender.output_weights.to(precision)
        self.inputs = torch.zeros(rows, known + 4, dtype=precision)
        self.inputs[:, -1] = 1
        self.known, self.hidden, self.offset = self.inputs[:, :known], self.inputs[:, :cells], self.inputs[:, known:-1]  # views
        self.cell, self.squashed = torch.zeros(rows, cells), torch.empty(rows, cells)
        self.gates = torch.empty(rows, 4 * cells)
        self.input_gate, self.forget_gate, self.candidate, self.output_gate = self.gates.chunk(4, dim=1)
        self.product = self.gates if precision == torch.float32 else torch.empty(rows, 4 * cells, dtype=precision)

    def recur(self, known: Tensor) -> Tensor:
        """The state's part of the gates (P, 4H), before any offset is read, from what the next movement is predicted from: hidden states, and windows
        where a text is known, (P, H + C)."""
        return torch.addmm(self.weights[-1], known, self.weights[: known.shape[1]])

    def branch(self, recurrent: Tensor, cell: Tensor, offsets: Tensor) -> Tensor:
        """Raw outputs (P * N, 1 + 6K) after each of P states, given as `recur` (P, 4H) and cell states (P, H), has read N offsets of its own,
        (P * N, 3): the product with a state is made once for all N."""
        points, cells = cell.shape
        read = offsets.view(points, -1, 3) @ self.weights[-4:-1]
        torch.add(read, recurrent[:, None], out=self.product.view(points, -1, 4 * cells))
        self.cell.view(points, -1, cells).copy_(cell[:, None])
        return self.update()

    def go_on(self, offsets: Tensor) -> Tensor:
        """Raw outputs (rows, 1 + 6K) after reading offsets (rows, 3)."""
        self.offset.copy_(offsets)
        torch.mm(self.inputs, self.fast_weights, out=self.product)
        return self.update()

    def update(self) -> Tensor:
        """Raw outputs (rows, 1 + 6K) of the state that `product`, the gates before their sigmoid, leads to."""
        if self.product is not self.gates:
            self.gates.copy_(self.product)
        self.gates.sigmoid_()
        self.cell.mul_(self.forget_gate).addcmul_(self.input_gate, self.candidate, value=2).sub_(self.input_gate)
        # tanh by a sigmoid: torch's own takes three times as long on thousands of rows
        self.use(torch.mul(self.cell, 2, out=self.squashed).sigmoid_().mul_(2).sub_(1).mul_(self.output_gate))
        return (self.known @ self.fast_output_weights).float().add_(self.output_bias)

    def use(self, hidden: Tensor) -> None:
        """Go on with hidden states (rows, H) float32."""
        self.hidden.copy_(hidden)


class ManyToldRows(ManyRows):
    """The same of a network that is told what to write. `tell` comes before `branch`."""

    def __init__(self, model: TextModel, rows: int, precision: torch.dtype) -> None:
        super().__init__(model, rows, precision)
        self.model = model
        cells, self.count = model.config.cells, model.config.window  # K
        self.window = self.inputs[:, cells : cells + model.config.classes]  # (rows, C), a view
        self.window_weights, self.window_bias = model.window.weight.detach().t().contiguous(), model.window.bias.detach()

    def tell(self, texts: Sequence[str], kappa: Tensor) -> None:
        """What each of P states writes, and its window's kappa (P,)."""
        each, text = self.rows // len(kappa), self.model.text(texts)
        self.codes, self.places = text.codes.repeat_interleave(each, 0), text.places.repeat_interleave(each, 0)[:, None]
        self.kappa = kappa.repeat_interleave(each)[:, None]

    def use(self, hidden: Tensor) -> None:
        super().use(hidden)
        count = self.count
        alpha, beta, offset, step = torch.addmm(self.window_bias, hidden, self.window_weights).split((count, count, count, 1), dim=1)
        self.kappa.add_(step.exp())
        bumps = (self.kappa + offset)[:, :, None].sub(self.places).square_().mul_(beta.exp()[:, :, None]).neg_().exp_()  # (rows, K, U)
        phi = torch.bmm(alpha.exp()[:, None], bumps)[:, 0]
        self.window.copy_(torch.zeros_like(self.window, dtype=phi.dtype).scatter_add_(1, self.codes, phi))


def many_rows(model: HandwritingModel | TextModel, rows: int, precision: torch.dtype) -> ManyRows:
    """The rows of either kind of network."""
    return ManyToldRows(model, rows, precision) if isinstance(model, TextModel) else ManyRows(model, rows, precision)
