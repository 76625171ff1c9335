"""Shipping a run with its card."""

import json

import pytest

from hwmodel.card import main, ship
from hwmodel.data.lines import save_lines
from hwmodel.evaluate import main as evaluate
from hwmodel.network.checkpoint import load_checkpoint, save_checkpoint
from hwmodel.network.model import HandwritingModel, ModelConfig
from tests.conftest import made_up_lines


def run_of(tmp_path):
    """A run as training leaves it, of an untrained model, and two lines files."""
    lines = made_up_lines(24)
    lines.split[::5] = "test"
    files = {}
    for collection in ("IAM-OnDB", "UNIPEN"):
        files[collection] = str(tmp_path / f"{collection}.npz")
        save_lines(files[collection], lines)
    run = tmp_path / "run"
    about = {"lines": ["UNIPEN.npz"], "step": 7, "validation": {}, "train": {"steps": 7, "lr": 0.1, "batch": {"rows": 2}}}
    save_checkpoint(run / "best.safetensors", HandwritingModel(ModelConfig(cells=8)), about)
    (run / "curve.jsonl").write_text("".join(json.dumps({"step": s, "train": 3.0 - s, "averaged": 2.0 - s}) + "\n" for s in range(3)))
    return run, files


def test_a_card_gives_the_figures_that_its_commands_give(tmp_path, capsys):
    run, files = run_of(tmp_path)
    ship("small", run, files, "Stopped once.", tmp_path / "shipped")
    card = (tmp_path / "shipped" / "small.md").read_text()
    shipped = str(tmp_path / "shipped" / "small.safetensors")
    evaluate(["--model", shipped, "--lines", files["UNIPEN"], "--split", "test", "--kind", "written", "--json"])
    figures = json.loads(capsys.readouterr().out)
    row = next(row for row in card.splitlines() if row.startswith("| UNIPEN test written |"))
    assert f"{figures['steps']:,}" in row
    assert f"**{figures['nats_per_step']:.3f}**" in row


def test_a_card_names_the_licence_of_what_was_learned_from_and_of_nothing_else(tmp_path):
    run, files = run_of(tmp_path)
    ship("small", run, files, "Stopped once.", tmp_path / "shipped")
    card = (tmp_path / "shipped" / "small.md").read_text()
    assert "CC BY 4.0" in card
    assert "Stopped once." in card
    assert "research use.**" not in card
    assert load_checkpoint(str(tmp_path / "shipped" / "small.safetensors")).about["step"] == 7


def test_a_run_without_weights_is_refused_in_a_sentence(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["small"])
    assert main(["small", "--run", str(tmp_path), "--iam", "a.npz", "--unipen", "b.npz", "--note", ""]) == 2
    assert "best.safetensors" in capsys.readouterr().err
