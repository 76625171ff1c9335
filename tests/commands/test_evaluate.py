import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import hwmodel.training.legibility_table
import hwmodel.training.pieces
from hwmodel.data.lines import save_lines
from hwmodel.evaluate import main
from hwmodel.network.checkpoint import save_checkpoint
from hwmodel.network.likelihood import score
from hwmodel.network.model import HandwritingModel
from hwmodel.sampling.text_lines import WrittenText
from hwmodel.training.recogniser import Recogniser, RecogniserConfig
from tests.support.lines import made_up_lines
from tests.support.models import small_model, small_text_model


@pytest.fixture
def model() -> HandwritingModel:
    return small_model()


@pytest.fixture
def files(tmp_path: Path, model: HandwritingModel) -> list[str]:
    """Command line arguments that name a small checkpoint and a small lines file."""
    save_checkpoint(tmp_path / "small.safetensors", model, {})
    save_lines(tmp_path / "lines.npz", made_up_lines())
    return ["--model", str(tmp_path / "small.safetensors"), "--lines", str(tmp_path / "lines.npz")]


def test_json_is_one_object_with_the_agreed_keys(files: list[str], model: HandwritingModel, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*files, "--json"]) == 0
    output = capsys.readouterr()
    figures = json.loads(output.out)
    assert output.err == "" and {"model", "lines", "steps", "nats_per_step", "nats_xy", "nats_pen"} <= set(figures)
    lines = made_up_lines()
    chosen = [lines.offsets(i) for i in lines.choose("validation")]
    expected = score(model, chosen)
    assert (figures["steps"], figures["nats_per_step"]) == (expected.steps, pytest.approx(expected.total))
    assert figures["nats_at_resolution"] == pytest.approx(score(model, chosen, 12**-0.5 / 40).total)
    assert figures["nats_xy"] + figures["nats_pen"] == pytest.approx(figures["nats_per_step"])


def test_split_and_kind_choose_the_lines(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    steps = []
    for more in ([], ["--split", "train"], ["--split", "train", "--kind", "written"]):
        assert main([*files, *more, "--json"]) == 0
        steps.append(json.loads(capsys.readouterr().out)["steps"])
    lines = made_up_lines()
    expected = [lines.choose("validation"), lines.choose("train"), lines.choose("train", "written")]
    assert steps == [sum(int(lines.lengths[i]) - 1 for i in chosen) for chosen in expected]


def test_plain_output_is_one_sentence(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(files) == 0
    assert "nats a step" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (["--split", "nowhere"], "no line has split 'nowhere'"),
        (["--model", "nobody"], "no checkpoint named 'nobody'"),
        (["--lines", "gone.npz"], "gone.npz"),
    ],
)
def test_a_mistake_is_one_sentence_and_no_figures(files: list[str], change: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*files, *change, "--json"]) == 2
    output = capsys.readouterr()
    assert output.out == "" and says in output.err and "Traceback" not in output.err


@pytest.fixture
def told(tmp_path: Path) -> list[str]:
    """Arguments that name a small text network, lines of which some say a text it knows, and a small recogniser."""
    lines = made_up_lines()
    save_lines(tmp_path / "texts.npz", replace(lines, texts=np.full(len(lines), "abc"), text_exact=np.ones(len(lines), bool)))
    save_checkpoint(tmp_path / "told.safetensors", small_text_model(), {})
    save_checkpoint(tmp_path / "reader.safetensors", Recogniser(RecogniserConfig("abc ", channels=8, units=8)), {})
    return ["--model", str(tmp_path / "told.safetensors"), "--lines", str(tmp_path / "texts.npz")]


def test_a_text_network_is_measured_with_its_text_and_with_another(told: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*told, "--json"]) == 0
    assert {"right", "other", "end_error"} <= set(json.loads(capsys.readouterr().out))
    assert main(told) == 0
    assert "nats a step, told another line's text" in capsys.readouterr().out


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two texts of our own in place of a hundred, two samples of each, and two biases."""
    monkeypatch.setattr(hwmodel.training.legibility_table, "BIASES", (0.0, 1.0))
    monkeypatch.setattr(hwmodel.training.legibility_table, "RARE_TEXTS", ("cab", "a bb"))
    monkeypatch.setattr(hwmodel.training.legibility_table, "SAMPLES", 2)


@pytest.mark.usefixtures("few")
def test_what_a_text_network_writes_is_read_beside_the_real_lines(told: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*told, "--json", "--legibility", str(tmp_path / "reader.safetensors")]) == 0
    (held_out, rows), (own, more) = json.loads(capsys.readouterr().out)["legibility"].items()
    biases = ["bias 0", "bias 1"]
    assert held_out.endswith("validation texts") and list(rows) == ["real lines", *biases]
    assert own == "2 names, dates and pangrams" and list(more) == biases
    assert all(row["errors"] > 0 and 0 <= row["failures"] <= 1 for row in (*rows.values(), *more.values()))


@pytest.mark.usefixtures("few")
def test_what_one_recogniser_has_chosen_another_one_reads(
    told: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(tmp_path / "reader.safetensors", tmp_path / "chooses.safetensors")
    chose: list[Sequence[WrittenText]] = []

    def last_first(chooses: Recogniser, samples: Sequence[WrittenText]) -> Sequence[WrittenText]:
        chose.append(samples)
        return samples[::-1]

    monkeypatch.setattr(hwmodel.training.legibility_table, "ranked", last_first)
    ask = [*told, "--json", "--legibility", str(tmp_path / "reader.safetensors"), "--ranked-by"]
    assert main([*ask, str(tmp_path / "chooses.safetensors")]) == 0
    table = json.loads(capsys.readouterr().out)["legibility"]["2 names, dates and pangrams"]
    assert list(table)[:2] == ["bias 0", "bias 0, best of 2"] and len(table) == 4
    assert {len(samples) for samples in chose} == {2}
    assert main([*ask, str(tmp_path / "reader.safetensors")]) == 2
    assert "it reads better than others do" in capsys.readouterr().err


def test_what_changes_with_a_text_is_told_beside_a_network_without_one(
    told: list[str], tmp_path: Path, model: HandwritingModel, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hwmodel.training.pieces, "STEPS", 5)
    save_checkpoint(tmp_path / "small.safetensors", model, {})
    beside = [*told, "--split", "train", "--beside", str(tmp_path / "small.safetensors")]
    assert main([*beside, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert list(figures["known_letters"]) == ["told the text", "not told", "untrained"]
    assert all(0 < share <= 1 for row in figures["known_letters"].values() for share in row.values())
    assert list(figures["pieces"]) == ["told held-out texts", "not told", "other people's lines"]
    assert figures["pieces"]["other people's lines"]["precision"] == figures["pieces"]["other people's lines"]["recall"] == 1, "the same lines"


def test_legibility_without_a_text_is_refused(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*files, "--legibility", "reader"]) == 2
    assert "is told no text" in capsys.readouterr().err
