"""Holding cells while the network writes and reads."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.cells.holding import hold, others, told_trial, trial
from hwmodel.cells.sample_lines import write_own_lines
from hwmodel.ink.strokes import Strokes
from hwmodel.network.likelihood import score, told_nats
from hwmodel.network.model import HandwritingModel
from hwmodel.sampling.laws import AS_LEARNT
from hwmodel.sampling.lines import generate
from hwmodel.sampling.text_lines import write_texts
from tests.support.lines import wavy_offsets
from tests.support.models import small_model, small_text_model

PEN, OTHER = 2, 5


@pytest.fixture
def lifting_model() -> HandwritingModel:
    """Eight cells, of which PEN alone moves the pen's bit: high, it lifts the pen; and of which OTHER moves nothing."""
    model = small_model(components=2)
    model.output.weight[0] = 0
    model.output.weight[0, PEN] = 12
    model.output.bias[0] = -1
    model.output.weight[:, OTHER] = 0
    model.lstm.get_parameter("weight_hh_l0")[:, OTHER] = 0
    return model


def test_holding_the_cell_that_lifts_the_pen_stops_or_forces_it(lifting_model: HandwritingModel) -> None:
    lines = [Strokes(wavy_offsets(30))]
    free, down, up = (
        trial(lifting_model, held, lines, range(8), AS_LEARNT, 60).lifts.value
        for held in (None, hold(lifting_model, [PEN], [-3.0]), hold(lifting_model, [PEN], [3.0]))
    )
    assert down < free < up


def test_holding_a_cell_that_moves_nothing_changes_nothing(lifting_model: HandwritingModel) -> None:
    free, held = (
        trial(lifting_model, held, [Strokes(wavy_offsets(30))], [3, 4], AS_LEARNT, 40) for held in (None, hold(lifting_model, [OTHER], [1.0]))
    )
    np.testing.assert_allclose(held.written.offsets, free.written.offsets, atol=1e-5)
    assert held.nats.value == pytest.approx(free.nats.value) and held.lifts.value == free.lifts.value
    assert held.lifts.minus(free.lifts).direction == held.lifts.minus(free.lifts).value == 0


def test_nats_are_those_of_the_lines_and_every_step_counts_once(lifting_model: HandwritingModel) -> None:
    lines = [Strokes(wavy_offsets(steps, steps)) for steps in (20, 35)]
    found = trial(lifting_model, None, lines, [3], AS_LEARNT, 10).nats
    assert found.value == pytest.approx(score(lifting_model, [line.offsets for line in lines]).total, abs=1e-5)


def test_the_line_as_it_is_is_what_the_network_writes(lifting_model: HandwritingModel) -> None:
    free = trial(lifting_model, None, [Strokes(wavy_offsets(30))], [7, 8], AS_LEARNT, 40)
    np.testing.assert_allclose(free.written.offsets, generate(lifting_model, [7], max_steps=40)[0].strokes.offsets, atol=1e-5)


def test_others_are_as_many_and_none_of_these() -> None:
    chosen = (1, 5, 30)
    found = others(chosen, 40, seed=3)
    assert len(set(found)) == 3 and not set(found) & set(chosen) and all(0 <= cell < 40 for cell in found)
    assert found == others(chosen, 40, seed=3) != others(chosen, 40, seed=4)
    assert len(others(range(30), 40, seed=0)) == 10, "there are no more"


def test_a_cell_that_is_not_there_is_named(lifting_model: HandwritingModel) -> None:
    with pytest.raises(ValueError, match="cells below 8"):
        hold(lifting_model, [8], [0.0])


def test_a_told_network_writes_the_text_and_reads_its_own_lines_while_cells_are_held() -> None:
    model = small_text_model()
    own = write_own_lines(model)
    assert len(own.texts) == len(own.strokes) == len(own.cells) > 1
    free = told_trial(model, None, own, "cab", [7, 8], AS_LEARNT)
    np.testing.assert_allclose(free.written.offsets, write_texts(model, ["cab", "cab"], [7, 8])[0].strokes.offsets, atol=1e-5)
    nats = told_nats(model, [line.offsets for line in own.strokes], own.texts)
    assert free.nats.value == pytest.approx(np.concatenate(nats).sum(axis=1).mean(), abs=1e-4)
    held = told_trial(model, hold(model, [1, 2], [3.0, -3.0]), own, "cab", [7, 8], AS_LEARNT)
    assert held.nats.value != pytest.approx(free.nats.value, abs=1e-4)
