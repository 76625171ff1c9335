"""Which checkpoints come with the project, and of what kind each is. Free of torch: the dashboard lists them before it loads one."""

from __future__ import annotations

import json
import os
from enum import Enum
from functools import lru_cache
from pathlib import Path

DEFAULT_VARIABLE = "HWMODEL_DEFAULT"  # environment variable that names another default network, for hosts who need another licence
DEFAULT = "iam"
# The recogniser that chooses among samples; another one judges what it has chosen, else the score flatters itself. Tried both ways: what this one
# chooses has fewer faults for the other one than the reverse (of `unipen-text` at bias 1: 0.41 and 0.52 times as many as one sample of each).
RANKS = "reader"
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
    """Names of the checkpoints of a kind in a folder: the default one first, or the ones that are called after it (`iam-text` after `iam`)."""
    names = sorted(path.stem for path in folder.glob("*.safetensors") if kind_of(path) == kind)
    wanted = os.environ.get(DEFAULT_VARIABLE) or DEFAULT
    return sorted(names, key=lambda name: (name != wanted, not name.startswith(f"{wanted}-")))


def ranking_recogniser(folder: Path = SHIPPED) -> str | None:
    """The recogniser that chooses among samples: RANKS, or the first where that one is not there; None where there is none."""
    names = available_checkpoints(folder, Kind.RECOGNISER)
    return RANKS if RANKS in names else next(iter(names), None)


def judging_recogniser(folder: Path = SHIPPED) -> str | None:
    """A recogniser that has no part in the choice among samples; None where there is none but the one that chooses."""
    return next((name for name in available_checkpoints(folder, Kind.RECOGNISER) if name != ranking_recogniser(folder)), None)


def default_checkpoint(folder: Path = SHIPPED) -> str:
    """The network that a page begins with. Raises CheckpointError where there is none, or none of the name that the environment asks for."""
    names, wanted = available_checkpoints(folder), os.environ.get(DEFAULT_VARIABLE)
    if not names:
        raise CheckpointError("there is none in hwmodel/checkpoints; fetch the project again, or train one with python -m hwmodel.train")
    if wanted and wanted not in names:
        raise CheckpointError(f"{DEFAULT_VARIABLE} asks for {wanted!r}, and there are {', '.join(names)}; name one of these, or leave it out")
    return names[0]


def kind_of(path: Path) -> Kind:
    """The kind of a checkpoint file, by the configuration in its header; a file that is broken counts as the first kind, so that loading it says how.

    The header (https://github.com/huggingface/safetensors#format) is JSON after eight bytes that hold its length.
    """
    try:
        seen = path.stat()
    except OSError:
        return Kind.FREE
    return _kind_of(path, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=64)
def _kind_of(path: Path, _written: int, _size: int) -> Kind:
    """The kind of a file as it was written then: pages ask for it dozens of times a run."""
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
