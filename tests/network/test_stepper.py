"""One step at a time must be the whole LSTM."""

from __future__ import annotations

import pytest
import torch

from hwmodel.ink.strokes import Strokes
from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.network.stepper import Held, Stepper, read
from tests.support.lines import wavy_offsets


@pytest.fixture(scope="module", params=[8, 500])
def model(request: pytest.FixtureRequest) -> HandwritingModel:
    torch.manual_seed(1)
    return HandwritingModel(ModelConfig(cells=request.param)).eval().requires_grad_(False)


@pytest.mark.parametrize("rows", [1, 5])
def test_stepwise_outputs_and_states_match_the_whole_lstm(model: HandwritingModel, rows: int) -> None:
    offsets = torch.stack([torch.from_numpy(wavy_offsets(40, seed)) for seed in range(rows)])
    raw, state = model(offsets)
    stepper = Stepper(model, rows)
    for t in range(40):
        stepper.offset.copy_(offsets[:, t])
        torch.testing.assert_close(stepper.step(), raw[:, t], atol=2e-6, rtol=1e-5)
    torch.testing.assert_close(stepper.state.hidden, state.hidden, atol=2e-6, rtol=1e-5)
    torch.testing.assert_close(stepper.state.cell, state.cell, atol=2e-6, rtol=1e-5)


def test_a_stepper_goes_on_from_ink_that_was_read(model: HandwritingModel) -> None:
    ink = Strokes(wavy_offsets(20))
    expected = model(torch.cat((torch.zeros(1, 1, 3), torch.from_numpy(ink.offsets.copy())[None]), dim=1))[0][:, -1]
    stepper = Stepper(model, 2)
    stepper.start(*read(model, ink))
    torch.testing.assert_close(stepper.step(), expected.expand(2, -1), atol=2e-6, rtol=1e-5)


def test_nothing_read_is_all_zeros(model: HandwritingModel) -> None:
    state, offset = read(model, None)
    assert not any(tensor.any() for tensor in (*state, offset))


def test_a_copied_state_outlives_the_next_step(model: HandwritingModel) -> None:
    stepper = Stepper(model, 1)
    stepper.step()
    before = stepper.state
    kept = before.cell.clone()
    stepper.step()
    assert torch.equal(before.cell, kept)


def test_held_cells_keep_their_values_and_act_on_the_others(model: HandwritingModel) -> None:
    cells, values = torch.tensor([1, 6]), torch.tensor([2.0, -0.5])
    free, held = Stepper(model, 3), Stepper(model, 3, Held(cells, values))
    for _ in range(5):
        free.step()
        held.step()
        assert torch.equal(held.cell[:, cells], values.expand(3, -1))
    assert not torch.allclose(free.hidden, held.hidden)
    assert not torch.allclose(free.raw, held.raw)
