"""The lines files that a shipped network is measured on, and which of them it was trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hwmodel.data.collections import Collection, collection_of
from hwmodel.data.lines import Lines, load_lines


@dataclass(frozen=True)
class LinesFile:
    """A lines file, and what it says of itself."""

    file: str  # its name, without the folder
    lines: Lines
    collection: Collection

    @classmethod
    def read(cls, path: str | Path) -> LinesFile:
        lines = load_lines(path)
        return cls(Path(path).name, lines, collection_of(lines, Path(path).stem))


def learned_from(about: dict[str, Any], files: Sequence[LinesFile]) -> list[LinesFile]:
    """The files that a run was trained on: by their collections where the run has kept these, else by their names. Raises ValueError where none of
    them is among `files`."""
    names = about.get("collections", [])
    found = [each for each in files if each.collection.name in names] or [each for each in files if each.file in about["lines"]]
    if not found:
        told = ", ".join(each.file for each in files)
        raise ValueError(f"the run was trained on {', '.join(names or about['lines'])}, and none of that is in {told}; name its file with --lines")
    return found


def data_and_licence(trained_on: Sequence[LinesFile]) -> list[str]:
    """Who made what a network was trained on, and what may be done with its weights: what all collections allow."""
    licences = dict.fromkeys(each.collection.licence for each in trained_on)
    all_hold = " All of these hold." if len(licences) > 1 else ""
    *others, last = (each.collection.credit for each in trained_on)
    return [*others, f"{last} **Licence of these weights: {'; '.join(licences)}.**{all_hold}"]
