import numpy as np
import pytest
import torch

from hwmodel.cells.recording import known_states, record_cells, record_lines, record_text_lines, record_told
from hwmodel.cells.trace import GATES
from hwmodel.ink.page import lines_on, page_of
from hwmodel.ink.strokes import Strokes
from hwmodel.network.model import HandwritingModel
from hwmodel.network.stepper import Held
from tests.conftest import needs_shared
from tests.support.lines import wavy_offsets
from tests.support.models import small_model, small_text_model
from tests.support.reference import WEIGHTS, reference_line, reference_model


@pytest.fixture(scope="module")
def model() -> HandwritingModel:
    return small_model()


def test_stepwise_cells_match_the_whole_lstm(model: HandwritingModel) -> None:
    """Row t is the state after offset t, when the network has read the zeros and t + 1 offsets."""
    strokes = Strokes(wavy_offsets(40))
    trace = record_cells(model, strokes)
    inputs = torch.cat((torch.zeros(1, 1, 3), torch.from_numpy(strokes.offsets.copy())[None]), dim=1)
    hidden, _ = model.run_lstm(inputs)
    np.testing.assert_allclose(trace.hidden, hidden[0, 1:], atol=1e-6)
    for t in (0, 17, 39):
        _, state = model.run_lstm(inputs[:, : t + 2])
        np.testing.assert_allclose(trace.cell[t], state.cell[0], atol=1e-6)


def test_gates_explain_the_cells(model: HandwritingModel) -> None:
    trace = record_cells(model, Strokes(wavy_offsets(30)), gates=True)
    assert trace.gates is not None and trace.gates.shape == (30, len(GATES), 8)
    i, f, g, o = trace.gates.transpose(1, 0, 2)
    np.testing.assert_allclose(trace.cell[1:], f[1:] * trace.cell[:-1] + i[1:] * g[1:], atol=1e-6)
    np.testing.assert_allclose(trace.hidden, o * np.tanh(trace.cell), atol=1e-6)
    assert record_cells(model, Strokes(wavy_offsets(30))).gates is None


def test_lines_side_by_side_are_as_each_alone(model: HandwritingModel) -> None:
    lines = [Strokes(wavy_offsets(steps, seed=steps)) for steps in (3, 25, 11)]
    for strokes, trace in zip(lines, record_lines(model, lines), strict=True):
        alone = record_cells(model, strokes)
        assert len(trace) == len(strokes)
        np.testing.assert_allclose(trace.cell, alone.cell, atol=1e-6)
        np.testing.assert_allclose(trace.hidden, alone.hidden, atol=1e-6)


def test_held_cells_stay_and_the_others_feel_it(model: HandwritingModel) -> None:
    strokes = Strokes(wavy_offsets(20))
    free, held = record_cells(model, strokes), record_cells(model, strokes, held=Held(torch.tensor([2, 5]), torch.tensor([0.0, 1.5])))
    assert (held.cell[:, 2] == 0).all() and (held.hidden[:, 2] == 0).all() and (held.cell[:, 5] == 1.5).all()
    assert np.abs(held.cell[:, 0] - free.cell[:, 0]).max() > 1e-4


def test_recording_leaves_the_model_alone(model: HandwritingModel) -> None:
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    record_cells(model, Strokes(wavy_offsets(10)))
    assert all(torch.equal(before[name], tensor) for name, tensor in model.state_dict().items())


@needs_shared(WEIGHTS)
def test_our_record_of_the_articles_line_is_the_one_it_publishes() -> None:
    strokes, published = reference_line()
    np.testing.assert_allclose(record_cells(reference_model(), strokes).cell, published, rtol=0, atol=0.01 + 1e-4)


def test_a_text_networks_cells_and_window_match_the_whole_recursion() -> None:
    """Each line as if it were alone, though its text and its ink are shorter than the other's."""
    model, texts = small_text_model(), ["abc", "cab cab"]
    lines = [Strokes(wavy_offsets(steps, steps)) for steps in (40, 25)]
    for line, text, (trace, window) in zip(lines, texts, record_text_lines(model, lines, texts), strict=True):
        inputs = torch.cat((torch.zeros(1, 1, 3), torch.from_numpy(line.offsets.copy())[None]), dim=1)
        run = model.run(inputs, model.text([text]))
        np.testing.assert_allclose(trace.hidden, run.hidden[0, 1:], atol=1e-5)
        np.testing.assert_allclose(window.progress, model.progress(run)[0, 1:], rtol=1e-5)
        assert window.phi.shape == (len(line), len(text))
        classes = window.phi @ np.eye(5)[["_abc ".index(letter) for letter in text]]
        np.testing.assert_allclose(classes, run.window[0, 1:], atol=1e-5)


def test_a_text_networks_cells_can_be_held() -> None:
    held = Held(torch.tensor([3]), torch.tensor([1.5]))
    ((trace, _),) = record_text_lines(small_text_model(), [Strokes(wavy_offsets(20))], ["abc"], held=held)
    assert (trace.cell[:, 3] == 1.5).all()


def test_ink_of_two_lines_is_read_line_by_line() -> None:
    """Each from zeros and with a window of its own; the way to the second line has the state in which that begins."""
    model, lines = small_text_model(), [Strokes(wavy_offsets(steps, steps)) for steps in (40, 25)]
    page = page_of(lines)
    trace, window = record_told(model, page, "abc\ncab cab")
    first, second = (page.offsets[line] for line in lines_on(page, 2))
    assert len(trace) == len(page) == len(first) + 1 + len(second)
    assert window.phi.shape == (len(page), 11) and window.line.tolist() == [0] * len(first) + [1] * (len(second) + 1)
    assert not window.phi[len(first) :, :4].any() and not window.phi[: len(first), 3:].any() and not window.phi[:, 3].any()
    inputs = torch.cat((torch.zeros(1, 1, 3), torch.from_numpy(second.copy())[None]), dim=1)
    run = model.run(inputs, model.text(["cab cab"]))
    np.testing.assert_allclose(trace.hidden[len(first) :], run.hidden[0], atol=1e-5)
    np.testing.assert_allclose(window.kappa[len(first) :], run.kappa[0], rtol=1e-5)
    expected = model.predict(run)[0]
    raw = model.output(torch.from_numpy(known_states(model, trace, window)[len(first) :]))
    torch.testing.assert_close(raw, expected)


def test_a_text_of_more_lines_than_the_ink_can_have_is_one_sentence() -> None:
    with pytest.raises(ValueError, match="the text has 3 lines, and the pen is lifted only 0 times"):
        record_told(small_text_model(), Strokes(np.tile([[1.0, 0, 0]], (20, 1))), "abc\ncab\nabc")


def test_what_a_text_network_predicts_from_needs_its_window() -> None:
    model = small_text_model()
    ((trace, window),) = record_text_lines(model, [Strokes(wavy_offsets(20))], ["abc"])
    assert known_states(model, trace, window).shape == (20, 8 + 5)
    with pytest.raises(ValueError, match="record_told"):
        known_states(model, trace)
