import json
from pathlib import Path

import pytest

from hwmodel.data.lines import save_lines
from hwmodel.evaluate import main
from hwmodel.network.checkpoint import save_checkpoint
from hwmodel.network.likelihood import score
from hwmodel.network.model import HandwritingModel
from tests.conftest import made_up_lines
from tests.support.models import small_model


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
