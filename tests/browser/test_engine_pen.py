"""From a moving pen to offsets, in a real Chromium: near what the whole stroke's reading gives, and never taken back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from hwmodel.data.lines import load_lines
from hwmodel.ink.pen_path import ink_from_pixels
from hwmodel.ink.strokes import Polyline, Strokes, to_polylines
from hwmodel.ink.units import STEP, WHITEBOARD_UNITS, X_HEIGHT
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.likelihood import score
from hwmodel.sampling.laws import graves
from hwmodel.sampling.lines import generate
from hwmodel.views.engine import PEN_NUMBERS
from hwmodel.views.script import script
from pages.ui.components.engine import FOLDER
from tests.conftest import SHARED, needs_shared
from tests.support.lines import wavy_offsets
from tests.support.mouse import seen

UNIPEN = "data/unipen_lines.npz"
PX = 34 / X_HEIGHT  # px in a model unit, where the letter x is 34 px high
GRID = 1 / WHITEBOARD_UNITS

DRAW = """async ([source, numbers, strokes, px, atOnce]) => {
    const js = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    const pen = js.startPen(numbers, px), said = [];
    const say = ({ settled, tail }) => said.push([[...settled], [...tail]]);
    for (const stroke of strokes) {
        say(pen.down(...stroke[0]));
        for (let i = 1; i < stroke.length; i += atOnce) say(pen.move(stroke.slice(i, i + atOnce).flat()));
        say(pen.up());
    }
    return said;
}"""


def say(page: Page, strokes: Sequence[Polyline], at_once: int = 2) -> list[tuple[np.ndarray, np.ndarray]]:
    """Settled offsets and tail, each (n, 3), after each event of strokes in px, so many places at once."""
    page.set_content("<p>blank</p>")
    given: list[Any] = [script(FOLDER / "pen.js"), PEN_NUMBERS, [stroke.tolist() for stroke in strokes], PX, at_once]
    return [(np.reshape(settled, (-1, 3)), np.reshape(tail, (-1, 3))) for settled, tail in page.evaluate(DRAW, given)]


def settled_ink(page: Page, strokes: Sequence[Polyline], at_once: int = 2) -> Strokes:
    """All that was settled, from where the first stroke began."""
    offsets = np.concatenate([settled for settled, _ in say(page, strokes, at_once)])
    x, y = np.rint(strokes[0][0] / PX * WHITEBOARD_UNITS) / WHITEBOARD_UNITS
    return Strokes(offsets, (float(x), float(y)))


def with_a_mouse(strokes: Strokes, rate: float, seed: int = 0) -> list[Polyline]:
    """What a mouse leaves of the ink, in whole px."""
    rng = np.random.default_rng(seed)
    return [seen(line * PX, rate, rng) for line in to_polylines(strokes)]


def cost_apart(page: Page, lines: Sequence[Strokes], rate: float) -> tuple[float, float, float]:
    """Nats a step of `unipen` on lines that were read while the pen moved, and whole; and points of the first for each of the second."""
    drawn = [with_a_mouse(line, rate, seed) for seed, line in enumerate(lines)]
    moving, whole = [settled_ink(page, strokes) for strokes in drawn], [ink_from_pixels(strokes, PX) for strokes in drawn]
    model = load_checkpoint("unipen").model
    here, there = (score(model, [ink.offsets for ink in inks]).total for inks in (moving, whole))
    return here, there, sum(map(len, moving)) / sum(map(len, whole))


@needs_shared(UNIPEN)
@pytest.mark.parametrize("rate", [0.6, 1.0, 3.0])
def test_recorded_paths_cost_as_many_nats_as_when_they_are_read_whole(page: Page, rate: float) -> None:
    stored = load_lines(SHARED / UNIPEN)
    chosen = np.random.default_rng(0).choice(stored.choose("validation", "written"), 8, replace=False)
    here, there, points = cost_apart(page, [Strokes(stored.offsets(i)) for i in chosen], rate)
    assert here == pytest.approx(there, abs=0.1) and points == pytest.approx(1, abs=0.03)


def test_lines_that_the_network_wrote_cost_as_many_nats_as_when_they_are_read_whole(page: Page) -> None:
    lines = [one.strokes for one in generate(load_checkpoint("unipen").model, range(6), graves(0.5), max_steps=250)]
    here, there, points = cost_apart(page, lines, 1.0)
    assert here == pytest.approx(there, abs=0.1) and points == pytest.approx(1, abs=0.03)


def test_the_ink_lies_where_the_whole_lines_reading_lays_it(page: Page) -> None:
    strokes = with_a_mouse(Strokes(wavy_offsets(200)), 1.0)
    moving, whole = settled_ink(page, strokes), ink_from_pixels(strokes, PX)
    assert moving.pen_up.sum() == whole.pen_up.sum() and moving.finished and moving.start == pytest.approx(whole.start)
    for line, other in zip(to_polylines(moving), to_polylines(whole), strict=True):
        np.testing.assert_allclose(line[[0, -1]], other[[0, -1]], atol=1.01 * GRID)
        between = np.concatenate([np.linspace(here, there, 20) for here, there in pairwise(other)] or [other])
        assert max(np.hypot(*(between - place).T).min() for place in line) < 0.12


def test_a_tail_leads_to_the_pen_and_what_settled_is_never_taken_back(page: Page) -> None:
    """After every event, settled offsets and tail together end where the pen is; and the tail is but the last few steps."""
    (stroke,) = with_a_mouse(Strokes(wavy_offsets(120)[:-1] * (1, 1, 0)), 1.0)
    said = say(page, [stroke], 1)
    settled = said[0][0]
    for number, (more, tail) in enumerate(said[1:-1], 1):
        settled = np.concatenate((settled, more))
        reached = stroke[0] / PX + np.concatenate((settled, tail))[:, :2].sum(axis=0)
        np.testing.assert_allclose(reached, stroke[number] / PX, atol=1.5 * GRID)
        assert 1 <= len(tail) <= 16 and not tail[:, 2].any() and not settled[:, 2].any()
    lengths = [np.hypot(*tail[:, :2].sum(axis=0)) for _, tail in said[10:-1]]
    assert np.median(lengths) < 6 * STEP


def test_the_same_path_gives_the_same_offsets_however_its_events_are_bundled(page: Page) -> None:
    strokes = with_a_mouse(Strokes(wavy_offsets(100)), 1.0)
    alone, bundled = settled_ink(page, strokes, 1), settled_ink(page, strokes, 1000)
    np.testing.assert_allclose(alone.offsets, bundled.offsets, atol=1e-6)


def test_dots_and_strokes_of_no_length_make_no_trouble(page: Page) -> None:
    dot, twice, back = np.array([[50.0, 50.0]]), np.array([[80.0, 50.0]] * 3), np.array([[100.0, 50.0], [100.0, 51.0], [100.0, 50.0]])
    moving, whole = settled_ink(page, [dot, twice, back]), ink_from_pixels([dot, twice, back], PX)
    assert moving.pen_up.sum() == 3 and moving.finished
    assert moving.offsets[:2].tolist() == whole.offsets[:2].tolist() and np.isfinite(moving.offsets).all()
    np.testing.assert_allclose(moving.points[-1], whole.points[-1], atol=GRID)


def test_while_the_pen_rests_where_it_set_down_the_way_there_is_a_tail(page: Page) -> None:
    first = np.array([[10.0, 10.0], [60.0, 10.0]])
    said = say(page, [first, np.array([[90.0, 40.0]])])
    (settled, tail), (last, none) = said[-2:]
    assert len(settled) == 0 and tail.shape == (1, 3) and tail[0, 2] == 0
    assert last.shape == (1, 3) and last[0, 2] == 1 and len(none) == 0
    np.testing.assert_allclose(last[0, :2], tail[0, :2])


def test_moving_a_pen_that_is_not_down_is_told(page: Page) -> None:
    page.set_content("<p>blank</p>")
    body = """async ([source, numbers]) => {
        const js = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
        try { js.startPen(numbers, 10).move([1, 2]); } catch (error) { return error.message; }
    }"""
    assert page.evaluate(body, [script(FOLDER / "pen.js"), PEN_NUMBERS]) == "the pen is not down"
