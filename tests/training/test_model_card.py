"""Shipping a run with its card."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hwmodel.card import main
from hwmodel.data.collections import IAM, UNIPEN, collection_of
from hwmodel.data.lines import Lines, load_lines, save_lines
from hwmodel.evaluate import main as evaluate
from hwmodel.network.checkpoint import load_checkpoint, save_checkpoint
from hwmodel.network.familiarity import load_ranges
from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.training.shipping import ship
from tests.support.lines import made_up_lines


def lines_of(collection: str) -> Lines:
    lines = made_up_lines(24)
    lines.split[::5] = "test"
    return replace(lines, collection=collection, licence="as you like" if collection == "My hand" else "")


def run_of(folder: Path, lines: str = "UNIPEN.npz", **about: object) -> tuple[Path, list[str]]:
    """A run as training leaves it, of an untrained model, and lines files of three collections."""
    files = []
    for collection in ("IAM-OnDB", "UNIPEN", "My hand"):
        files.append(str(folder / f"{collection}.npz"))
        save_lines(files[-1], lines_of(collection))
    run = folder / "run"
    about = {"lines": [lines], "step": 7, "validation": {}, "train": {"steps": 7, "lr": 0.1, "batch": {"rows": 2}}, **about}
    save_checkpoint(run / "best.safetensors", HandwritingModel(ModelConfig(cells=8)), about)
    (run / "curve.jsonl").write_text("".join(json.dumps({"step": s, "train": 3.0 - s, "averaged": 2.0 - s}) + "\n" for s in range(3)), "utf-8")
    return run, files


def test_a_card_gives_the_figures_that_its_commands_give(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run, files = run_of(tmp_path)
    ship("small", run, files, "Stopped once.", tmp_path / "shipped")
    card = (tmp_path / "shipped" / "small.md").read_text("utf-8")
    shipped = str(tmp_path / "shipped" / "small.safetensors")
    evaluate(["--model", shipped, "--lines", files[1], "--split", "test", "--kind", "written", "--json"])
    figures = json.loads(capsys.readouterr().out)
    row = next(row for row in card.splitlines() if row.startswith("| UNIPEN test written |"))
    assert f"{figures['steps']:,}" in row
    assert f"**{figures['nats_per_step']:.3f}**" in row


def test_a_card_names_the_licence_of_what_was_learned_from_and_of_nothing_else(tmp_path: Path) -> None:
    run, files = run_of(tmp_path)
    ship("small", run, files, "Stopped once.", tmp_path / "shipped")
    card = (tmp_path / "shipped" / "small.md").read_text("utf-8")
    assert "weights: CC BY 4.0.**" in card and "Stopped once." in card
    assert "research use.**" not in card
    assert load_checkpoint(str(tmp_path / "shipped" / "small.safetensors")).about["step"] == 7


def test_a_lines_file_may_have_been_renamed_since(tmp_path: Path) -> None:
    run, files = run_of(tmp_path, "what-it-was-called.npz", collections=["UNIPEN"])
    ship("small", run, files, "", tmp_path)
    assert "weights: CC BY 4.0.**" in (tmp_path / "small.md").read_text("utf-8")


def test_a_third_collection_ships_with_what_its_lines_file_says(tmp_path: Path) -> None:
    run, files = run_of(tmp_path, "My hand.npz", collections=["My hand"])
    ship("small", run, files[2:], "", tmp_path)
    card = (tmp_path / "small.md").read_text("utf-8")
    assert "**My hand**" in card and "weights: as you like.**" in card and "| My hand test written |" in card


def test_lines_that_the_run_never_saw_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    run, files = run_of(tmp_path, "gone.npz", collections=["Gone"])
    with pytest.raises(ValueError, match=r"trained on Gone, and none of that is in IAM-OnDB.npz; name its file with --lines"):
        ship("small", run, files[:1], "", tmp_path / "shipped")
    assert not (tmp_path / "shipped").exists()


def test_one_call_makes_the_ranges_too_and_says_why_there_is_no_map(tmp_path: Path) -> None:
    run, files = run_of(tmp_path)
    told = ship("small", run, files, "", tmp_path)
    assert load_ranges("small", load_checkpoint("small", tmp_path).fingerprint, tmp_path) is not None
    assert told[-1].startswith("no cell map: a cell map needs 90 lines, but there are")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"collection": "UNIPEN"}, UNIPEN),
        ({}, UNIPEN),  # it has writers and kinds
        ({"writers": None, "kind": None, "names": np.array([f"a01-{i:03d}u-01" for i in range(24)])}, IAM),
    ],
    ids=["said", "writers", "names"],
)
def test_a_lines_file_is_known_by_what_it_says_or_by_what_it_holds(changes: dict[str, object], expected: object) -> None:
    assert collection_of(replace(made_up_lines(24), **changes), "any") == expected  # type: ignore[arg-type]


def test_collection_and_licence_come_back_from_a_lines_file(tmp_path: Path) -> None:
    save_lines(tmp_path / "mine.npz", lines_of("My hand"))
    again = load_lines(tmp_path / "mine.npz")
    assert (again.collection, again.licence) == ("My hand", "as you like")
    unknown = replace(made_up_lines(24), writers=None, kind=None)
    assert collection_of(unknown, "mine").name == "mine" and collection_of(unknown, "mine").licence == "not stated"


def test_a_run_without_weights_is_refused_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["small"])
    assert main(["small", "--run", str(tmp_path), "--lines", "a.npz", "--note", ""]) == 2
    assert "best.safetensors" in capsys.readouterr().err
