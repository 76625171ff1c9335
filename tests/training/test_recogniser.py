"""Reading: the recogniser and its training."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from hwmodel.data.batches import BatchConfig
from hwmodel.data.lines import Lines, save_lines
from hwmodel.evaluate import main as evaluate
from hwmodel.ink.path_features import FEATURES, path_features
from hwmodel.ink.strokes import Strokes
from hwmodel.network.checkpoint import load_checkpoint, save_checkpoint
from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.network.shipped import CheckpointError, Kind, available_checkpoints, judging_recogniser, ranking_recogniser
from hwmodel.training.recogniser import Recogniser, RecogniserConfig, load_recogniser, read_lines, stack, text_nats
from hwmodel.training.recogniser_card import ship_recogniser
from hwmodel.training.recogniser_trainer import readable, recogniser_job, vary, written
from hwmodel.training.run import RunFolder, train
from hwmodel.training.trainer import TrainConfig
from tests.support.lines import wavy_offsets

SMALL = RecogniserConfig("ab", channels=8, units=8)
CPU = torch.device("cpu")


@pytest.fixture
def recogniser() -> Recogniser:
    torch.manual_seed(0)
    return Recogniser(SMALL).eval().requires_grad_(False)


def hooks_and_loops(count: int) -> Lines:
    """Lines whose text says what they look like: a is a zigzag, b a loop, with a lift after each."""
    rng = np.random.default_rng(0)
    texts = ["".join(rng.choice(list("ab"), rng.integers(3, 6))) for _ in range(count)]
    turn = np.linspace(0, 2 * np.pi, 25)[1:]
    shapes = {
        "a": np.stack((np.full(24, 4.0), np.where(np.arange(24) % 12 < 6, 30.0, -30.0)), axis=1),
        "b": np.stack((4 + 18 * np.cos(turn), 18 * np.sin(turn)), axis=1),
    }
    points = [np.concatenate(([[0, 0]], np.concatenate([shapes[c] for c in text]).cumsum(axis=0))).round() for text in texts]
    lifts = [np.concatenate(([0], np.tile([0] * 23 + [1], len(text)))) for text in texts]
    return Lines(
        names=np.array([f"line-{i}" for i in range(count)]),
        split=np.where(np.arange(count) % 5 == 4, "validation", "train"),
        lengths=np.array([len(p) for p in points], np.int32),
        xy=np.concatenate(points).astype(np.int16),
        pen_up=np.concatenate(lifts).astype(np.uint8),
        texts=np.array(texts),
    )


def test_a_recogniser_learns_to_read_and_its_checkpoint_loads(tmp_path: Path) -> None:
    save_lines(tmp_path / "lines.npz", hooks_and_loops(200))
    config = TrainConfig(steps=200, lr=0.01, warmup=5, evaluate_every=100, sheet_every=200, average=0.8, batch=BatchConfig(rows=16, groups=1))
    folder, larger = RunFolder(tmp_path / "run"), RecogniserConfig("ab", channels=16, units=16)
    best = train(
        recogniser_job([str(tmp_path / "lines.npz")], folder.path, config, CPU, model_config=larger),
        folder,
        config,
    )
    assert folder.read_curve()[-1]["averaged"] < 0.1
    assert "read: " in (folder.path / "samples-000200.svg").read_text("utf-8")
    reader = load_recogniser(str(best))
    lines, texts = written([hooks_and_loops(200)], "ab", 40)
    assert np.mean([found == text for found, text in zip(read_lines(reader, lines), texts, strict=True)]) > 0.7
    other = ["".join("b" if c == "a" else "a" for c in text) for text in texts]
    assert (text_nats(reader, lines, texts) < text_nats(reader, lines, other)).all()


def test_a_line_is_read_alone_as_in_company(recogniser: Recogniser) -> None:
    features = [path_features(Strokes(wavy_offsets(steps, steps))) for steps in (90, 40, 200)]
    together, frames = recogniser(*stack(features))
    for row, each in enumerate(features):
        alone, count = recogniser(*stack([each]))
        assert count[0] == frames[row] == -(-len(each) // 4)
        torch.testing.assert_close(together[row, : frames[row]], alone[0], atol=1e-5, rtol=1e-4)


def test_it_looks_both_ways(recogniser: Recogniser) -> None:
    features, lengths = stack([path_features(Strokes(wavy_offsets(16, 0)))])
    plain, _ = recogniser(features, lengths)
    for place, frame in ((0, -1), (-1, 0)):
        changed = features.clone()
        changed[0, place] += 1
        assert not torch.equal(recogniser(changed, lengths)[0][0, frame], plain[0, frame])


def test_ink_without_a_movement_reads_as_something_or_nothing(recogniser: Recogniser) -> None:
    (found,) = read_lines(recogniser, [Strokes(np.array([[0, 0, 1]]))])
    assert set(found) <= set("ab")


def test_a_text_that_the_ink_is_too_short_for_is_impossible(recogniser: Recogniser) -> None:
    nats = text_nats(recogniser, [Strokes(wavy_offsets(100, 0))] * 2, ["ab", "ab" * 200])
    assert np.isfinite(nats[0]) and nats[1] == np.inf


def test_varied_features_keep_their_form() -> None:
    features = path_features(Strokes(wavy_offsets(100, 1)))
    varied = vary(features, BatchConfig(scale=0.2, aspect=0.2, slant=0.3), np.random.default_rng(0))
    jumps = features[:, 5] == 1
    np.testing.assert_allclose(np.hypot(*varied[~jumps, :2].T), 1, atol=1e-5)
    assert varied.dtype == np.float32 and not np.allclose(varied, features) and not varied[jumps, :2].any()
    np.testing.assert_allclose(vary(features, BatchConfig(scale=0, aspect=0, slant=0), np.random.default_rng(0)), features, atol=1e-6)


def test_lines_with_a_character_it_does_not_know_are_left_out() -> None:
    lines = hooks_and_loops(20)
    texts = lines.texts.astype("<U9")
    texts[0] = "abcab"
    assert 0 in readable(lines, "train", "ab") and 0 not in readable(replace(lines, texts=texts), "train", "ab")


def test_a_recogniser_does_not_start_from_another_network(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="begins with random weights, not with iam"):
        recogniser_job([], tmp_path, TrainConfig(), CPU, "iam")


def test_kinds_of_checkpoints_are_told_apart(tmp_path: Path, recogniser: Recogniser) -> None:
    save_checkpoint(tmp_path / "reader.safetensors", recogniser, {}, torch.float16)
    save_checkpoint(tmp_path / "free.safetensors", HandwritingModel(ModelConfig(cells=8, components=2)), {})
    assert available_checkpoints(tmp_path) == ["free"] and available_checkpoints(tmp_path, Kind.RECOGNISER) == ["reader"]
    assert (ranking_recogniser(tmp_path), judging_recogniser(tmp_path)) == ("reader", None)
    torch.testing.assert_close(load_recogniser("reader", tmp_path).output.weight, recogniser.output.weight, atol=1e-3, rtol=1e-3)
    with pytest.raises(CheckpointError, match=r"free\.safetensors is no recogniser"):
        load_recogniser("free", tmp_path)
    with pytest.raises(CheckpointError, match=r"reader\.safetensors has a configuration that cannot be read"):
        load_checkpoint("reader", tmp_path)


@pytest.mark.parametrize("wrong", [{"alphabet": ""}, {"alphabet": "aa"}, {"channels": 0}])
def test_an_odd_configuration_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a recogniser needs an alphabet"):
        RecogniserConfig(**wrong)  # type: ignore[arg-type]


def test_features_are_as_many_as_the_network_reads(recogniser: Recogniser) -> None:
    assert recogniser.convolutions[0].in_channels == FEATURES


def test_a_shipped_recogniser_reads_as_its_card_says(tmp_path: Path, recogniser: Recogniser, capsys: pytest.CaptureFixture[str]) -> None:
    run, lines, shipped = tmp_path / "run", tmp_path / "lines.npz", tmp_path / "shipped"
    save_lines(lines, replace(hooks_and_loops(60), collection="IAM-OnDB"))
    about = {"lines": ["lines.npz"], "collections": ["IAM-OnDB"], "step": 7, "train": {"steps": 7, "batch": {"rows": 2}}}
    save_checkpoint(run / "best.safetensors", recogniser, about)
    (run / "curve.jsonl").write_text('{"step": 1, "train": 2.0, "averaged": 0.9}\n{"step": 7, "train": 1.0, "averaged": 0.5}\n', "utf-8")
    shipped.mkdir()
    ship_recogniser("reader", run, [str(lines)], "Untrained.", shipped)
    assert evaluate(["--model", str(shipped / "reader.safetensors"), "--lines", str(lines), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    card = (shipped / "reader.md").read_text("utf-8")
    assert f"| IAM-OnDB validation | 12 | **{figures['characters_wrong']:.1%}** |" in card
    assert "Licence of these weights: research use." in card and "Untrained." in card
    assert (shipped / "reader.safetensors").stat().st_size < 0.7 * (run / "best.safetensors").stat().st_size
