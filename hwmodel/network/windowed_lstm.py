"""The recursion of a network that is told a text, and its derivative: an LSTM with a soft window over the characters (Graves 2013, section 5).

Letters: B lines, T steps, H cells, C classes of characters, K Gaussians of the window, U characters of the longest text; gates in torch's order.
Autograd through some forty small tensors a step takes three times as long.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import torch
from torch import Tensor

FAR = 1e4  # characters from any text: where padding stands


class Text(NamedTuple):
    """What a network is told to write, B texts side by side."""

    codes: Tensor  # (B, U) int64, classes of characters
    places: Tensor  # (B, U), where each stands: character u at u + 0.5, padding at FAR

    @property
    def lengths(self) -> Tensor:
        """Characters of each text, (B,) int64."""
        return (self.places < FAR).sum(1)


class TextState(NamedTuple):
    """What the network remembers."""

    hidden: Tensor  # (B, H)
    cell: Tensor  # (B, H)
    window: Tensor  # (B, C): the window's weight on each class of characters
    kappa: Tensor  # (B, 1): how many characters of the text the pen has passed


class WindowedLSTM(torch.autograd.Function):
    """Step first: inputs (T, B, 3), kept (T, B, H) or None. A step reads [offset, hidden, window] and then moves the window: its parameters, a linear
    function of the new hidden state, are log alpha (K), log beta (K), an offset from kappa (K) and the log of kappa's step (1). Returns hidden states
    (T, B, H), windows (T, B, C), kappas (T, B, 1) and the last cell state (B, H); the latter two without a derivative. `kept` is what
    `hwmodel.training.recurrent_dropout` calls so; `dtype` is that of the recurrent products."""

    @staticmethod
    def forward(
        ctx: Any,
        inputs: Tensor,
        weight_ih: Tensor,
        weight_hh: Tensor,
        bias: Tensor,
        window_weight: Tensor,
        window_bias: Tensor,
        state: TextState,
        text: Text,
        kept: Tensor | None,
        dtype: torch.dtype,
    ) -> tuple[Tensor, ...]:
        steps, batch, count = len(inputs), inputs.shape[1], (len(window_bias) - 1) // 3
        cells, classes = state.hidden.shape[1], state.window.shape[1]
        places = text.places[:, None].to(inputs.dtype)  # (B, 1, U)
        gates = torch.addmm(bias, inputs.flatten(0, 1), weight_ih.T).unflatten(0, (steps, batch))  # (T, B, 4H), first what the input adds to them
        cell = torch.cat((state.cell[None], inputs.new_empty(steps, batch, cells)))  # (T + 1, B, H), the given state first, as in what follows
        kappa = torch.cat((state.kappa[None], inputs.new_empty(steps, batch, 1)))
        read = torch.empty(steps + 1, batch, cells + classes, dtype=dtype)  # [hidden, window]
        read[0, :, :cells], read[0, :, cells:] = state.hidden, state.window
        hidden, window = inputs.new_empty(steps, batch, cells), inputs.new_zeros(steps, batch, classes)
        params = inputs.new_empty(steps, batch, 3 * count + 1)
        bumps = inputs.new_empty(steps, batch, count, text.codes.shape[1])  # each Gaussian at each character, without its alpha
        recurrent, to_window = weight_hh.T.to(dtype), window_weight.T.contiguous()
        for t in range(steps):
            i, f, g, o = gates[t].add_(read[t] @ recurrent).chunk(4, dim=1)
            gates[t, :, : 2 * cells].sigmoid_()
            g.tanh_()
            o.sigmoid_()
            torch.mul(f, cell[t], out=cell[t + 1]).addcmul_(i if kept is None else i * kept[t], g)
            torch.tanh(cell[t + 1], out=hidden[t]).mul_(o)
            torch.addmm(window_bias, hidden[t], to_window, out=params[t])
            params[t, :, : 2 * count].exp_()
            params[t, :, 3 * count :].exp_()
            alpha, beta, offset, step = params[t].split((count, count, count, 1), dim=1)
            torch.add(kappa[t], step, out=kappa[t + 1])
            distance = (kappa[t + 1] + offset)[:, :, None] - places
            torch.exp(distance.square_().mul_(beta[:, :, None]).neg_(), out=bumps[t])
            phi = torch.bmm(alpha[:, None], bumps[t])[:, 0]  # (B, U)
            window[t].scatter_add_(1, text.codes, phi)
            read[t + 1, :, :cells], read[t + 1, :, cells:] = hidden[t], window[t]
        ctx.save_for_backward(inputs, weight_hh, window_weight, gates, cell, hidden, read, params, kappa, bumps, text.codes, places, kept)
        ctx.dtype = dtype
        ctx.mark_non_differentiable(kappas := kappa[1:], last := cell[-1].clone())
        return hidden, window, kappas, last

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, d_hidden_out: Tensor, d_window_out: Tensor, *_: Tensor) -> tuple[Tensor | None, ...]:
        inputs, weight_hh, window_weight, gates, cell, hidden, read, params, kappa, bumps, codes, places, kept = ctx.saved_tensors
        cells, count = cell.shape[2], bumps.shape[2]
        weight_hh = weight_hh.to(ctx.dtype)
        d_gates = torch.empty_like(gates, dtype=ctx.dtype)  # before their sigmoid and tanh
        d_params = torch.empty_like(params)  # before their exp
        d_read = torch.zeros_like(read[0], dtype=inputs.dtype)
        d_cell, d_kappa = torch.zeros_like(cell[0]), torch.zeros_like(kappa[0])
        for t in reversed(range(len(gates))):
            alpha, beta, offset, step = params[t].split((count, count, count, 1), dim=1)
            d_alpha, d_beta, d_offset, d_step = d_params[t].split((count, count, count, 1), dim=1)
            d_phi = (d_window_out[t] + d_read[:, cells:]).gather(1, codes)
            distance = (kappa[t + 1] + offset)[:, :, None] - places
            weighted = bumps[t] * d_phi[:, None]  # (B, K, U)
            torch.mul(weighted.sum(2), alpha, out=d_alpha)
            torch.mul(weighted.mul_(distance).sum(2), alpha * beta, out=d_offset).mul_(-2)
            torch.mul(weighted.mul_(distance).sum(2), alpha * beta, out=d_beta).neg_()
            d_kappa += d_offset.sum(1, keepdim=True)
            torch.mul(d_kappa, step, out=d_step)
            d_hidden = (d_read[:, :cells] + d_hidden_out[t]).addmm_(d_params[t], window_weight)
            i, f, g, o = gates[t].chunk(4, dim=1)
            d_i, d_f, d_g, d_o = d_gates[t].chunk(4, dim=1)
            squashed = cell[t + 1].tanh()
            d_squashed = d_hidden * o
            d_o.copy_((d_squashed * squashed).mul_(1 - o))
            d_cell += d_squashed.mul_(1 - squashed.square_())
            d_written = d_cell * i if kept is None else d_cell * kept[t] * i
            d_g.copy_(d_written * (1 - g * g))
            d_i.copy_(d_written.mul_(g).mul_(1 - i))
            d_cell *= f
            d_f.copy_((d_cell * cell[t]).mul_(1 - f))
            d_read = (d_gates[t] @ weight_hh).to(inputs.dtype)
        flat = d_gates.flatten(0, 1).T  # (4H, T B)
        d_weight_hh = (flat @ read[:-1].flatten(0, 1)).to(inputs.dtype)
        with_one = torch.cat((inputs, torch.ones_like(inputs[..., :1])), dim=2)  # what the bias is multiplied with
        d_inputs = (flat @ with_one.flatten(0, 1).to(ctx.dtype)).to(inputs.dtype)
        d_flat = d_params.flatten(0, 1)
        d_window = d_flat.T @ hidden.flatten(0, 1), d_flat.sum(0)
        return None, d_inputs[:, :3].contiguous(), d_weight_hh, d_inputs[:, 3].contiguous(), *d_window, None, None, None, None
