"""The LSTM with recurrent dropout (Semeniuta, Severyn and Barth 2016, arXiv 1603.05118), for training: what a step writes into a cell is sometimes
left out, what the cell holds never is.

torch's own LSTM has no such dropout. Letters: B batch, T steps, H cells; gates in torch's order i, f, g, o.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from hwmodel.network.model import LSTMState


def run_dropped_lstm(
    lstm: nn.LSTM, inputs: Tensor, state: LSTMState, dropout: float, rng: np.random.Generator, dtype: torch.dtype = torch.bfloat16
) -> tuple[Tensor, LSTMState]:
    """Hidden states (B, T, H) after each input (B, T, 3), and the state after the last. `dropout` as in `draw_kept`; `dtype` is that of the recurrent
    products, all else is float32."""
    weights = (lstm.get_parameter(name) for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0"))
    kept = draw_kept(inputs, lstm.hidden_size, dropout, rng)
    hidden, last = DroppedLSTM.apply(inputs.transpose(0, 1), *weights, state.hidden, state.cell, kept, dtype)  # type: ignore[no-untyped-call]
    return hidden.transpose(0, 1), LSTMState(hidden[-1].detach(), last)


def draw_kept(inputs: Tensor, cells: int, dropout: float, rng: np.random.Generator) -> Tensor:
    """(T, B, H) for inputs (B, T, 3): 0 where a candidate g is left out of its cell, which happens with probability `dropout` (in steps of 1/256) for
    each line, step and cell anew, and 1 / (1 - dropout) elsewhere."""
    batch, steps, _ = inputs.shape
    dropped = min(round(256 * dropout), 255)  # of 256: bytes are drawn four times as fast as numbers
    dice = torch.from_numpy(rng.integers(256, size=(steps, batch, cells), dtype=np.uint8)).to(inputs.device)
    return (dice >= dropped) * (256 / (256 - dropped))


class DroppedLSTM(torch.autograd.Function):
    """The recursion (Graves 2013, eqs 7-11, without peepholes) and its derivative, each with one product a step and all of the weights' gradient
    in one product at the end. Step first: inputs (T, B, 3), kept (T, B, H)."""

    @staticmethod
    def forward(
        ctx: Any, inputs: Tensor, w_ih: Tensor, w_hh: Tensor, bias: Tensor, hidden: Tensor, cell: Tensor, kept: Tensor, dtype: torch.dtype
    ) -> tuple[Tensor, Tensor]:
        gates = torch.addmm(bias, inputs.flatten(0, 1), w_ih.T).unflatten(0, inputs.shape[:2])  # (T, B, 4H), first what the input adds to them
        hiddens, cells = (torch.cat((first[None], torch.empty_like(kept))) for first in (hidden, cell))  # (T + 1, B, H), the given state first
        recurrent = w_hh.T.to(dtype)
        for t in range(len(gates)):
            i, f, g, o = gates[t].add_(hiddens[t].to(dtype) @ recurrent).chunk(4, dim=1)
            gates[t, :, : 2 * i.shape[1]].sigmoid_()
            g.tanh_()
            o.sigmoid_()
            torch.mul(f, cells[t], out=cells[t + 1]).addcmul_(i * kept[t], g)
            torch.tanh(cells[t + 1], out=hiddens[t + 1]).mul_(o)
        ctx.save_for_backward(inputs, w_hh, gates, hiddens, cells, kept)
        ctx.dtype = dtype
        ctx.mark_non_differentiable(last := cells[-1].clone())
        return hiddens[1:], last

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, d_hiddens: Tensor, _: Tensor) -> tuple[Tensor | None, ...]:
        inputs, w_hh, gates, hiddens, cells, kept = ctx.saved_tensors
        w_hh = w_hh.to(ctx.dtype)
        d_gates = torch.empty_like(gates, dtype=ctx.dtype)  # before their sigmoid and tanh
        d_hidden, d_cell = torch.zeros_like(kept[0]), torch.zeros_like(kept[0])
        for t in reversed(range(len(gates))):
            i, f, g, o = gates[t].chunk(4, dim=1)
            d_i, d_f, d_g, d_o = d_gates[t].chunk(4, dim=1)
            squashed = cells[t + 1].tanh()
            d_hidden += d_hiddens[t]
            d_o.copy_(d_hidden * squashed * o * (1 - o))
            d_cell += d_hidden * o * (1 - squashed * squashed)
            d_written = d_cell * kept[t] * i
            d_g.copy_(d_written * (1 - g * g))
            d_i.copy_(d_written * g * (1 - i))
            d_cell *= f
            d_f.copy_(d_cell * cells[t] * (1 - f))
            d_hidden = (d_gates[t] @ w_hh).float()
        flat = d_gates.flatten(0, 1).T  # (4H, T B)
        d_w_hh = flat @ hiddens[:-1].flatten(0, 1).to(ctx.dtype)
        with_one = torch.cat((inputs, torch.ones_like(inputs[..., :1])), dim=2)  # what the bias is multiplied with
        *d_w_ih, d_bias = (flat @ with_one.flatten(0, 1).to(ctx.dtype)).float().unbind(1)
        return None, torch.stack(d_w_ih, 1), d_w_hh.float(), d_bias, None, None, None, None
