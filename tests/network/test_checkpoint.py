import json
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file

from hwmodel.network.checkpoint import FORMAT, find_checkpoint, load_checkpoint, load_text_checkpoint, save_checkpoint
from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.network.shipped import CheckpointError, Kind, available_checkpoints, default_checkpoint
from tests.support.models import small_text_model

CONFIG = ModelConfig(cells=8, components=3)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A small model's checkpoint."""
    torch.manual_seed(0)
    path = tmp_path / "small.safetensors"
    save_checkpoint(path, HandwritingModel(CONFIG), {"licence": "none", "step": 12})
    return path


def changed(path: Path, tensors: dict[str, torch.Tensor | None] | None = None, metadata: dict[str, str | None] | None = None) -> Path:
    """A checkpoint with some tensors and metadata replaced, or taken out where None."""
    with safe_open(path, framework="pt") as stored:
        new_tensors = {key: stored.get_tensor(key) for key in stored.keys()} | (tensors or {})
        new_metadata = stored.metadata() | (metadata or {})
    save_file(
        {key: tensor for key, tensor in new_tensors.items() if tensor is not None},
        path,
        {key: value for key, value in new_metadata.items() if value is not None},
    )
    return path


def test_a_checkpoint_rebuilds_its_model(saved: Path) -> None:
    torch.manual_seed(0)
    model = HandwritingModel(CONFIG)
    loaded = load_checkpoint(str(saved))
    assert loaded.name == "small" and loaded.about == {"licence": "none", "step": 12} and loaded.model.config == CONFIG
    for key, tensor in model.state_dict().items():
        assert torch.equal(loaded.model.state_dict()[key], tensor), key


def test_a_loaded_model_is_not_to_be_changed(saved: Path) -> None:
    model = load_checkpoint(str(saved)).model
    assert not model.training and not any(p.requires_grad for p in model.parameters())


def test_the_fingerprint_follows_the_weights(saved: Path) -> None:
    first = load_checkpoint(str(saved)).fingerprint
    assert load_checkpoint(str(saved)).fingerprint == first
    changed(saved, {"output.bias": torch.ones(19)})
    assert load_checkpoint(str(saved)).fingerprint != first


def test_a_host_can_name_another_default(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("iam", "small-text", "zoo"):
        (saved.parent / f"{name}.safetensors").write_bytes(saved.read_bytes())
    assert default_checkpoint(saved.parent) == "iam"
    monkeypatch.setenv("HWMODEL_DEFAULT", "small")
    assert available_checkpoints(saved.parent) == ["small", "small-text", "iam", "zoo"] and default_checkpoint(saved.parent) == "small"
    monkeypatch.setenv("HWMODEL_DEFAULT", "nobody")
    with pytest.raises(CheckpointError, match="HWMODEL_DEFAULT asks for 'nobody', and there are iam, small, small-text, zoo"):
        default_checkpoint(saved.parent)


def test_checkpoints_are_found_by_name_the_default_one_first(saved: Path) -> None:
    for name in ("iam", "unipen", "zoo"):
        (saved.parent / f"{name}.safetensors").write_bytes(saved.read_bytes())
    assert available_checkpoints(saved.parent) == ["iam", "small", "unipen", "zoo"]
    assert find_checkpoint("iam", saved.parent) == saved.parent / "iam.safetensors"
    with pytest.raises(CheckpointError, match="no checkpoint named 'nobody'; there are iam, small, unipen, zoo"):
        load_checkpoint("nobody", saved.parent)
    with pytest.raises(CheckpointError, match=r"no checkpoint file .*nobody\.safetensors"):
        load_checkpoint(str(saved.parent / "nobody.safetensors"))


def test_a_name_cannot_leave_the_folder(saved: Path) -> None:
    with pytest.raises(CheckpointError, match="no checkpoint named"):
        find_checkpoint("../small", saved.parent / "elsewhere")


def test_checkpoint_with_a_missing_key_names_it(saved: Path) -> None:
    with pytest.raises(CheckpointError, match=r"small\.safetensors lacks output\.bias; fetch it again"):
        load_checkpoint(str(changed(saved, {"output.bias": None})))


def test_checkpoint_with_a_wrong_shape_names_it(saved: Path) -> None:
    with pytest.raises(CheckpointError, match=r"lstm\.weight_hh_l0 must be \(32, 8\), got \(4, 8\)"):
        load_checkpoint(str(changed(saved, {"lstm.weight_hh_l0": torch.zeros(4, 8)})))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_checkpoint_with_numbers_that_are_not_finite_names_them(saved: Path, value: float) -> None:
    with pytest.raises(CheckpointError, match=r"output\.bias has numbers that are not finite"):
        load_checkpoint(str(changed(saved, {"output.bias": torch.full((19,), value)})))


@pytest.mark.parametrize("found", ["other-format", None])
def test_checkpoint_of_another_format_says_which(saved: Path, found: str | None) -> None:
    with pytest.raises(CheckpointError, match=f"its format is {found!r}, not {FORMAT!r}"):
        load_checkpoint(str(changed(saved, metadata={"format": found})))


@pytest.mark.parametrize(
    "config", [None, "no json", "[]", "3", "null", json.dumps({"cells": 8, "layers": 3}), json.dumps({"cells": "8"}), '{"cells": -1}']
)
def test_checkpoint_with_an_odd_configuration_says_so(saved: Path, config: str | None) -> None:
    with pytest.raises(CheckpointError, match="configuration that cannot be read"):
        load_checkpoint(str(changed(saved, metadata={"config": config})))


@pytest.mark.parametrize("content", [b"", b"not weights at all", b"\xff" * 100])
def test_a_file_that_is_no_checkpoint_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.safetensors"
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match=r"odd\.safetensors is no safetensors file, or a broken one"):
        load_checkpoint(str(path))


def test_a_truncated_checkpoint_says_so(saved: Path) -> None:
    saved.write_bytes(saved.read_bytes()[:-10])
    with pytest.raises(CheckpointError, match="broken one"):
        load_checkpoint(str(saved))


def test_checkpoints_are_listed_by_kind_and_loaded_as_what_they_are(saved: Path) -> None:
    save_checkpoint(saved.parent / "told.safetensors", small_text_model(), {})
    assert available_checkpoints(saved.parent) == ["small"] and available_checkpoints(saved.parent, Kind.TEXT) == ["told"]
    assert load_text_checkpoint("told", saved.parent).model.config.alphabet == "abc "
    with pytest.raises(CheckpointError, match="told is told what to write"):
        load_checkpoint("told", saved.parent)
    with pytest.raises(CheckpointError, match="small takes no text; those that do are told"):
        load_text_checkpoint("small", saved.parent)
    with pytest.raises(CheckpointError, match="no checkpoint named 'nobody'; there are told"):
        load_text_checkpoint("nobody", saved.parent)


def test_a_broken_checkpoint_is_listed_so_that_loading_it_says_what_is_wrong(saved: Path) -> None:
    for number, content in enumerate((b"", b"short", b"\xff" * 100, (10).to_bytes(8, "little") + b'{"a": "b"}')):
        (saved.parent / f"broken-{number}.safetensors").write_bytes(content)
    assert [name for name in available_checkpoints(saved.parent) if name.startswith("broken")] == [f"broken-{i}" for i in range(4)]
