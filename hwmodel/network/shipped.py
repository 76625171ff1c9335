"""Which checkpoints come with the project. Free of torch: the dashboard lists them before it loads one."""

from __future__ import annotations

from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "checkpoints"


class CheckpointError(ValueError):
    """A checkpoint that cannot be used; the message says which, why, and what to do."""


def available_checkpoints(folder: Path = SHIPPED) -> list[str]:
    """Names of the checkpoints in a folder, the default one (`unipen`) first."""
    names = sorted(path.stem for path in folder.glob("*.safetensors"))
    return sorted(names, key=lambda name: name != "unipen")
