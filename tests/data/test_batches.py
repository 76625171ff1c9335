from dataclasses import replace
from itertools import islice

import numpy as np

from hwmodel.data.batches import BatchConfig, Piece, augment, cut, like_lengths, line_weights, pieces
from hwmodel.ink.units import WHITEBOARD_UNITS
from tests.support.lines import made_up_lines, wavy_offsets

PLAIN = BatchConfig(rows=3, piece=20, groups=2, scale=0, aspect=0, slant=0, rounding=0)
DICE = np.random.default_rng(0)


def lines_of(group: list[Piece]) -> list[np.ndarray]:
    """The lines (T, 3) that the pieces of one group hold, padding left out."""
    targets, weight = (np.concatenate([getattr(piece, name) for piece in group], axis=1) for name in ("targets", "weight"))
    return [row[w > 0] for row, w in zip(targets, weight, strict=True)]


def test_every_step_of_every_line_counts_once() -> None:
    lines = [wavy_offsets(steps, seed) for seed, steps in enumerate((70, 33, 64))]
    cut_up = list(cut(0, lines, PLAIN, DICE))
    assert sum(piece.weight.sum() for piece in cut_up) == 70 + 33 + 64
    for line, found in zip(lines, lines_of(cut_up), strict=True):
        assert np.array_equal(line, found)


def test_padding_has_no_weight_and_stands_at_the_end() -> None:
    short, long = wavy_offsets(5, 0), wavy_offsets(40, 1)
    first, second = cut(0, [short, long], PLAIN, DICE)
    assert first.weight[0].tolist() == [1] * 5 + [0] * 15 and first.weight[1].all()
    assert not second.weight[0].any() and not second.targets[0].any()


def test_each_input_is_the_offset_before_its_target() -> None:
    lines = [wavy_offsets(steps, seed) for seed, steps in enumerate((50, 50))]
    inputs = np.concatenate([piece.inputs for piece in cut(0, lines, PLAIN, DICE)], axis=1)
    assert not inputs[:, 0].any()
    assert np.array_equal(inputs[:, 1:], np.stack(lines)[:, :-1])


def test_targets_are_spread_over_the_unit_they_were_rounded_to_and_nothing_else_is() -> None:
    short, long = wavy_offsets(300, 0), wavy_offsets(900, 1)
    config = replace(PLAIN, rounding=0.5)
    plain, spread = (next(cut(0, [short, long], replace(c, piece=900), np.random.default_rng(0))) for c in (PLAIN, config))
    moved = (spread.targets - plain.targets) * WHITEBOARD_UNITS
    assert np.abs(moved).max() <= 0.5 + 1e-3 and abs(moved[1, :, :2].std() - 12**-0.5) < 0.01 and abs(moved.mean()) < 0.01
    assert not moved[..., 2].any() and not moved[0, 300:].any()
    assert np.array_equal(plain.inputs, spread.inputs)


def test_pieces_are_of_like_length_and_near_the_wanted_one() -> None:
    for steps in (1, 15, 29, 31, 64, 200):
        lengths = [piece.inputs.shape[1] for piece in cut(0, [wavy_offsets(steps)], PLAIN, DICE)]
        assert sum(lengths) == steps and max(lengths) - min(lengths) <= 1 and max(lengths) < 1.5 * PLAIN.piece


def test_the_pieces_of_a_group_go_on_from_one_another() -> None:
    """Between a piece that is first and the next one that is, a group's pieces must join to whole lines: the carried state depends on it."""
    lines = made_up_lines()
    known = {lines.offsets(i).tobytes() for i in range(len(lines))}
    stream = pieces([(lines, np.arange(len(lines)))], PLAIN, np.random.default_rng(0))
    open_groups: dict[int, list[Piece]] = {}
    whole = 0
    for number, piece in enumerate(islice(stream, 400)):
        assert piece.group == number % PLAIN.groups
        if piece.first and piece.group in open_groups:
            for line in lines_of(open_groups.pop(piece.group)):
                assert line.tobytes() in known
                whole += 1
        assert piece.first or piece.group in open_groups
        open_groups.setdefault(piece.group, []).append(piece)
    assert whole > 100


def test_same_seed_gives_the_same_pieces_and_another_does_not() -> None:
    lines = made_up_lines()

    def first(seed: int) -> np.ndarray:
        return next(pieces([(lines, lines.choose("train"))], BatchConfig(rows=3, piece=20), np.random.default_rng(seed))).targets

    assert np.array_equal(first(1), first(1))
    assert not np.array_equal(first(1), first(2))


def test_only_the_chosen_lines_are_drawn() -> None:
    lines = made_up_lines()
    chosen = lines.choose("train")
    drawn = [int(i) for group in like_lengths([(lines, chosen)], PLAIN, np.random.default_rng(0)) for _, i in group]
    assert set(drawn) <= set(chosen) and len(set(drawn)) > 0.6 * len(chosen)


def test_files_are_drawn_from_by_their_number_of_lines() -> None:
    many, few = made_up_lines(60), made_up_lines(20)
    groups = like_lengths([(many, np.arange(60)), (few, np.arange(20))], PLAIN, np.random.default_rng(0), groups=400)
    share = np.mean([lines is few for group in groups for lines, _ in group])
    assert abs(share - 0.25) < 0.04


def test_lines_side_by_side_are_about_equally_long() -> None:
    lines = made_up_lines(200)
    groups = like_lengths([(lines, np.arange(200))], PLAIN, np.random.default_rng(0))
    spread = np.mean([np.ptp([len(line) for line in group]) for group in groups])
    assert spread < 0.2 * np.ptp(lines.lengths)


def test_a_writer_counts_for_less_than_their_number_of_lines() -> None:
    lines = replace(made_up_lines(20), writers=np.array(["much"] * 16 + ["little"] * 4))
    weight = line_weights(lines, np.arange(20))
    assert np.isclose(weight.sum(), 1)
    assert np.isclose(weight[:16].sum() / weight[16:].sum(), 2)  # the root of four times as many lines
    assert np.allclose(line_weights(replace(lines, writers=None), np.arange(20)), 1 / 20)


def test_lines_with_more_pen_lifts_are_drawn_more_often_where_that_is_asked_for() -> None:
    lines = made_up_lines(20)
    weight = line_weights(replace(lines, writers=None), np.arange(20), lifts=1.0)
    lifts = np.array([lines.offsets(i)[:, 2].sum() / len(lines.offsets(i)) for i in range(20)])
    assert np.allclose(weight, lifts / lifts.sum()) and np.ptp(weight) > 0


def test_augmentation_keeps_pen_bits_and_stays_mild() -> None:
    offsets = wavy_offsets(200)
    rng = np.random.default_rng(0)
    for _ in range(20):
        other = augment(offsets, BatchConfig(), rng)
        assert other.shape == offsets.shape and other.dtype == np.float32
        assert np.array_equal(other[:, 2], offsets[:, 2])
        assert 0.85 < np.std(other[:, 1]) / np.std(offsets[:, 1]) < 1.18
        assert not np.array_equal(other, offsets)


def test_no_augmentation_is_no_change() -> None:
    offsets = wavy_offsets(50)
    assert np.array_equal(augment(offsets, PLAIN, np.random.default_rng(0)), offsets)
