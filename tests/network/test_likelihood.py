"""Surprise of each step, and its mean."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from hwmodel.ink.strokes import Strokes
from hwmodel.network.likelihood import score, step_nats, surprise, told_nats
from hwmodel.network.mixture import blurred, nll
from hwmodel.network.model import HandwritingModel, shift_right
from hwmodel.network.stepper import Held
from tests.support.lines import wavy_offsets
from tests.support.models import small_model, small_text_model


@pytest.fixture
def model() -> HandwritingModel:
    return small_model()


def one_at_a_time(model: HandwritingModel, offsets: np.ndarray) -> np.ndarray:
    """Nats (T, 2) of a line, one step after the other: by hand what the batched code must give."""
    state, nats, previous = model.initial_state(), [], torch.zeros(1, 1, 3)
    for step in torch.from_numpy(offsets):
        raw, state = model(previous, state)
        nats.append(torch.stack(nll(raw[0, 0], step)))
        previous = step[None, None]
    return torch.stack(nats).numpy()


def test_every_step_of_every_line_is_scored_as_if_alone(model: HandwritingModel) -> None:
    lines = [wavy_offsets(steps, seed) for seed, steps in enumerate((5, 40, 1, 17, 40))]
    scored = step_nats(model, lines, at_once=2)
    assert [each.shape for each in scored] == [(len(line), 2) for line in lines]
    for offsets, nats in zip(lines, scored, strict=True):
        np.testing.assert_allclose(nats, one_at_a_time(model, offsets), atol=1e-5)


def test_the_surprise_of_ink_is_the_nats_of_its_offsets(model: HandwritingModel) -> None:
    lines = [wavy_offsets(30), wavy_offsets(12, seed=1)]
    for offsets, nats in zip(lines, surprise(model, [Strokes(line) for line in lines]), strict=True):
        np.testing.assert_allclose(nats, one_at_a_time(model, offsets), atol=1e-5)


def test_the_score_is_the_mean_over_all_steps(model: HandwritingModel) -> None:
    lines = [wavy_offsets(steps, seed) for seed, steps in enumerate((5, 40))]
    nats = np.concatenate([one_at_a_time(model, offsets) for offsets in lines])
    result = score(model, lines)
    assert result.steps == 45
    assert (result.xy, result.pen) == pytest.approx(tuple(nats.mean(axis=0)), abs=1e-5)
    assert result.total == pytest.approx(nats.sum(axis=1).mean(), abs=1e-5)


def test_a_blur_is_that_of_the_mixture(model: HandwritingModel) -> None:
    offsets = torch.from_numpy(wavy_offsets(20))
    raw = model(shift_right(offsets[None]))[0][0]
    (nats,) = step_nats(model, [offsets.numpy()], blur=0.3)
    np.testing.assert_allclose(nats, torch.stack(nll(blurred(raw, 0.3), offsets), -1), atol=1e-5)


def test_held_cells_act_on_every_prediction(model: HandwritingModel) -> None:
    """Two cells of a network that nothing moves but what they are held at: what each step costs is then known."""
    with torch.no_grad():
        for parameter in model.lstm.parameters():
            parameter.zero_()
        model.lstm.get_parameter("bias_ih_l0")[24:] = 50  # every output gate is open: hidden states are tanh of the cells
    held = Held(torch.tensor([2, 5]), torch.tensor([1.5, -0.3]))
    hidden = torch.zeros(8)
    hidden[held.cells] = held.values.tanh()
    lines = [wavy_offsets(7), wavy_offsets(3, seed=1)]
    for offsets, nats in zip(lines, step_nats(model, lines, held=held), strict=True):
        expected = torch.stack(nll(model.output(hidden).expand(len(offsets), -1), torch.from_numpy(offsets)), -1)
        np.testing.assert_allclose(nats, expected, atol=1e-5)


def test_holding_no_cell_is_the_plain_network(model: HandwritingModel) -> None:
    lines, nobody = [wavy_offsets(20), wavy_offsets(12, seed=1)], Held(torch.empty(0, dtype=torch.int64), torch.empty(0))
    for held, free in zip(step_nats(model, lines, held=nobody), step_nats(model, lines), strict=True):
        np.testing.assert_allclose(held, free, atol=1e-5)


def test_a_told_networks_nats_are_those_of_its_whole_recursion() -> None:
    model, lines, texts = small_text_model(), [wavy_offsets(30), wavy_offsets(12, seed=1)], ["abc", "cab cab"]
    for offsets, text, nats in zip(lines, texts, told_nats(model, lines, texts), strict=True):
        target = torch.from_numpy(offsets)[None]
        raw = model(shift_right(target), model.text([text]))[0]
        np.testing.assert_allclose(nats, torch.stack(nll(raw[0], target[0]), -1), atol=1e-5)
    held = told_nats(model, lines, texts, Held(torch.tensor([2]), torch.tensor([1.5])))
    assert np.abs(held[0] - told_nats(model, lines, texts)[0]).max() > 1e-3
