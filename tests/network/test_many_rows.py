"""Many rows that branch off from a few states."""

from __future__ import annotations

import torch

from hwmodel.network.many_rows import ManyRows
from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.network.stepper import Stepper


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
