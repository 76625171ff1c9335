"""Weights on disk: one safetensors file a model, with its configuration inside. No pickle anywhere."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.network.shipped import SHIPPED, CheckpointError, Kind, available_checkpoints
from hwmodel.network.text_model import TextModel

FORMAT = "handwriting-lstm-1"
PRECISIONS = (torch.float16, torch.bfloat16, torch.float32, torch.float64)  # that weights may be stored in
Network = TypeVar("Network", bound=HandwritingModel | TextModel)


@dataclass(frozen=True)
class Checkpoint(Generic[Network]):
    """A loaded model, in eval mode and not to be changed, with what its file says about it."""

    name: str
    model: Network
    fingerprint: str  # of the file's bytes: a key for caches
    about: dict[str, Any]  # data, licence, steps, figures, ... as `save_checkpoint` was given them


def find_checkpoint(name: str, folder: Path = SHIPPED, kind: Kind = Kind.FREE) -> Path:
    """The file of a checkpoint given by its name, whatever its kind, or by a path that ends in .safetensors. Raises CheckpointError, which names
    those of the wanted `kind`."""
    if name.endswith(".safetensors"):
        path = Path(name)
    elif any(name in available_checkpoints(folder, each) for each in Kind):
        path = folder / f"{name}.safetensors"
    else:
        known = ", ".join(available_checkpoints(folder, kind))
        raise CheckpointError(f"there is no checkpoint named {name!r}; there are {known or 'none'}")
    if not path.is_file():
        raise CheckpointError(f"there is no checkpoint file {path}")
    return path


def build(config: ModelConfig) -> HandwritingModel | TextModel:
    """A network with the weights it is constructed with."""
    return TextModel(config) if config.alphabet else HandwritingModel(config)


class Configured(Protocol):
    """What can be saved: a module that rebuilds itself from its configuration."""

    @property
    def config(self) -> Any: ...  # has a `to_dict` of plain JSON values

    def state_dict(self) -> dict[str, Any]: ...


def save_checkpoint(path: Path, model: Configured, about: dict[str, Any], dtype: torch.dtype = torch.float32) -> None:
    """Write weights with the configuration and `about` (plain JSON values) in the file's metadata."""
    tensors = {name: tensor.detach().to("cpu", dtype).contiguous() for name, tensor in model.state_dict().items()}
    metadata = {"format": FORMAT, "config": json.dumps(model.config.to_dict()), "about": json.dumps(about)}
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    save_file(tensors, partial, metadata=metadata)
    partial.replace(path)


def load_checkpoint(name: str, folder: Path = SHIPPED) -> Checkpoint[HandwritingModel]:
    """The checkpoint of a name or path. Raises CheckpointError that names what is missing, of the wrong shape, or not finite, and for
    a text network.

    >>> load_checkpoint("unipen").model.config.cells
    500
    """
    checkpoint = load_any_checkpoint(name, folder)
    if isinstance(checkpoint.model, TextModel):
        raise CheckpointError(f"{checkpoint.name} is told what to write, and cannot be used where there is no text; take one that writes as it likes")
    return checkpoint


def load_text_checkpoint(name: str, folder: Path = SHIPPED) -> Checkpoint[TextModel]:
    """The checkpoint of a text network. Raises CheckpointError as `load_checkpoint` does, and for a network that takes no text."""
    checkpoint = load_any_checkpoint(name, folder, Kind.TEXT)
    if not isinstance(checkpoint.model, TextModel):
        known = ", ".join(available_checkpoints(folder, Kind.TEXT))
        raise CheckpointError(f"{checkpoint.name} takes no text; those that do are {known or 'none yet'}")
    return checkpoint


def load_any_checkpoint(name: str, folder: Path = SHIPPED, kind: Kind = Kind.FREE) -> Checkpoint[Any]:
    """The checkpoint of a name or path, of either kind of network that writes; `kind` as in `find_checkpoint`."""
    path = find_checkpoint(name, folder, kind)
    config, about, tensors = read_weights(path)
    try:
        model = build(ModelConfig(**config))
    except (TypeError, ValueError, RuntimeError) as error:
        raise CheckpointError(f"{path.name} has a configuration that cannot be read: {str(error)[:300]}") from error
    fill(model, tensors, path)
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return Checkpoint(path.stem, model, fingerprint, about)


def read_weights(path: Path) -> tuple[Any, Any, dict[str, Tensor]]:
    """A checkpoint's configuration, what is said about it, and its tensors. Raises CheckpointError."""
    try:
        with safe_open(path, framework="pt") as stored:
            metadata = stored.metadata() or {}
            tensors = {key: stored.get_tensor(key) for key in stored.keys()}
    except (SafetensorError, OSError, ValueError, TypeError, RuntimeError) as error:
        raise CheckpointError(f"{path.name} is no safetensors file, or a broken one ({error}); fetch it again") from error
    if metadata.get("format") != FORMAT:
        raise CheckpointError(f"{path.name} is not one of this project's checkpoints: its format is {metadata.get('format')!r}, not {FORMAT!r}")
    try:
        config, about = json.loads(metadata["config"]), json.loads(metadata["about"])
        if not isinstance(config, dict) or not isinstance(about, dict):
            raise ValueError("expected names with values")
    except (KeyError, ValueError, RecursionError) as error:
        raise CheckpointError(f"{path.name} has a configuration that cannot be read: {str(error)[:300]}") from error
    return config, about, tensors


def fill(model: nn.Module, tensors: dict[str, Tensor], path: Path) -> None:
    """Give a model the tensors of a file, in eval mode and not to be changed. Raises CheckpointError for one that is missing, of the wrong shape,
    or not finite."""
    for key, expected in model.state_dict().items():
        if key not in tensors:
            raise CheckpointError(f"{path.name} lacks {key}; fetch it again, or train it again with python -m hwmodel.train")
        if tensors[key].shape != expected.shape:
            raise CheckpointError(f"{path.name}: {key} must be {tuple(expected.shape)}, got {tuple(tensors[key].shape)}")
        if tensors[key].dtype not in PRECISIONS:
            raise CheckpointError(f"{path.name}: {key} must be of floating-point numbers, got {tensors[key].dtype}")
        if not torch.isfinite(tensors[key].float()).all():
            raise CheckpointError(f"{path.name}: {key} has numbers that are not finite; fetch it again")
    model.load_state_dict({key: tensors[key] for key in model.state_dict()})
    model.eval().requires_grad_(False)
