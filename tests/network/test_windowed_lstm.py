"""The recursion of a text network: its derivative is autograd's, and without a window it is the plain LSTM."""

from __future__ import annotations

from typing import NamedTuple

import pytest
import torch
from torch import Tensor

from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.network.text_model import TextModel
from hwmodel.network.windowed_lstm import Text, TextState, WindowedLSTM

SMALL = ModelConfig(cells=6, components=2, alphabet="abc", window=2)


class Case(NamedTuple):
    """Made-up values, in double precision."""

    inputs: Tensor
    weights: tuple[Tensor, ...]
    state: TextState
    text: Text
    kept: Tensor | None


def case(dropout: bool = False, steps: int = 5, rows: int = 2) -> Case:
    generator = torch.Generator().manual_seed(0)

    def some(*size: int) -> Tensor:
        return torch.randn(*size, generator=generator, dtype=torch.float64)

    cells, classes, count = SMALL.cells, SMALL.classes, SMALL.window
    sizes = ((4 * cells, 3), (4 * cells, cells + classes), (4 * cells,), (3 * count + 1, cells), (3 * count + 1,))
    weights = tuple((0.5 * some(*size)).requires_grad_() for size in sizes)
    state = TextState(some(rows, cells).tanh(), some(rows, cells), some(rows, classes).abs(), some(rows, 1).abs())
    text = Text(torch.tensor([[1, 2, 3, 1], [3, 1, 0, 0]]), torch.tensor([[0.5, 1.5, 2.5, 3.5], [0.5, 1.5, 1e4, 1e4]], dtype=torch.float64))
    kept = (some(steps, rows, cells) > -0.5) * 1.3 if dropout else None
    return Case(some(steps, rows, 3), weights, state, text, kept)


def run(one: Case, *weights: Tensor) -> tuple[Tensor, ...]:
    return WindowedLSTM.apply(one.inputs, *weights, one.state, one.text, one.kept, torch.float64)


def plainly(one: Case, *weights: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The same by Graves 2013, eqs 46-51, and torch's own autograd: hidden states, windows and kappas, step first."""
    weight_ih, weight_hh, bias, window_weight, window_bias = weights
    hidden, cell, window, kappa = one.state
    count, found = SMALL.window, []
    for t, offset in enumerate(one.inputs):
        i, f, g, o = (offset @ weight_ih.T + torch.cat((hidden, window), 1) @ weight_hh.T + bias).chunk(4, 1)
        written = i.sigmoid() * g.tanh() * (1 if one.kept is None else one.kept[t])
        cell = f.sigmoid() * cell + written
        hidden = o.sigmoid() * cell.tanh()
        alpha, beta, away, step = (hidden @ window_weight.T + window_bias).split((count, count, count, 1), 1)
        kappa = kappa + step.exp()
        distance = (kappa + away)[:, :, None] - one.text.places[:, None]
        phi = (alpha.exp()[:, :, None] * torch.exp(-beta.exp()[:, :, None] * distance**2)).sum(1)
        window = torch.zeros_like(window).scatter_add(1, one.text.codes, phi)
        found.append((hidden, window, kappa))
    return tuple(torch.stack(each) for each in zip(*found, strict=True))  # type: ignore[return-value]


@pytest.mark.parametrize("dropout", [False, True])
def test_it_computes_what_the_paper_says(dropout: bool) -> None:
    one = case(dropout)
    hidden, window, kappa, cell = run(one, *one.weights)
    for ours, theirs in zip((hidden, window, kappa), plainly(one, *one.weights), strict=True):
        torch.testing.assert_close(ours, theirs)
    assert cell.shape == (2, SMALL.cells)


@pytest.mark.parametrize("dropout", [False, True])
def test_its_derivative_is_autograds(dropout: bool) -> None:
    one = case(dropout)
    gradients = []
    for way in (run, plainly):
        hidden, window, *_ = way(one, *one.weights)
        loss = (hidden * torch.linspace(-1, 1, hidden.numel(), dtype=torch.float64).view_as(hidden)).sum() + (window**2).sum()
        gradients.append(torch.autograd.grad(loss, one.weights))
    for ours, theirs in zip(*gradients, strict=True):
        torch.testing.assert_close(ours, theirs)


def test_its_derivative_is_that_of_finite_differences() -> None:
    one = case(dropout=True)
    assert torch.autograd.gradcheck(lambda *weights: run(one, *weights)[:2], one.weights)


def test_it_begins_as_the_network_without_a_text() -> None:
    plain = HandwritingModel(ModelConfig(cells=6, components=2)).eval()
    model = TextModel(SMALL)
    model.begin_as(plain, 0.05, seed=0)
    inputs = torch.randn(2, 30, 3, generator=torch.Generator().manual_seed(1))
    raw, state = model(inputs, model.text(["abc", "cab cab"]))
    torch.testing.assert_close(raw, plain(inputs)[0])
    assert 0.7 < float(state.kappa.mean()) / (30 * 0.05) < 1.4


def test_pieces_one_after_the_other_are_the_whole() -> None:
    model = TextModel(SMALL)
    model.begin_as(HandwritingModel(ModelConfig(cells=6, components=2)), 0.1, seed=0)
    torch.nn.init.normal_(model.weight_hh, std=0.3)
    inputs, text = torch.randn(2, 20, 3), model.text(["abcab", "ca"])
    whole, _ = model(inputs, text)
    first, state = model(inputs[:, :9], text)
    second, _ = model(inputs[:, 9:], text, state)
    torch.testing.assert_close(torch.cat((first, second), 1), whole)
