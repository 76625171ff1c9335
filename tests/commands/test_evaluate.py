import json
from pathlib import Path

import numpy as np
import pytest
import torch

from hwmodel.data.lines import save_lines
from hwmodel.evaluate import main, score, step_nats
from hwmodel.network.checkpoint import save_checkpoint
from hwmodel.network.mixture import nll
from hwmodel.network.model import HandwritingModel, ModelConfig
from tests.conftest import made_up_lines, wavy_offsets


@pytest.fixture
def model() -> HandwritingModel:
    torch.manual_seed(0)
    return HandwritingModel(ModelConfig(cells=8, components=3)).eval().requires_grad_(False)


@pytest.fixture
def files(tmp_path: Path, model: HandwritingModel) -> list[str]:
    """Command line arguments that name a small checkpoint and a small lines file."""
    save_checkpoint(tmp_path / "small.safetensors", model, {})
    save_lines(tmp_path / "lines.npz", made_up_lines())
    return ["--model", str(tmp_path / "small.safetensors"), "--lines", str(tmp_path / "lines.npz")]


def one_at_a_time(model: HandwritingModel, offsets: np.ndarray) -> np.ndarray:
    """Nats (T, 2) of a line, one step after the other: by hand what the batched code must give."""
    state, nats, previous = model.initial_state(), [], torch.zeros(1, 1, 3)
    for step in torch.from_numpy(offsets):
        raw, state = model(previous, state)
        nats.append(torch.stack(nll(raw[0, 0], step)))
        previous = step[None, None]
    return torch.stack(nats).numpy()


def test_every_step_of_every_line_is_scored_as_if_alone(model: HandwritingModel) -> None:
    lines = [wavy_offsets(steps, seed) for seed, steps in enumerate((5, 40, 1, 17, 40))]
    scored = dict(step_nats(model, lines, at_once=2))
    assert sorted(scored) == list(range(5))
    for i, offsets in enumerate(lines):
        np.testing.assert_allclose(scored[i], one_at_a_time(model, offsets), atol=1e-5)


def test_the_score_is_the_mean_over_all_steps(model: HandwritingModel) -> None:
    lines = [wavy_offsets(steps, seed) for seed, steps in enumerate((5, 40))]
    nats = np.concatenate([one_at_a_time(model, offsets) for offsets in lines])
    result = score(model, lines)
    assert result.steps == 45
    assert (result.xy, result.pen) == pytest.approx(tuple(nats.mean(axis=0)), abs=1e-5)
    assert result.total == pytest.approx(nats.sum(axis=1).mean(), abs=1e-5)


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
