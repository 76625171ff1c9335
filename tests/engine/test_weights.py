"""Weights that are packed for the browser: what they cost, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from hwmodel.data.lines import load_lines
from hwmodel.network.as_arrays import model_of, text_model_of, weights_of
from hwmodel.network.checkpoint import load_checkpoint, load_text_checkpoint
from hwmodel.network.likelihood import score
from hwmodel.network.weights import NetworkWeights
from hwmodel.pack_weights import main
from hwmodel.sampling.lines import generate
from hwmodel.training.text_trainer import TextLines, text_figures
from hwmodel.views.network_weights import PRECISIONS, Precision, half, quantised, rounded, weights_bytes
from tests.conftest import SHARED, needs_shared
from tests.support.blobs import unpack
from tests.support.models import small_model, small_text_model

LINES = {"iam": "data/iam_ondb_lines.npz", "unipen": "data/unipen_lines.npz"}
MOST_NATS = 0.005  # a step, that rounding may cost


def cost_of_rounding(name: str, lines: list[np.ndarray], precision: Precision) -> float:
    """Nats a step more than with float32."""
    model = load_checkpoint(name).model
    return score(model_of(rounded(weights_of(model), precision)), lines).total - score(model, lines).total


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("name", [pytest.param(name, marks=needs_shared(path)) for name, path in LINES.items()])
def test_fifty_held_out_lines_cost_as_many_nats_as_with_float32(name: str, precision: Precision) -> None:
    stored = load_lines(SHARED / LINES[name])
    indices = stored.choose("validation", "written" if stored.kind is not None else None)
    lines = [stored.offsets(i) for i in np.random.default_rng(0).choice(indices, 50, replace=False)]
    assert abs(cost_of_rounding(name, lines, precision)) < MOST_NATS


@pytest.mark.parametrize("precision", PRECISIONS)
def test_lines_that_a_network_wrote_cost_it_as_many_nats_as_with_float32(precision: Precision) -> None:
    lines = [one.strokes.offsets for one in generate(load_checkpoint("unipen").model, range(20), max_steps=300)]
    assert abs(cost_of_rounding("unipen", lines, precision)) < MOST_NATS


def test_levels_miss_a_weight_by_half_a_level_at_most() -> None:
    matrix = np.random.default_rng(0).normal(0, 1, (6, 40)).astype(np.float32)
    matrix[2] = 0
    levels, scale = quantised(matrix)
    assert scale[2] == 0 and np.abs(levels).max(axis=1).tolist() == [127, 127, 0, 127, 127, 127]
    assert (np.abs(levels * scale[:, None] - matrix) <= scale[:, None] * 0.5001).all()


def test_weights_go_out_of_torch_and_back() -> None:
    model = small_model()
    again = model_of(weights_of(model))
    line = np.array([[0.3, -0.2, 0], [1, 2, 1], [0.1, 0, 0]], np.float32)
    assert score(again, [line]).total == pytest.approx(score(model, [line]).total, abs=1e-6)


@pytest.mark.parametrize(("precision", "most_bytes"), [("int8", 1_110_000), ("float16", 2_170_000)])
def test_the_command_writes_a_file_that_says_whose_weights_these_are(
    precision: Precision, most_bytes: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "unipen.weights"
    assert main(["unipen", "--out", str(out), "--precision", precision]) == 0
    header, arrays = unpack(out.read_bytes())
    checkpoint = load_checkpoint("unipen")
    assert (header["fingerprint"], header["cells"], header["components"]) == (checkpoint.fingerprint, 500, 20)
    assert out.stat().st_size < most_bytes and f"{out.stat().st_size:,} bytes" in capsys.readouterr().out
    key = "recurrent" if precision == "int8" else "recurrent_half"
    assert arrays[key].shape == (2000, 500)


@pytest.mark.parametrize(("name", "complaint"), [("nonsense", "there is no checkpoint named"), ("reader", "configuration that cannot be read")])
def test_a_network_that_cannot_be_packed_is_a_sentence(name: str, complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name]) == 2
    assert complaint in capsys.readouterr().err


def test_weights_of_other_shapes_are_refused() -> None:
    zeros = np.zeros
    with pytest.raises(ValueError, match=r"weights must be \(4H, H \+ C\)"):
        NetworkWeights(zeros((32, 8)), zeros((32, 3)), zeros((7, 8)), zeros(7))


def test_what_float16_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="take int8"):
        half(np.array([[1e6]], np.float32))


def test_the_same_weights_make_the_same_bytes() -> None:
    weights = weights_of(small_model())
    assert weights_bytes(weights, "abc", 40.0) == weights_bytes(weights, "abc", 40.0) != weights_bytes(weights, "abd", 40.0)


def test_weights_of_a_text_network_go_out_of_torch_and_back() -> None:
    model = small_text_model()
    weights = weights_of(model)
    assert (weights.classes, weights.gaussians, weights.recurrent.shape) == (5, 2, (32, 13))
    again = text_model_of(weights)
    inputs = torch.randn(1, 20, 3)
    torch.testing.assert_close(again(inputs, again.text(["cab"]))[0], model(inputs, model.text(["cab"]))[0])
    with pytest.raises(ValueError, match="text_model_of"):
        model_of(weights)
    with pytest.raises(ValueError, match="model_of"):
        text_model_of(weights_of(small_model()))


@needs_shared(LINES["iam"])
def test_rounding_costs_a_text_network_as_little() -> None:
    model = load_text_checkpoint("iam-text").model
    lines = TextLines.of(load_lines(SHARED / LINES["iam"]), model.config.alphabet, "validation", 5)
    exact, found = (text_figures(each, lines).right for each in (model, text_model_of(rounded(weights_of(model), "int8"))))
    assert abs(found - exact) < MOST_NATS
