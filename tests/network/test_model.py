import numpy as np
import pytest
import torch

from hwmodel.data.lines import held_out, load_lines
from hwmodel.ink.units import WHITEBOARD_UNITS
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.likelihood import resolution, score
from hwmodel.network.mixture import split_params
from hwmodel.network.model import HandwritingModel, LSTMState, ModelConfig, shift_right
from tests.conftest import SHARED, needs_shared
from tests.support.models import small_model
from tests.support.reference import WEIGHTS, reference_model

IAM = "data/iam_ondb_lines.npz"


def test_the_model_has_the_articles_number_of_parameters() -> None:
    assert HandwritingModel().parameter_count() == 1_068_621


@needs_shared(WEIGHTS)
@needs_shared(IAM)
def test_the_articles_weights_score_what_the_article_scores() -> None:
    """-1.848 nats a step on its 185 different validation lines: model, likelihood and data mean what theirs mean."""
    lines = held_out(load_lines(SHARED / IAM), "validation")
    assert len(lines) == 185
    assert score(reference_model(), lines).total == pytest.approx(-1.848, abs=0.002)


@needs_shared(WEIGHTS)
@needs_shared(IAM)
def test_part_of_the_articles_score_is_the_whiteboards_grid() -> None:
    """One of its Gaussians stands at dy = 0, 0.01 whiteboard units high. At the recording's resolution that gains nothing, and ours are better."""
    lines = held_out(load_lines(SHARED / IAM), "validation")
    reference = reference_model()
    predicted = split_params(reference(shift_right(torch.from_numpy(lines[0])[None]))[0])
    assert predicted.sigma.min() * WHITEBOARD_UNITS < 0.02
    theirs = score(reference, lines, resolution(reference)).total
    assert theirs == pytest.approx(-1.713, abs=0.002)
    ours = load_checkpoint("iam").model
    assert score(ours, lines).total < -1.85 and score(ours, lines, resolution(ours)).total < theirs - 0.1


@needs_shared(WEIGHTS)
def test_the_articles_weights_give_its_published_cell_states() -> None:
    """Row t is the state before point t, cut (not rounded) to two decimals. The article's page feeds two rows of zeros before the first point, where
    training feeds one: with one, the states differ by up to 0.8 at the line's beginning."""
    model = reference_model()
    with np.load(SHARED / WEIGHTS) as stored:
        offsets, published = torch.from_numpy(stored["offsets_line0"]).float(), stored["cells_line0"]
    state, cells = model.initial_state(), []
    for step in torch.cat((torch.zeros(2, 3), offsets[:-1])):
        _, state = model(step[None, None], state)
        cells.append(state.cell[0].numpy())
    np.testing.assert_allclose(np.stack(cells[1:]), published, rtol=0, atol=0.01 + 1e-4)


def test_reading_in_pieces_gives_the_whole() -> None:
    model, inputs = small_model(), torch.randn(2, 30, 3)
    whole, last = model(inputs)
    first, state = model(inputs[:, :11])
    second, end = model(inputs[:, 11:], state)
    torch.testing.assert_close(torch.cat((first, second), 1), whole)
    torch.testing.assert_close(end.cell, last.cell)
    torch.testing.assert_close(end.hidden, last.hidden)


def test_the_first_input_is_zeros_and_predicts_the_first_offset() -> None:
    offsets = torch.arange(24.0).view(2, 4, 3)
    inputs = shift_right(offsets)
    assert (inputs[:, 0] == 0).all() and torch.equal(inputs[:, 1:], offsets[:, :-1])


def test_reading_does_not_change_the_state_it_starts_from() -> None:
    model = small_model()
    state = LSTMState(torch.ones(1, 8), torch.ones(1, 8))
    model(torch.randn(1, 5, 3), state)
    assert (state.hidden == 1).all() and (state.cell == 1).all()


@pytest.mark.parametrize("wrong", [{"cells": 0}, {"cells": 100_000}, {"components": 0}, {"units_per_offset": 0.0}])
def test_a_configuration_without_sense_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match="a model needs"):
        ModelConfig(**wrong)
