"""Many rows that branch off from a few states."""

from __future__ import annotations

import torch

from hwmodel.network.many_rows import ManyRows, many_rows
from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.network.stepper import Stepper
from hwmodel.network.text_stepper import TextStepper
from tests.support.models import small_text_model


def test_a_branch_and_what_follows_it_are_a_steppers_steps() -> None:
    torch.manual_seed(0)
    model = HandwritingModel(ModelConfig(cells=8, components=2)).eval().requires_grad_(False)
    hidden, cell, offsets = torch.randn(2, 8).tanh(), torch.randn(2, 8), torch.randn(2, 6, 3)
    rows, stepper = ManyRows(model, 6, torch.float32), Stepper(model, 6)
    stepper.hidden.copy_(hidden.repeat_interleave(3, 0))
    stepper.cell.copy_(cell.repeat_interleave(3, 0))
    stepper.offset.copy_(offsets[0])
    torch.testing.assert_close(rows.branch(rows.recur(hidden), cell, offsets[0]), stepper.step())
    stepper.offset.copy_(offsets[1])
    torch.testing.assert_close(rows.go_on(offsets[1]), stepper.step())


def test_it_has_no_steps_of_a_stepper_that_would_not_work_in_it() -> None:
    assert not issubclass(ManyRows, Stepper) and not {"step", "start", "advance"} & set(dir(ManyRows))


def test_a_told_branch_and_what_follows_it_are_a_text_steppers_steps() -> None:
    """Two states, told texts of different lengths, with three rows each."""
    torch.manual_seed(0)
    model, texts, start = small_text_model(), ["abc", "cab cab"], torch.randn(2, 5, 3)
    state, offsets = model.run(start, model.text(texts)).state, torch.randn(3, 6, 3)
    stepper = TextStepper(model, model.text([text for text in texts for _ in range(3)]))
    stepper.start(type(state)(*(part.repeat_interleave(3, 0) for part in state)), offsets[0])
    rows = many_rows(model, 6, torch.float32)
    rows.tell(texts, state.kappa[:, 0])  # type: ignore[attr-defined]
    recurrent = rows.recur(torch.cat((state.hidden, state.window), dim=1))
    torch.testing.assert_close(rows.branch(recurrent, state.cell, offsets[0]), stepper.step())
    for each in offsets[1:]:
        stepper.offset.copy_(each)
        torch.testing.assert_close(rows.go_on(each), stepper.step())
