"""How far ink is from what a network learnt from."""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from hwmodel import domain
from hwmodel.data.lines import Lines, save_lines
from hwmodel.ink.strokes import Strokes
from hwmodel.network.checkpoint import load_checkpoint, save_checkpoint
from hwmodel.network.familiarity import LENGTHS, Measures, Ranges, judge, load_ranges, measure, measure_lines
from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.network.shipped import CheckpointError, available_checkpoints
from tests.support.lines import wavy_offsets

SPAN = {"step": [0.3, 0.4, 0.5, 0.6, 0.7], "lifts": [0.5, 1.0, 2.0, 5.0, 7.0], "nats": [-3.0, -2.5, -2.0, -1.0, 0.0]}
RANGES = Ranges("f", "100 lines", {"20": SPAN, "100": SPAN})


def test_the_measures_are_what_they_say() -> None:
    offsets = np.array([[3, 4, 0], [0, 1, 1], [100, 0, 0], [0, 2, 1]], np.float32)  # the third is a way through the air
    measures = measure(Strokes(offsets), np.full((4, 2), 0.5))
    assert measures == Measures(step=2.0, lifts=50.0, nats=1.0)


def test_ink_like_the_lines_is_said_to_be() -> None:
    verdict = judge(Measures(0.5, 2.0, -2.0), 150, RANGES)
    assert verdict.level == 0 and verdict.sentence == "This ink looks like what the network learnt from."
    assert [row[1] for row in verdict.rows] == ["0.50", "2.00", "−2.00"]


@pytest.mark.parametrize(
    ("measures", "level", "words"),
    [
        (
            Measures(0.35, 2.0, -2.0),
            1,
            "a little unlike what the network learnt from: its steps are shorter (0.35; nine in ten lines have 0.40",
        ),
        (Measures(0.9, 2.0, -2.0), 2, "is unlike what the network learnt from: its steps are longer"),
        (Measures(0.5, 0.0, -2.0), 2, "the pen lifts less often"),
        (Measures(0.5, 6.0, -2.0), 1, "the pen lifts more often"),
        (Measures(0.5, 2.0, -4.0), 2, "it is easier to predict"),
        (Measures(0.5, 2.0, -0.5), 1, "it surprises the network more"),
    ],
)
def test_each_oddity_is_named_with_its_numbers(measures: Measures, level: int, words: str) -> None:
    verdict = judge(measures, 150, RANGES)
    assert verdict.level == level and words in verdict.sentence


def test_short_ink_is_compared_with_the_beginnings_of_lines() -> None:
    longer = {"step": [9.0] * 5, "lifts": [9.0] * 5, "nats": [9.0] * 5}
    ranges = Ranges("f", "lines", {"20": SPAN, "100": longer})
    assert ranges.of(99) == SPAN and ranges.of(100) == longer


def test_too_little_ink_is_not_judged() -> None:
    verdict = judge(Measures(0.5, 2.0, -2.0), 19, RANGES)
    assert verdict.level == -1 and "Too little ink" in verdict.sentence and verdict.rows == []


def test_the_lines_themselves_are_ordinary() -> None:
    """Nine in ten lie within the 5th and 95th percentile of each measure, by construction."""
    lines = [Strokes(wavy_offsets(120, seed)) for seed in range(100)]
    nats = [np.random.default_rng(seed).normal(-1, 0.1, (120, 2)) for seed in range(100)]
    first_steps = measure_lines(lines, nats)
    assert list(first_steps) == [str(length) for length in LENGTHS if length <= 120]
    nats_of = [measure(line.first(100), cost[:100]).nats for line, cost in zip(lines, nats, strict=True)]
    low, high = first_steps["100"]["nats"][1], first_steps["100"]["nats"][3]
    assert np.mean([low <= value <= high for value in nats_of]) == pytest.approx(0.9, abs=0.03)


def test_the_command_measures_lines_and_keeps_their_ranges(tmp_path: Path) -> None:
    path = tmp_path / "small.safetensors"
    save_checkpoint(path, HandwritingModel(ModelConfig(cells=8, components=3)), {})
    lines = [wavy_offsets(60, seed) for seed in range(60)]
    xy = [np.rint(np.r_[[[0, 0]], line[:, :2].cumsum(axis=0)] * 40).astype(np.int16) for line in lines]
    lifts = [np.r_[0, line[:, 2]].astype(np.uint8) for line in lines]
    names, split, texts = np.array(["a"] * 60), np.array(["validation"] * 60), np.array([""] * 60)
    save_lines(tmp_path / "lines.npz", Lines(names, split, np.array([len(one) for one in xy]), np.concatenate(xy), np.concatenate(lifts), texts))
    assert domain.main([str(path), "--lines", str(tmp_path / "lines.npz")]) == 0
    ranges = load_ranges("small", load_checkpoint(str(path)).fingerprint, tmp_path)
    assert ranges is not None and ranges.lines == "60 validation lines of lines.npz"
    assert ranges.of(60) is not None


def test_the_command_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert domain.main(["unipen", "--lines", "nowhere.npz"]) == 2
    assert "nowhere.npz" in capsys.readouterr().err


def test_a_checkpoint_without_ranges_has_none(tmp_path: Path) -> None:
    assert load_ranges("unipen", "f", tmp_path) is None


def kept(folder: Path, **changes: object) -> Path:
    """RANGES beside a checkpoint named small, with other values here and there."""
    (folder / "small.domain.json").write_text(json.dumps(asdict(RANGES) | changes), "utf-8")
    return folder


def test_ranges_come_back_as_they_were_kept(tmp_path: Path) -> None:
    assert load_ranges("small", "f", kept(tmp_path)) == RANGES


def test_ranges_of_other_weights_are_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"other weights \(f, not new\); .*python -m hwmodel.domain small --lines"):
        load_ranges("small", "new", kept(tmp_path))


@pytest.mark.parametrize(
    "changes",
    [
        {"first_steps": {"20": {"step": [1, 2, 3, 4, 5]}}},
        {"first_steps": {"soon": SPAN}},
        {"first_steps": {"20": SPAN | {"nats": [1, 2, 3]}}},
        {"first_steps": {"20": SPAN | {"nats": [3, 2, 1, 0, -1]}}},
        {"first_steps": {"20": SPAN | {"nats": [0, 0, 0, 0, float("nan")]}}},
        {"first_steps": {"20": SPAN | {"nats": ["a", "b", "c", "d", "e"]}}},
        {"first_steps": {"20": SPAN | {"nats": None}}},
        {"first_steps": {"20": 3}},
        {"first_steps": [SPAN]},
        {"more": 1},
    ],
    ids=str,
)
def test_broken_ranges_are_refused_with_what_to_do(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(CheckpointError, match=r"small.domain.json .*python -m hwmodel.domain small --lines"):
        load_ranges("small", "f", kept(tmp_path, **changes))


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"3", b"\xff\xfe"])
def test_a_file_that_holds_no_ranges_is_refused_with_what_to_do(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "small.domain.json").write_bytes(text)
    with pytest.raises(CheckpointError, match=r"small.domain.json .*python -m hwmodel.domain small --lines"):
        load_ranges("small", "f", tmp_path)


@pytest.mark.parametrize("name", available_checkpoints())
def test_the_shipped_ranges_belong_to_the_shipped_weights(name: str) -> None:
    """After new weights: python -m hwmodel.domain NAME --lines FILE.npz"""
    ranges = load_ranges(name, load_checkpoint(name).fingerprint)
    assert ranges is not None
    assert list(ranges.first_steps) == [str(length) for length in LENGTHS]
    assert json.dumps(ranges.first_steps).count("NaN") == 0
