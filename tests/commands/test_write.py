"""python -m hwmodel.write"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

import hwmodel.training.writing
from hwmodel.formats.registry import WRITTEN, read_ink
from hwmodel.network.checkpoint import save_checkpoint
from hwmodel.sampling.laws import graves
from hwmodel.sampling.text_lines import write_texts
from hwmodel.training.recogniser import Recogniser, RecogniserConfig
from hwmodel.write import main
from tests.support.models import small_model, small_text_model


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """Arguments that name a small text network and a file to write."""
    save_checkpoint(tmp_path / "told.safetensors", small_text_model(), {})
    return ["--model", str(tmp_path / "told.safetensors"), "--out", str(tmp_path / "ink.json")]


@pytest.fixture
def a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands for the shipped recogniser."""
    torch.manual_seed(0)
    recogniser = Recogniser(RecogniserConfig("abc ", channels=8, units=8)).eval().requires_grad_(False)
    monkeypatch.setattr(hwmodel.training.writing, "ranking_recogniser", lambda: "reader")
    monkeypatch.setattr(hwmodel.training.writing, "load_recogniser", lambda name: recogniser)


@pytest.mark.parametrize("ending", [format.extensions[0] for format in WRITTEN])
def test_a_text_is_written_in_every_format(command: list[str], tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / f"line.{ending}"
    assert main(["abc", *command[:2], "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"written: {out}\n" and out.stat().st_size > 100
    assert (b"abc" in out.read_bytes()) == (ending in ("svg", "json", "inkml")), "what has a place for the text says it"


def test_the_same_seed_writes_the_same_ink_and_another_seed_another(command: list[str], tmp_path: Path) -> None:
    found = []
    for seed in ("1", "1", "2"):
        assert main(["abc cab", *command, "--seed", seed]) == 0
        found.append((tmp_path / "ink.json").read_bytes())
    assert found[0] == found[1] != found[2]


def test_a_text_of_several_lines_becomes_lines_below_one_another(command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("abc\ncab\nbca", "utf-8")
    assert main(["--file", str(letter), *command]) == 0
    ink = read_ink((tmp_path / "ink.json").read_bytes(), "ink.json").strokes
    assert capsys.readouterr().err == "line 1 of 3: abc\nline 2 of 3: cab\nline 3 of 3: bca\n" and len(ink) > 60


@pytest.mark.usefixtures("a_reader")
def test_of_several_samples_one_is_kept(command: list[str], tmp_path: Path) -> None:
    assert main(["abc", *command, "--samples", "6"]) == 0
    alone = [write_texts(small_text_model(), ["abc"], [(0, 0, sample)], graves(1))[0].strokes for sample in range(6)]
    kept = read_ink((tmp_path / "ink.json").read_bytes(), "ink.json").strokes
    assert sum(len(kept) == len(one) and abs(kept.offsets - one.offsets).max() < 1e-3 for one in alone) == 1


def test_a_network_that_takes_no_text_writes_as_it_likes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_checkpoint(tmp_path / "free.safetensors", small_model(), {})
    arguments = ["--model", str(tmp_path / "free.safetensors"), "--out", str(tmp_path / "free.svg")]
    assert main(arguments) == 0 and (tmp_path / "free.svg").exists()
    assert main(["abc", *arguments]) == 2
    assert "free takes no text; those that do are" in capsys.readouterr().err
    assert main([*arguments, "--samples", "4"]) == 2
    assert "there is no text" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["xyz"], "the network has never seen x"),
        ([" "], "there is nothing to write"),
        ([], "told is told what to write"),
        (["abc", "--bias", "-1"], "the bias must be from 0 to 10, got -1"),
        (["abc", "--bias", "nan"], "the bias must be from 0 to 10, got nan"),
        (["abc", "--seed", "-1"], "the seed must not be negative"),
        (["abc", "--samples", "0"], "samples must be 1 to 64, got 0"),
        (["abc", "--out", "line.pdf"], "line.pdf ends in none of .svg, .png"),
        (["abc", "--out", "/nowhere/line.svg"], "No such file"),
        (["abc", "--file", "letter.txt"], "not both"),
        (["--file", "no-letter.txt"], "no-letter.txt"),
        (["abc", "--model", "nobody"], "there is no checkpoint named 'nobody'"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(
    command: list[str], arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, *arguments]) == 2
    output = capsys.readouterr()
    assert said in output.err and "Traceback" not in output.err and output.out == ""


def test_samples_without_a_reader_are_refused(command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(hwmodel.training.writing, "ranking_recogniser", lambda: None)
    assert main(["abc", *command, "--samples", "4"]) == 2
    assert capsys.readouterr().err == "there is no recogniser to choose one of 4 samples with; write one sample\n"
