"""Ink from pixels is like the ink the network was trained on."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.data.lines import load_lines
from hwmodel.ink.letter_size import px_per_unit
from hwmodel.ink.pen_path import ink_from_pixels, like_a_pen, respaced
from hwmodel.ink.strokes import Strokes, from_polylines, resample, to_polylines
from hwmodel.ink.units import STEP, WHITEBOARD_UNITS, X_HEIGHT
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.likelihood import score
from pages.ui.hand.canvas import drawing_of, pixels, read_canvas
from tests.conftest import SHARED, needs_shared
from tests.support.lines import wavy_offsets
from tests.support.mouse import canvas_json, seen
from tests.support.reference import WEIGHTS, reference_model

IAM, UNIPEN = "data/iam_ondb_lines.npz", "data/unipen_lines.npz"
WAYS = ((20, 3.0), (24, 0.6), (36, 1.0), (60, 3.0))  # px that a letter x is high on the canvas; mouse events to one point of the original
PX = px_per_unit(34)


def some_lines(path: str, count: int) -> list[Strokes]:
    lines = load_lines(SHARED / path)
    indices = lines.choose("validation", "written" if lines.kind is not None else None)
    return [Strokes(lines.offsets(i)) for i in np.random.default_rng(0).choice(indices, count, replace=False)]


def read_back(strokes: Strokes, size: float, rate: float, seed: int = 0) -> Strokes:
    """Ink that was written with a mouse, a letter x being `size` px high, and read from the widget's JSON."""
    ink = read_canvas(drawing_of(canvas_json(strokes, px_per_unit(size), rate, seed)), px_per_unit(size))
    assert ink is not None
    return ink


def distance(ink: Strokes, original: Strokes) -> float:
    """Mean way from a point of the original to the ink, stroke by stroke, in heights of the letter x."""
    away = []
    for line, wanted in zip(to_polylines(ink), to_polylines(original), strict=True):
        fine = resample(line, 0.05)
        away += [np.hypot(*(fine - place).T).min() for place in wanted]
    return float(np.mean(away)) / X_HEIGHT


@needs_shared(WEIGHTS)
@needs_shared(IAM)
@pytest.mark.parametrize("path", [IAM, UNIPEN])
def test_held_out_lines_drawn_with_a_mouse_cost_about_as_many_nats(path: str) -> None:
    """Measured on 24 lines each, nats a step, the article's weights on IAM-OnDB and `unipen` on UNIPEN; for comparison with even
    steps of the training lines' median length, and with the pixels as they come.

    | | x-height, px | events a point | read | even steps | pixels |
    |---|---|---|---|---|---|
    | IAM-OnDB, original -1.81 | 20 | 0.6 | -1.91 | -1.24 | 1.24 |
    |  | 20 | 1 | -1.86 | -1.23 | -0.38 |
    |  | 20 | 3 | -1.85 | -1.17 | -2.27 |
    |  | 36 | 0.6 | -1.88 | -1.26 | 1.11 |
    |  | 36 | 1 | -1.86 | -1.33 | -0.59 |
    |  | 36 | 3 | -1.84 | -1.33 | -2.72 |
    |  | 60 | 0.6 | -1.86 | -1.27 | 1.07 |
    |  | 60 | 1 | -1.86 | -1.35 | -0.62 |
    |  | 60 | 3 | -1.85 | -1.36 | -2.85 |
    | UNIPEN, original -2.58 | 20 | 0.6 | -2.40 | -2.66 | 1.73 |
    |  | 20 | 1 | -2.34 | -2.59 | 0.21 |
    |  | 20 | 3 | -2.31 | -2.03 | -1.39 |
    |  | 36 | 0.6 | -2.42 | -2.74 | 1.47 |
    |  | 36 | 1 | -2.34 | -2.79 | -0.24 |
    |  | 36 | 3 | -2.32 | -2.64 | -2.30 |
    |  | 60 | 0.6 | -2.43 | -2.77 | 1.39 |
    |  | 60 | 1 | -2.44 | -2.85 | -0.43 |
    |  | 60 | 3 | -2.40 | -2.83 | -2.73 |
    """
    model = reference_model() if path == IAM else load_checkpoint("unipen").model
    lines = some_lines(path, 8)
    original = score(model, [line.offsets for line in lines]).total
    for size, rate in WAYS:
        again = [read_back(line, size, rate, seed) for seed, line in enumerate(lines)]
        cost = score(model, [ink.offsets for ink in again]).total
        assert abs(cost - original) < 0.35, f"{size} px, {rate} events a point: {cost:.2f} nats a step, the original {original:.2f}"
        assert distance(again[0], lines[0]) < 0.035


@needs_shared(WEIGHTS)
@needs_shared(IAM)
def test_even_steps_would_cost_more() -> None:
    """What the spacing is for: without it, mouse ink is further from writing than it need be."""
    model, lines = reference_model(), some_lines(IAM, 6)
    drawings = [drawing_of(canvas_json(line, PX, 1.0, seed)) for seed, line in enumerate(lines)]
    even = [from_polylines([resample(pixels(thing) / PX, STEP) for thing in drawing]) for drawing in drawings]
    spaced = [read_back(line, 34, 1.0, seed) for seed, line in enumerate(lines)]
    assert score(model, [ink.offsets for ink in spaced]).total < score(model, [ink.offsets for ink in even]).total - 0.25


def scribble(seed: int) -> np.ndarray:
    """A smooth tangle (n, 2) in model units, without sense."""
    rng = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, 600)[:, None]
    waves = sum(rng.normal(0, 6 / n, 2) * np.sin(n * angle + rng.uniform(0, 6, 2)) for n in range(1, 7))
    return np.asarray(waves)


SHAPES = {
    "line": np.stack((np.linspace(0, 40, 100), np.linspace(10, 12, 100)), axis=1),
    "scribble": scribble(0) + 20,
    "another scribble": scribble(1) + 20,
}


@pytest.mark.parametrize(("name", "nats"), [("line", 1.6), ("scribble", 1.0), ("another scribble", 0.7)])
def test_a_line_or_a_scribble_costs_on_pixels_what_it_costs_without(name: str, nats: float) -> None:
    """Against the same drawn on pixels a hundred times finer. A straight line is easiest to predict, so that what is left of the steps in its pixels
    shows most; measured: line -3.4 and -2.9 to -2.2 nats a step, scribbles -3.2 and -2.7 to -2.3, -2.7 and -2.6 to -2.4."""
    model = load_checkpoint("unipen").model
    costs, counts = [], []
    for px, rate in ((100 * PX, 3.0), (PX, 1.0), (PX, 0.5), (0.7 * PX, 3.0)):
        ink = ink_from_pixels([seen(SHAPES[name] * px, rate, np.random.default_rng(2))], px)
        costs.append(score(model, [ink.offsets]).total)
        counts.append(len(ink))
    assert max(costs) - min(costs) < nats, costs
    assert max(counts) < 1.25 * min(counts), counts


def test_a_straight_line_gets_long_even_steps_after_a_slow_start() -> None:
    ink = ink_from_pixels([np.array([[0.0, 50.0], [400.0, 50.0]])], PX)
    steps = ink.offsets[:, 0]
    assert (np.diff(steps[:4]) > 0).all() and steps[5:].min() > 1.4 * STEP and np.ptp(steps[8:]) < 2.1 / WHITEBOARD_UNITS
    assert not ink.offsets[:, 1].any() and ink.points[-1, 0] == pytest.approx(400 / PX, abs=0.5 / WHITEBOARD_UNITS)


def test_turns_get_short_steps() -> None:
    corner = like_a_pen(np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]]), 0.1)
    steps = np.hypot(*np.diff(corner, axis=0).T)
    middle = np.hypot(*(corner[:-1] - [10.0, 0.0]).T).argmin()
    assert steps[middle - 2 : middle + 2].min() == steps[1:].min() < 0.7 * np.median(steps)


def test_the_ends_of_a_stroke_stay_where_they_are() -> None:
    stroke = np.array([[3.0, 4.0], [60.0, 9.0], [33.0, 80.0]])
    line = to_polylines(ink_from_pixels([stroke], PX))[0]
    np.testing.assert_allclose(line[[0, -1]], stroke[[0, -1]] / PX, atol=0.5 / WHITEBOARD_UNITS)


def test_the_median_step_is_the_training_lines() -> None:
    drawing = drawing_of(canvas_json(Strokes(wavy_offsets(400)), PX, 1.0))
    ink = read_canvas(drawing, PX)
    assert ink is not None
    assert np.median(np.hypot(*ink.offsets[ink.joined, :2].T)) == pytest.approx(STEP, rel=0.25)


def test_points_that_repeat_or_lie_close_make_no_trouble() -> None:
    for stroke in ([[5.0, 5.0]] * 4, [[5.0, 5.0], [5.0, 6.0]], [[5.0, 5.0], [5.0, 6.0], [5.0, 5.0]]):
        ink = ink_from_pixels([np.array(stroke)], PX)
        assert len(ink) >= 1 and ink.finished and np.isfinite(ink.offsets).all()


def test_no_point_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="no ink"):
        ink_from_pixels([], PX)


def test_spacing_anew_keeps_the_strokes_and_the_pen() -> None:
    ink = Strokes(wavy_offsets(150)[:-1])
    again = respaced(ink)
    assert again.finished == ink.finished and again.pen_up.sum() == ink.pen_up.sum()
    assert distance(again, ink) < 0.1
