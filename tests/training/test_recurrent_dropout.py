import numpy as np
import pytest
import torch
from torch import Tensor

from hwmodel.network.model import HandwritingModel, LSTMState, ModelConfig
from hwmodel.training.recurrent_dropout import DroppedLSTM, run_dropped_lstm

WEIGHTS = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0")


def small_model() -> HandwritingModel:
    torch.manual_seed(0)
    return HandwritingModel(ModelConfig(cells=8, components=3))


def random_state() -> LSTMState:
    return LSTMState(torch.randn(4, 8), torch.randn(4, 8))


def test_without_dropout_it_is_the_plain_lstm_and_so_are_its_gradients() -> None:
    model, state = small_model(), random_state()
    inputs, weight = torch.randn(4, 20, 3), torch.randn(4, 20, 8)
    found: list[list[Tensor]] = []
    for run in (model.run_lstm, lambda x, s: run_dropped_lstm(model.lstm, x, s, 0.0, np.random.default_rng(0), torch.float32)):
        model.zero_grad()
        hidden, last = run(inputs, state)
        (hidden * weight).sum().backward()
        found.append([hidden, *last, *(each.grad.clone() for each in map(model.lstm.get_parameter, WEIGHTS) if each.grad is not None)])
    for plain, ours in zip(*found, strict=True):
        torch.testing.assert_close(ours, plain, rtol=1e-4, atol=1e-4)


def test_gradients_are_right_where_much_is_left_out() -> None:
    model, state = small_model().double(), LSTMState(*(part.double() for part in random_state()))
    weights = [model.lstm.get_parameter(name) for name in WEIGHTS]
    inputs, kept = torch.randn(5, 4, 3).double(), (torch.rand(5, 4, 8) > 0.5).double() * 2
    assert torch.autograd.gradcheck(lambda *w: DroppedLSTM.apply(inputs, *w, *state, kept, torch.float64)[0], weights)


def test_what_is_left_out_is_not_written_and_what_a_cell_holds_stays() -> None:
    model, state = small_model(), random_state()
    with torch.no_grad():
        model.lstm.get_parameter("bias_ih_l0")[8:16] = 50  # forget nothing
        hidden, _, *_ = DroppedLSTM.apply(
            torch.randn(6, 4, 3), *(model.lstm.get_parameter(name) for name in WEIGHTS), *state, torch.zeros(6, 4, 8), torch.float32
        )
        last = run_dropped_lstm(model.lstm, torch.randn(4, 6, 3), state, 255 / 256, np.random.default_rng(3), torch.float32)[1]
    assert (hidden.abs() <= state.cell.tanh().abs() + 1e-6).all()
    assert torch.isclose(last.cell, state.cell).float().mean() > 0.9


def test_the_share_left_out_is_the_wanted_one_and_the_mean_is_kept() -> None:
    """A gate that forgets all, one that writes all: a cell is then what was written in the last step, a constant or nothing."""
    model = small_model()
    with torch.no_grad():
        for parameter in model.lstm.parameters():
            parameter.zero_()
        model.lstm.get_parameter("bias_ih_l0")[:8] = model.lstm.get_parameter("bias_ih_l0")[16:24] = 50
        model.lstm.get_parameter("bias_ih_l0")[8:16] = -50
        cell = run_dropped_lstm(model.lstm, torch.zeros(2000, 1, 3), model.initial_state(2000), 0.25, np.random.default_rng(0))[1].cell
    assert (cell == 0).float().mean().item() == pytest.approx(0.25, abs=0.02)
    assert cell.mean().item() == pytest.approx(1, abs=0.02)


def test_same_seed_leaves_out_the_same() -> None:
    model, state, inputs = small_model(), random_state(), torch.randn(4, 6, 3)
    first, same, other = (run_dropped_lstm(model.lstm, inputs, state, 0.5, np.random.default_rng(seed))[0] for seed in (1, 1, 2))
    assert torch.equal(first, same) and not torch.equal(first, other)
