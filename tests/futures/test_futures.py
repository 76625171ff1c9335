"""Futures, sides, certainty and branches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import torch
from scipy.stats import ks_2samp

from hwmodel.cells.recording import record_cells, record_told
from hwmodel.futures.branches import group, marks_along, next_step
from hwmodel.futures.certainty import certainty, next_step_entropy, spread
from hwmodel.futures.drawing import CHUNK_ROWS, draw_futures, sample_futures
from hwmodel.futures.forks import cut_in_two, find_forks
from hwmodel.futures.values import Futures, side_angles
from hwmodel.ink.page import lines_on, page_of
from hwmodel.ink.strokes import Strokes
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.likelihood import told_nats
from hwmodel.network.mixture import output_size
from hwmodel.network.shipped import available_checkpoints
from hwmodel.sampling.laws import Sharpness, graves
from hwmodel.sampling.lines import draw, generate, noise
from tests.support.lines import wavy_offsets
from tests.support.models import small_model, small_text_model

STRAIGHT = Strokes(np.tile(np.array([[1, 0, 0]], np.float32), (20, 1)))


def made_up(point: int, *paths: Sequence[tuple[float, float, float]]) -> Futures:
    """Futures of one point from offsets that are written out."""
    return Futures(np.array([point]), np.array([paths], np.float32))


# ---- Drawing them


def test_every_point_has_its_futures() -> None:
    futures = sample_futures(small_model(), Strokes(wavy_offsets(30)), n_samples=7, n_steps=5)
    assert futures.offsets.shape == (30, 7, 5, 3) and futures.points.tolist() == list(range(30))
    assert np.isfinite(futures.offsets).all() and np.isin(futures.offsets[..., 2], (0, 1)).all()


def test_same_seed_gives_same_futures() -> None:
    model, ink = small_model(), Strokes(wavy_offsets(30))
    first, again, other = (sample_futures(model, ink, 10, 6, seed=seed) for seed in (5, 5, 6))
    assert np.array_equal(first.offsets, again.offsets) and not np.array_equal(first.offsets, other.offsets)


@pytest.mark.parametrize("precision", [torch.float32, torch.bfloat16])
def test_one_points_futures_alone_are_what_the_whole_gives(precision: torch.dtype) -> None:
    trace = record_cells(small_model(), Strokes(wavy_offsets(60)))
    whole = draw_futures(small_model(), trace, 50, 8, 0.5, 1, precision=precision)
    assert len(trace) * 50 > 2 * CHUNK_ROWS
    for point in (0, 33, 59):
        alone = draw_futures(small_model(), trace, 50, 8, 0.5, 1, [point], precision=precision)
        np.testing.assert_allclose(alone.offsets[0], whole.offsets[point], atol=1e-5)


def test_longer_futures_begin_as_shorter_ones_do() -> None:
    model, ink = small_model(), Strokes(wavy_offsets(20))
    short, long = sample_futures(model, ink, 10, 4), sample_futures(model, ink, 10, 30)
    np.testing.assert_allclose(long.offsets[:, :, :4], short.offsets, atol=1e-5)


def test_futures_are_what_the_model_itself_would_write() -> None:
    """The batched steps against the model's own, with the same random numbers."""
    model, ink = small_model(), Strokes(wavy_offsets(12))
    futures = draw_futures(model, record_cells(model, ink), 3, 6, 0.5, 4, [11], precision=torch.float32)
    random = noise((4, 11), 18).view(6, 3, 4)
    raw, state = model(torch.cat((torch.zeros(1, 1, 3), torch.from_numpy(ink.offsets.copy())[None]), dim=1))
    raw = raw[:, -1].expand(3, -1)
    state = type(state)(*(part.expand(3, -1).contiguous() for part in state))
    for step in range(6):
        offset = draw(raw, random[step], graves(0.5))
        np.testing.assert_allclose(futures.offsets[0, :, step], offset, atol=1e-5)
        raw, state = model(offset[:, None], state)
        raw = raw[:, 0]


def test_more_bias_narrows_the_futures() -> None:
    model, ink = small_model(), Strokes(wavy_offsets(20))
    wide, narrow = (spread(sample_futures(model, ink, 50, 4, bias=bias).ends).mean() for bias in (0.0, 3.0))
    assert narrow < 0.5 * wide


def test_progress_is_told_and_can_stop_the_work() -> None:
    told: list[float] = []

    def stop(share: float) -> None:
        told.append(share)
        if len(told) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        sample_futures(small_model(), Strokes(wavy_offsets(200)), 50, 2, progress=stop)
    assert 0 < told[0] < told[1] < 1


def test_no_ink_and_no_such_point_are_refused() -> None:
    with pytest.raises(ValueError, match="draw something first"):
        sample_futures(small_model(), Strokes(np.zeros((0, 3))))
    with pytest.raises(ValueError, match="points 0 to 19"):
        sample_futures(small_model(), STRAIGHT, points=[20])
    with pytest.raises(ValueError, match="at least one sample"):
        sample_futures(small_model(), STRAIGHT, n_samples=0)


def test_a_dot_has_futures() -> None:
    assert sample_futures(small_model(), Strokes(np.array([[0, 0, 1]])), 5, 3).offsets.shape == (1, 5, 3, 3)


@pytest.mark.parametrize("name", available_checkpoints())
def test_bfloat16_futures_are_the_same_in_distribution(name: str) -> None:
    """Ends, pen lifts and spread of bfloat16's futures differ from float32's by no more than float32's own do with another seed; and with the same
    random numbers (a far sharper test: what remains is rounding) by a small part of the spread."""
    model = load_checkpoint(name).model
    trace = record_cells(model, generate(model, [1], graves(0.5), 200)[0].strokes)
    points = range(0, len(trace), 10)

    def drawn(seed: int, precision: torch.dtype) -> Futures:
        return draw_futures(model, trace, 200, 8, 0.5, seed, points, precision=precision)

    def apart(one: Futures, other: Futures) -> np.ndarray:
        """Mean Kolmogorov-Smirnov distance of the ends' x and y, mean differences of lifts and of spread."""
        ks = [ks_2samp(one.ends[p, :, axis], other.ends[p, :, axis]).statistic for p in range(len(one.points)) for axis in (0, 1)]
        spreads = np.log(spread(one.ends) / spread(other.ends))
        return np.array([np.mean(ks), abs(one.lifted.mean() - other.lifted.mean()), abs(spreads.mean())])

    exact = [drawn(seed, torch.float32) for seed in range(3)]
    yardstick = np.max([apart(exact[i], exact[j]) for i, j in ((0, 1), (0, 2), (1, 2))], axis=0)
    rounded = drawn(7, torch.bfloat16)
    found = np.mean([apart(rounded, one) for one in exact], axis=0)
    assert (found <= 1.2 * yardstick + (0.003, 0.01, 0.02)).all(), (found, yardstick)
    paired = drawn(0, torch.bfloat16)
    assert abs(paired.ends.mean(axis=1) - exact[0].ends.mean(axis=1)).mean() < 0.02 * spread(exact[0].ends).mean()
    assert abs(paired.lifted.mean() - exact[0].lifted.mean()) < 0.005


# ---- Left and right


def test_a_future_that_bends_down_from_a_line_to_the_right_is_right_of_it() -> None:
    futures = made_up(4, [(1, 0.2, 0)] * 5, [(1, -0.2, 0)] * 5, [(1, 0, 0)] * 5, [(-1, 0, 0)] * 5)
    found = side_angles(futures, STRAIGHT)[0]
    angle = np.arctan(0.2)
    np.testing.assert_allclose(found, [angle, -angle, 0, np.pi], atol=1e-6)


def test_mirrored_ink_swaps_the_sides() -> None:
    offsets, flip = wavy_offsets(40), np.array([1, -1, 1], np.float32)
    futures = sample_futures(small_model(), Strokes(offsets), 20, 5)
    mirrored = Futures(futures.points, futures.offsets * flip)
    found, swapped = side_angles(futures, Strokes(offsets)), side_angles(mirrored, Strokes(offsets * flip))
    np.testing.assert_allclose(swapped, -found, atol=1e-4)
    assert (found[~np.isnan(found)] > 0).any() and (found[~np.isnan(found)] < 0).any()


def test_a_future_that_lifted_is_compared_where_it_lifted() -> None:
    """After one step the pen had gone straight on; what comes after its lift does not count."""
    futures = made_up(2, [(1, 1, 1), (1, -9, 0), (1, -9, 0)])
    assert futures.lengths.tolist() == [[1]] and futures.lifted.all()
    np.testing.assert_allclose(side_angles(futures, STRAIGHT), [[np.pi / 4]], atol=1e-6)
    np.testing.assert_allclose(futures.ends, [[[1, 1]]])


def test_there_is_no_side_where_the_ink_ends_or_nothing_moves() -> None:
    assert np.isnan(side_angles(made_up(17, [(1, 0, 0)] * 3), STRAIGHT)).all()
    assert not np.isnan(side_angles(made_up(16, [(1, 0, 0)] * 3), STRAIGHT)).any()
    assert np.isnan(side_angles(made_up(0, [(0, 0, 0)]), STRAIGHT)).all()
    assert np.isnan(side_angles(made_up(0, [(1, 0, 0)]), Strokes(np.zeros((9, 3))))).all()


# ---- Sure or lost


def test_two_ways_are_a_fork_and_one_is_none() -> None:
    rng = np.random.default_rng(0)
    one_way = rng.normal(0, 0.5, (50, 2))
    two_ways = one_way * 0.2 + np.where(np.arange(50)[:, None] < 20, (2.0, 2.0), (-1.0, 0.0))
    explained, share, gap = cut_in_two(np.stack((one_way, two_ways, np.zeros((50, 2)))))
    assert explained[0] < 0.75 and explained[1] > 0.95 and explained[2] == 0
    assert share[1] == pytest.approx(0.4) and gap[1] == pytest.approx(np.hypot(3, 2), rel=0.1) and gap[2] == 0
    line = np.stack([one_way] * 5 + [two_ways] * 2 + [one_way] * 10 + [two_ways])
    rows = np.arange(len(line))
    assert sorted(find_forks(rows, line, apart=4)) in ([5, 17], [6, 17])
    assert len(find_forks(rows, line, apart=20)) == 1 and len(find_forks(5 * rows, line, apart=4)) == 3, "apart counts points, and not rows"
    assert len(find_forks(rows, line[:, :1])) == 0


def test_the_clearest_fork_comes_first() -> None:
    """Two ways of 25 futures each, twice as far apart at the later point."""
    ways = np.where(np.arange(50)[:, None] < 25, (1.0, 0.0), (-1.0, 0.0)) + np.random.default_rng(0).normal(0, 0.05, (50, 2))
    assert find_forks(np.array([3, 30]), np.stack((ways, 2 * ways))).tolist() == [30, 3]


def test_two_ways_that_end_close_together_are_no_fork() -> None:
    """Clearly two, and equally many, but nobody would see them."""
    ends = np.random.default_rng(0).normal(0, 0.005, (3, 50, 2)) + np.where(np.arange(50)[:, None] < 25, (0.2, 0.0), (-0.1, 0.0))
    explained, _, gap = cut_in_two(ends)
    assert (explained > 0.95).all() and gap.max() < 0.35
    points = np.arange(3)
    assert len(find_forks(points, ends)) == 0 and len(find_forks(points, 3 * ends)) == 1


def test_the_entropy_of_one_gaussian_is_the_textbooks() -> None:
    """log(2 pi e) + log sigma x + log sigma y of the place, and nothing of a pen that never lifts."""
    model = small_model(cells=4, components=2)
    raw = torch.zeros(output_size(2))
    raw[0], raw[1], raw[7:11] = -30, 40, -1.0
    model.output.weight.zero_()
    model.output.bias.copy_(raw)
    found = next_step_entropy(model, np.zeros((3, 4), np.float32))
    np.testing.assert_allclose(found, np.log(2 * np.pi * np.e) - 2, atol=0.3)
    assert np.ptp(found) == 0


def test_certainty_lines_up_with_the_points() -> None:
    model, ink = small_model(), Strokes(wavy_offsets(30))
    trace = record_cells(model, ink)
    futures = sample_futures(model, ink, 20, 4, points=range(0, 30, 2))
    found = certainty(model, ink, trace, futures)
    assert all(len(getattr(found, name)) == 15 for name in ("points", "spread", "entropy", "lifts", "surprise"))
    assert not np.isnan(found.surprise).any()
    last = certainty(model, ink, trace, sample_futures(model, ink, 5, 2, points=[29]))
    assert np.isnan(last.surprise).all() and np.isfinite(last.entropy).all()


# ---- Told what the ink says


def test_futures_of_a_told_network_are_what_it_would_write() -> None:
    """The batched steps against the network's own, at two points with windows of their own."""
    model, ink = small_text_model(), Strokes(wavy_offsets(30))
    trace, window = record_told(model, ink, "cab cab")
    futures = draw_futures(model, trace, 3, 6, 0.5, 4, [7, 29], precision=torch.float32, window=window)
    for row, point in enumerate((7, 29)):
        random, text = noise((4, point), 18).view(6, 3, 4), model.text(["cab cab"] * 3)
        inputs = torch.cat((torch.zeros(1, 1, 3), torch.from_numpy(ink.offsets[: point + 1].copy())[None]), dim=1)
        raw, state = model(inputs.expand(3, -1, -1), text)
        for step in range(6):
            offset = draw(raw[:, -1], random[step], graves(0.5))
            np.testing.assert_allclose(futures.offsets[row, :, step], offset, atol=1e-4)
            raw, state = model(offset[:, None], text, state)


def test_another_text_gives_other_futures_and_another_next_step() -> None:
    model, ink = small_text_model(), Strokes(wavy_offsets(30))
    model.output.weight[:, 8:] *= 10  # the window counts
    read = [record_told(model, ink, text) for text in ("cab cab", "abc abc")]
    one, other = (draw_futures(model, trace, 20, 4, 0.5, 0, window=window) for trace, window in read)
    assert np.abs(one.offsets - other.offsets).max() > 0.1
    pis = [next_step(model, trace, 20, graves(0.5), window=window).pi for trace, window in read]
    assert np.abs(pis[0] - pis[1]).max() > 1e-3


def test_certainty_of_a_told_network_counts_what_came_but_not_the_way_to_another_line() -> None:
    model, lines = small_text_model(), [Strokes(wavy_offsets(steps, steps)) for steps in (20, 15)]
    ink = page_of(lines)
    trace, window = record_told(model, ink, "abc\ncab")
    futures = draw_futures(model, trace, 5, 3, 0.5, 0, window=window)
    found = certainty(model, ink, trace, futures, window=window)
    (way,) = np.flatnonzero(np.diff(window.line))
    assert np.flatnonzero(np.isnan(found.surprise)).tolist() == [way, len(ink) - 1]
    first = told_nats(model, [ink.offsets[lines_on(ink, 2)[0]]], ["abc"])[0].sum(axis=1)
    np.testing.assert_allclose(found.surprise[: len(first) - 1], first[1:], atol=1e-4)


# ---- Branches


def test_branches_are_the_ways_that_were_put_in() -> None:
    rng = np.random.default_rng(0)
    ways = [[(1, 0.5, 0)] * 10] * 20 + [[(1, -0.5, 0)] * 9 + [(1, -0.5, 1)]] * 12
    futures = made_up(3, *ways)
    futures.offsets[..., :2] += rng.normal(0, 0.02, futures.offsets[..., :2].shape).astype(np.float32)
    fan = group(futures)
    assert fan.label.tolist() == [0] * 20 + [1] * 12
    first, second = fan.branches
    assert (first.share, first.lifts) == (20 / 32, 0) and (second.share, second.lifts) == (12 / 32, 1)
    assert first.typical < 20 <= second.typical


def test_futures_that_go_one_way_are_one_branch() -> None:
    rng = np.random.default_rng(1)
    offsets = np.concatenate((rng.normal((1, 0), 0.3, (1, 50, 10, 2)), np.zeros((1, 50, 10, 1))), axis=-1).astype(np.float32)
    futures = Futures(np.array([3]), offsets)
    assert len(group(futures).branches) == 1


@pytest.mark.parametrize(("stragglers", "branches"), [(2, 1), (5, 2)])
def test_a_few_stragglers_are_no_branch(stragglers: int, branches: int) -> None:
    ways = [[(1, 0.5, 0)] * 10] * (50 - stragglers) + [[(1, -0.5, 0)] * 10] * stragglers
    futures = made_up(3, *ways)
    futures.offsets[..., :2] += np.random.default_rng(0).normal(0, 0.02, futures.offsets[..., :2].shape).astype(np.float32)
    assert len(group(futures).branches) == branches


@pytest.mark.parametrize("samples", [1, 2, 10])
def test_equal_futures_are_one_branch(samples: int) -> None:
    futures = made_up(3, *[[(0, 0, 1)] * 4] * samples)
    fan = group(futures)
    assert len(fan.branches) == 1 and fan.branches[0].lifts == 1


def test_a_lifted_future_stays_where_it_lifted() -> None:
    marks = marks_along(made_up(0, [(1, 0, 0), (1, 0, 1), (1, 0, 0), (1, 0, 0)]))
    assert marks[0, 0].tolist() == [1, 0] and marks[0, -1].tolist() == [2, 0]


def test_the_next_steps_density_adds_up_to_one() -> None:
    model = small_model()
    trace = record_cells(model, STRAIGHT)
    wide, narrow = (next_step(model, trace, 7, law) for law in (Sharpness(), graves(2)))
    for found in (wide, narrow):
        assert found.density.sum() * (found.size / 95) ** 2 == pytest.approx(1, abs=0.12)
        assert found.pi.sum() == pytest.approx(1, abs=1e-5) and 0 < found.pen_up < 1
    assert narrow.sigma.max() < wide.sigma.max()
