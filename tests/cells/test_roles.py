"""Signals of ink, effects with errors that know lines, and roles on cells whose role is known."""

from __future__ import annotations

import json
from dataclasses import fields

import numpy as np
import pytest

from hwmodel.cells import roles as roles_module
from hwmodel.cells.association import auc, correlation
from hwmodel.cells.recording import record_lines
from hwmodel.cells.roles import DETERMINATION, NO_ROLE, ROLE_KEYS, ROLES, Read, measure_roles
from hwmodel.cells.trace import CellTrace
from hwmodel.data.lines import load_lines
from hwmodel.ink.signals import InkSignals, ink_signals
from hwmodel.ink.strokes import Strokes, from_polylines
from tests.conftest import SHARED, needs_shared
from tests.support.lines import wavy_offsets
from tests.support.reference import WEIGHTS, reference_model

IAM, ARTICLES_LINES = "data/iam_ondb_lines.npz", "data/distill_validation_order.json"


def circle(steps: int = 40) -> np.ndarray:
    """Points (steps + 1, 2) once round clockwise as seen, from the top."""
    angle = np.linspace(0, 2 * np.pi, steps + 1)
    return 3 * np.stack((np.sin(angle), -np.cos(angle)), axis=1)


def test_a_circle_turns_evenly_and_clockwise() -> None:
    signals = ink_signals(from_polylines([circle()]))
    assert np.isnan(signals.turn[:7]).all()
    np.testing.assert_allclose(signals.turn[7:], 4 * 2 * np.pi / 40, atol=1e-4)
    assert signals.direction[0] == pytest.approx(np.pi / 40, abs=1e-4)
    assert signals.direction[10] == pytest.approx(np.pi / 2 + np.pi / 40, abs=1e-4)  # downwards
    np.testing.assert_allclose(signals.speed, 6 * np.sin(np.pi / 40), atol=1e-4)


def test_what_is_drawn_with_the_pen_up_has_no_direction() -> None:
    signals = ink_signals(from_polylines([circle(), circle() + np.array((20, 0))]))
    jump = 40  # the offset from the first circle's end to the second one's start
    assert np.isnan(signals.direction[jump]) and np.isnan(signals.speed[jump]) and np.isnan(signals.turn[jump : jump + 8]).all()
    assert not np.isnan(signals.turn[jump + 8])
    assert signals.stroke_start[jump] == 1 and signals.lift_now[jump - 1] == 1 and signals.lift_next[jump - 2] == 1
    assert signals.stroke_start.sum() == 1 and signals.lift_now.sum() == signals.lift_next.sum() == 2


def test_words_part_at_wide_gaps_only() -> None:
    letter = np.array([[0.0, 0.0], [1.0, 3.0], [2.0, 0.0]])
    dot = np.array([[3.0, 5.0], [3.2, 5.0]])  # over the first word, after the second
    strokes = from_polylines([letter, letter + np.array((3, 0)), letter + np.array((12, 0)), dot])
    # two points of the first letter (the start is no row), three of the second, the second word's three, the dot's two
    np.testing.assert_allclose(ink_signals(strokes).word_position, [0, 0.25, 0.5, 0.75, 1, 0, 0.5, 1, 0.5, 0.55], atol=1e-6)


def test_height_is_measured_from_the_lines_own_slope() -> None:
    climbing = Strokes(np.tile(np.array((0.5, -0.2, 0), np.float32), (30, 1)))
    np.testing.assert_allclose(ink_signals(climbing).y, 0, atol=1e-4)


def test_empty_ink_has_empty_signals() -> None:
    assert all(len(values) == 0 for values in vars(ink_signals(Strokes(np.zeros((0, 3))))).values())


def clustered(rng: np.random.Generator, lines: int = 40, steps: int = 50) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Signal and values with the same line-wise wander, and the line of each step; the true correlation is 0."""
    line = np.repeat(np.arange(lines), steps)
    signal, values = (rng.normal(size=lines)[line] + 0.3 * rng.normal(size=lines * steps) for _ in range(2))
    return signal, values[:, None], line


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """With lines that wander, steps taken for independent would miss the truth in most draws; 95 % intervals over lines should not."""
    rng = np.random.default_rng(0)
    hits = np.zeros(3)
    draws = 200
    for _ in range(draws):
        signal, values, line = clustered(rng)
        r = correlation(signal, values, line)
        area = auc((signal > 1.0)[None].astype(float), values, line)
        naive = 1 / np.sqrt(len(line))
        hits += [abs(r.value[0]) < 1.96 * r.error[0], abs(area.value[0, 0] - 0.5) < 1.96 * area.error[0, 0], abs(r.value[0]) < 1.96 * naive]
    share = hits / draws
    assert 0.88 <= share[0] <= 0.99 and 0.86 <= share[1] <= 0.99 and share[2] < 0.5


def test_correlation_and_auc_match_their_definitions() -> None:
    rng = np.random.default_rng(1)
    signal, values, line = rng.normal(size=120), rng.normal(size=(120, 3)), np.repeat(np.arange(6), 20)
    values[:, 0] += signal
    signal[5] = np.nan
    known = ~np.isnan(signal)
    np.testing.assert_allclose(correlation(signal, values, line).value, [np.corrcoef(signal[known], v[known])[0, 1] for v in values.T])
    event = rng.random(120) < 0.3
    pairs = [(v[event][:, None] > v[~event]).mean() for v in values.T]
    np.testing.assert_allclose(auc(event[None].astype(float), values, line).value[0], pairs)


def test_an_event_that_hardly_happens_has_no_figure() -> None:
    values, line, event = np.zeros((20, 1)), np.repeat((0, 1), 10), np.zeros((1, 20))
    event[0, 3] = 1
    assert np.isnan(auc(event, values, line).value).all()


def made_up_read(first: int, last: int) -> Read:
    """Lines with six cells: direction (highest upwards), curve, place in the line upside down, pen lift, stroke start, and noise."""
    inks = [Strokes(wavy_offsets(150, seed)) for seed in range(first, last)]
    traces = []
    for number, ink in enumerate(inks):
        signals, rng = ink_signals(ink), np.random.default_rng(1000 + first + number)
        made = [
            np.cos(np.nan_to_num(signals.direction) + np.pi / 2),
            np.nan_to_num(signals.turn),
            -signals.x / 10,
            signals.lift_now,
            signals.stroke_start,
        ]
        cell = np.stack([*made, np.zeros(len(ink))], axis=1) + 0.1 * rng.normal(size=(len(ink), 6))
        traces.append(CellTrace(np.tanh(cell), cell))
    return Read(inks, traces)


def test_cells_are_named_after_what_they_were_made_of() -> None:
    roles = measure_roles(made_up_read(0, 12), made_up_read(12, 24))
    names = [role.key if role else None for role in map(roles.named, range(6))]
    assert names[0] == "direction" and names[2] == "x" and names[3:] == ["lift_now", "stroke_start", None]
    assert names[1] in ("turn", "turn_size")
    assert roles.preferred[0] == pytest.approx(-np.pi / 2, abs=0.1)
    assert roles.effect[ROLE_KEYS.index("x"), 2] < -0.8
    assert roles.effect[ROLE_KEYS.index("lift_now"), 3] > 0.95
    assert (roles.low <= roles.effect).all() and (roles.effect <= roles.high).all()
    assert roles.effect.shape == (len(ROLES), 6) and (roles.strength >= 0).all() and (roles.strength <= 1).all()


def test_the_order_of_the_roles_means_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = made_up_read(0, 12), made_up_read(12, 24)
    usual, backwards = measure_roles(*reads), np.arange(len(ROLES))[::-1]
    strength = usual.strength
    for name in ("ROLES", "ROLE_KEYS", "EVENTS", "CIRCULAR"):
        monkeypatch.setattr(roles_module, name, getattr(roles_module, name)[::-1])
    found = measure_roles(*reads)
    np.testing.assert_allclose(found.effect, usual.effect[backwards], atol=1e-6)
    np.testing.assert_allclose(found.strength, strength[backwards], atol=1e-6)
    assert [role and role.key for role in map(found.named, range(6))] == [None if n == NO_ROLE else ROLE_KEYS[n] for n in usual.name]


def test_turned_cells_follow_the_opposite() -> None:
    """As if they had been recorded upside down."""
    found_on, measured_on = made_up_read(0, 12), made_up_read(12, 24)
    upside_down = [Read(read.inks, [CellTrace(-trace.hidden, -trace.cell) for trace in read.traces]) for read in (found_on, measured_on)]
    roles, expected = measure_roles(found_on, measured_on), measure_roles(*upside_down)
    turned, same = roles.shown_with(-np.ones(6)), roles.shown_with(np.ones(6))
    for field in ("effect", "low", "high", "name"):
        np.testing.assert_allclose(getattr(turned, field), getattr(expected, field), atol=1e-4)
        np.testing.assert_array_equal(getattr(same, field), getattr(roles, field))
    np.testing.assert_allclose(np.cos(turned.preferred - expected.preferred), 1, atol=1e-6)


def test_a_role_says_all_that_is_shown_of_it_and_no_two_the_same() -> None:
    for said in ("key", "name", "short", "colour", "high"):
        words = [getattr(role, said) for role in ROLES]
        assert all(words) and len(set(words)) == len(words)
    assert [role.key for role in ROLES if role.measure == DETERMINATION] == ["direction"], "a preferred direction is found for this one alone"


def test_every_signal_is_a_role_and_every_role_a_signal() -> None:
    assert {field.name for field in fields(InkSignals)} == set(ROLE_KEYS)


def test_noise_gets_no_name() -> None:
    """200 cells of slow noise: none may be named, however lucky it is on the lines it was found on."""
    rng = np.random.default_rng(0)

    def noise(first: int, last: int) -> Read:
        inks = [Strokes(wavy_offsets(120, seed)) for seed in range(first, last)]
        return Read(inks, [CellTrace(values, values) for values in (rng.normal(size=(len(ink), 200)).cumsum(axis=0) for ink in inks)])

    assert (measure_roles(noise(0, 10), noise(10, 20)).name == NO_ROLE).all()


@needs_shared(WEIGHTS)
@needs_shared(IAM)
@needs_shared(ARTICLES_LINES)
def test_roles_find_the_articles_cells() -> None:
    """Its cells have r -.87 for x, -.62 for y, .58 for the position in the word and AUC .81 for the next pen lift, on 15 lines.
    These are its first 15; our y is less the line's slope."""
    lines = load_lines(SHARED / IAM)
    names = list(dict.fromkeys(json.loads((SHARED / ARTICLES_LINES).read_text("utf-8"))))[:23]
    inks = [Strokes(lines.offsets(int(np.flatnonzero(lines.names == name)[0]))) for name in names]
    traces = record_lines(reference_model(), inks)
    roles = measure_roles(Read(inks[15:], traces[15:]), Read(inks[:15], traces[:15]))
    strongest = dict(zip(ROLE_KEYS, roles.strength.max(axis=1), strict=True))
    assert strongest["x"] == pytest.approx(0.87, abs=0.04)
    assert strongest["y"] > 0.62 and strongest["word_position"] == pytest.approx(0.58, abs=0.04)
    assert (strongest["lift_next"] + 1) / 2 == pytest.approx(0.81, abs=0.04)
    best = roles.named(int(np.argmax(roles.strength[ROLE_KEYS.index("x")])))
    assert best is not None and best.key == "x"
