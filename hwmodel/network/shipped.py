"""Which checkpoints come with the project, and of what kind each is. Free of torch: the dashboard lists them before it loads one."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "checkpoints"
MOST_HEADER_BYTES = 1_000_000


class CheckpointError(ValueError):
    """A checkpoint that cannot be used; the message says which, why, and what to do."""


class Kind(Enum):
    """What a checkpoint's network does."""

    FREE = "writes as it likes"
    TEXT = "writes the text it is told"
    RECOGNISER = "reads"


def available_checkpoints(folder: Path = SHIPPED, kind: Kind = Kind.FREE) -> list[str]:
    """Names of the checkpoints of a kind in a folder, the default one (`unipen`) first."""
    names = sorted(path.stem for path in folder.glob("*.safetensors") if kind_of(path) == kind)
    return sorted(names, key=lambda name: name != "unipen")


def kind_of(path: Path) -> Kind:
    """The kind of a checkpoint file, by the configuration in its header; a file that is broken counts as the first kind, so that loading it says how.

    The header (https://github.com/huggingface/safetensors#format) is JSON after eight bytes that hold its length.
    """
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(min(length, MOST_HEADER_BYTES)))
        config = json.loads(header["__metadata__"]["config"])
        alphabet, writes = config.get("alphabet"), "components" in config
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Kind.FREE
    if not alphabet:
        return Kind.FREE
    return Kind.TEXT if writes else Kind.RECOGNISER
