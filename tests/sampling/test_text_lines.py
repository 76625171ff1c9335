"""Writing a given text, and stopping where it is written."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch

from hwmodel.ink.page import page_of
from hwmodel.ink.strokes import Strokes
from hwmodel.network.stepper import Held
from hwmodel.network.text_model import TextModel
from hwmodel.network.text_stepper import TextStepper
from hwmodel.sampling.endings import WRITTEN, end_of_text
from hwmodel.sampling.hands import Hand
from hwmodel.sampling.laws import graves
from hwmodel.sampling.lines import draw_one, noise
from hwmodel.sampling.text_lines import go_on, write_texts
from tests.support.lines import wavy_offsets
from tests.support.models import small_text_model


@pytest.fixture
def model() -> TextModel:
    return small_text_model()


def test_one_step_at_a_time_is_the_whole_recursion(model: TextModel) -> None:
    inputs, text = torch.randn(2, 25, 3), model.text(["abc", "cab cab"])
    run = model.run(inputs, text)
    expected, progress, stepper = model.predict(run), model.progress(run), TextStepper(model, text)
    for t in range(25):
        stepper.offset.copy_(inputs[:, t])
        torch.testing.assert_close(stepper.step(), expected[:, t])
        torch.testing.assert_close(stepper.progress, progress[:, t])
        torch.testing.assert_close(stepper.window, run.window[:, t])


def test_a_stepper_goes_on_from_a_state_with_its_window(model: TextModel) -> None:
    inputs, text = torch.randn(2, 25, 3), model.text(["abc", "cab cab"])
    first = model.run(inputs[:, :-1], text)
    stepper = TextStepper(model, text)
    stepper.start(first.state, inputs[:, -1])
    torch.testing.assert_close(stepper.step(), model.predict(model.run(inputs, text))[:, -1])


def test_the_same_seed_writes_the_same_line(model: TextModel) -> None:
    one, again, other = (write_texts(model, ["abc"], [seed], graves(0.5))[0] for seed in (3, 3, 4))
    assert one.strokes == again.strokes and one.strokes != other.strokes


def test_lines_side_by_side_are_written_as_alone(model: TextModel) -> None:
    together = write_texts(model, ["abc", "cab cab"], [1, 2])
    alone = [write_texts(model, [text], [seed])[0] for text, seed in (("abc", 1), ("cab cab", 2))]
    for one, other in zip(together, alone, strict=True):
        assert len(one.strokes) == len(other.strokes) and one.stopped == other.stopped
        np.testing.assert_allclose(one.strokes.offsets, other.strokes.offsets, atol=1e-3)


def test_a_written_line_tells_where_its_window_stood(model: TextModel) -> None:
    (line,) = write_texts(model, ["cab cab"], [0])
    steps = len(line.strokes)
    assert line.progress.shape == (steps,) and line.phi.shape == (steps, 7) and line.progress[-1] > line.progress[0]
    assert line.finished == (line.stopped == WRITTEN)


def test_writing_ends_at_the_first_pen_lift_after_the_text_or_a_character_later() -> None:
    offsets = np.zeros((30, 3))
    offsets[:, 0] = 0.5
    over, passed = np.arange(30) >= 10, np.linspace(-1, 0.9, 30)
    assert end_of_text(offsets, passed, over) is None, "the pen has not lifted, and the window is not a character beyond"
    offsets[14, 2] = 1
    found = end_of_text(offsets, passed, over)
    assert found is not None and (found.steps, found.reason) == (15, WRITTEN)
    offsets[14, 2] = 0
    found = end_of_text(offsets, passed + 0.5, over)
    assert found is not None and found.reason == WRITTEN and passed[found.steps] + 0.5 > 1.0


def test_the_bar_of_a_last_t_is_written() -> None:
    """The window is beyond the text when the pen lifts, comes down further left, draws a bar and lifts again."""
    offsets = np.zeros((30, 3))
    offsets[:, 0] = 0.5
    offsets[14, 2] = offsets[20, 2] = 1
    offsets[15, 0] = -2
    over, passed = np.arange(30) >= 10, np.linspace(-1, 0.9, 30)
    found = end_of_text(offsets, passed, over)
    assert found is not None and (found.steps, found.reason) == (21, WRITTEN)


def test_texts_and_seeds_must_match(model: TextModel) -> None:
    with pytest.raises(ValueError, match="no empty text"):
        write_texts(model, ["abc", ""], [1, 2])
    with pytest.raises(ValueError, match="a seed and a sharpness for each text"):
        write_texts(model, ["abc"], [1, 2])


def test_progress_is_where_the_window_stands_however_far_kappa_has_gone(model: TextModel) -> None:
    """All of the window's offsets from kappa shifted, and kappa the other way: the same window, the same writing, the same end."""
    shifted = copy.deepcopy(model)
    count = model.config.window
    shifted.window.bias[2 * count : 3 * count] -= 1.5
    (plain,) = write_texts(model, ["cab cab"], [0])
    stepper, late = (TextStepper(each, each.text(["cab cab"])) for each in (model, shifted))
    late.kappa += 1.5
    for _ in range(20):
        torch.testing.assert_close(stepper.step(), late.step(), rtol=1e-4, atol=1e-5)
        torch.testing.assert_close(stepper.progress, late.progress, rtol=1e-4, atol=1e-4)
    assert plain.finished and abs(plain.progress[-1] - 7) < 1.5


def hand() -> Hand:
    offsets = wavy_offsets(20)
    return Hand("cab", Strokes(offsets))


def test_writing_goes_on_from_a_hand_as_from_its_text_and_ink(model: TextModel) -> None:
    """The way from the hand's ink to the text is not drawn, and what is told counts from the text's beginning."""
    (line,) = write_texts(model, ["abc"], [5], hand=hand())
    offsets, text = torch.tensor(hand().strokes.offsets.copy())[None], model.text(["cab abc"])
    inputs = torch.cat((torch.zeros(1, 1, 3), offsets), dim=1)
    run = model.run(inputs, text)
    first = draw_one(model.predict(run)[:, -1], noise(5, 1))
    run = model.run(torch.cat((inputs, first[None]), dim=1), text)
    second = draw_one(model.predict(run)[:, -1], noise(5, 2)[1:])
    np.testing.assert_allclose(line.strokes.offsets[0], second[0], atol=1e-5)
    assert line.progress[0] == pytest.approx(float(model.progress(run)[0, -1]) - 4, abs=1e-4)
    assert line.phi.shape == (len(line.strokes), 3) and line.letters.shape == (len(line.strokes),)


def test_lines_of_a_hand_are_written_as_alone(model: TextModel) -> None:
    together = write_texts(model, ["abc", "cab cab", "abc"], [1, 2, 3], hand=hand())
    for one, seed in zip(together, (1, 2, 3), strict=True):
        (alone,) = write_texts(model, [one.text], [seed], hand=hand())
        assert len(one.strokes) == len(alone.strokes)
        np.testing.assert_allclose(one.strokes.offsets, alone.strokes.offsets, atol=1e-3)


def test_ink_goes_on_as_it_was_written(model: TextModel) -> None:
    """The rest of a line, with the random numbers of its rest, by a network that has read its beginning."""
    (line,) = write_texts(model, ["cab cab"], [5])
    begun = line.strokes.first(20)
    rest = go_on(model, begun, "cab cab", 3, graves(0.5), 50)
    inputs = torch.cat((torch.zeros(1, 3), torch.from_numpy(begun.offsets.copy())))[None]
    raw = model.predict(model.run(inputs, model.text(["cab cab"])))[:, -1]
    scale, shift = torch.from_numpy(graves(0.5).affine(2))
    np.testing.assert_allclose(rest.offsets[:1], draw_one(raw * scale + shift, noise(3, 1)), atol=1e-5)
    np.testing.assert_allclose(rest.points[0], begun.points[-1], atol=1e-4)


def test_ink_goes_on_with_the_line_it_is_in(model: TextModel) -> None:
    lines = [Strokes(wavy_offsets(steps, steps)) for steps in (40, 25)]
    alone = go_on(model, lines[1], "cab cab", 3, graves(0.5), 50)
    below = go_on(model, page_of(lines), "abc\ncab cab", 3, graves(0.5), 50)
    np.testing.assert_allclose(below.offsets, alone.offsets, atol=1e-3)


def test_cells_are_held_while_a_text_is_written(model: TextModel) -> None:
    free, same, held = (
        write_texts(model, ["abc"], [1], held=cells)[0].strokes.offsets for cells in (None, None, Held(torch.arange(4), torch.full((4,), 2.0)))
    )
    assert np.array_equal(free, same) and not np.array_equal(free, held)
