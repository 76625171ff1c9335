"""What the front page shows before any network is loaded: ink, futures and cells, made once by `hwmodel.story` and shipped. Free of torch."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from hwmodel.cells.rates import Rate
from hwmodel.cells.trace import Trial
from hwmodel.futures.values import Branch, Fan, Futures, NextStep
from hwmodel.ink.strokes import Strokes
from hwmodel.network.shipped import SHIPPED, CheckpointError

BIAS = 0.6  # with which its futures are drawn
STORY = SHIPPED / "story.npz"
REMEDY = "make it with python -m hwmodel.story"


@dataclass(frozen=True)
class Moment:
    """A point of the ink, its futures in branches, and the mixture of its next step."""

    fan: Fan
    step: NextStep


@dataclass(frozen=True)
class Story:
    """All of it is ink that the networks wrote, and what was found in them."""

    fingerprint: str  # of the checkpoint that the futures, the cells and the held cells are of
    checkpoint: str  # its name
    texts: tuple[str, ...]  # what the network that is told what to write was told
    lines: tuple[Strokes, ...]  # what it wrote
    ink: Strokes  # the line that is looked at
    cell: np.ndarray  # (T, H) float16 cell states while it is read
    moments: tuple[Moment, ...]
    held: tuple[int, ...]  # cells that were held at their mean
    trials: tuple[Trial, ...]  # as it is, with these cells held, with as many others held


def save_story(path: Path, story: Story) -> None:
    """Write a story."""
    arrays: dict[str, np.ndarray] = {"cell": story.cell, "ink": story.ink.offsets}
    arrays |= {f"line.{i}": line.offsets for i, line in enumerate(story.lines)}
    about: dict[str, Any] = {name: getattr(story, name) for name in ("fingerprint", "checkpoint", "texts", "held")}
    about["branches"] = [[asdict(branch) for branch in moment.fan.branches] for moment in story.moments]
    for i, moment in enumerate(story.moments):
        arrays |= {f"moment.{i}.points": moment.fan.futures.points, f"moment.{i}.offsets": moment.fan.futures.offsets.astype(np.float16)}
        arrays[f"moment.{i}.label"] = moment.fan.label
        arrays |= {f"moment.{i}.step.{field.name}": np.asarray(getattr(moment.step, field.name), np.float32) for field in fields(NextStep)}
    about["rates"] = [[each.lifts.value, each.nats.value] for each in story.trials]
    for i, trial in enumerate(story.trials):
        arrays |= {f"trial.{i}": trial.written.offsets, f"trial.{i}.lifts": trial.lifts.influence, f"trial.{i}.nats": trial.nats.influence}
    np.savez_compressed(path, allow_pickle=False, about=np.array(json.dumps(about)), **arrays)


def load_story(path: Path = STORY) -> Story:
    """The shipped story. Raises CheckpointError that says what to do."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            about = json.loads(str(stored["about"]))
            return Story(
                about["fingerprint"],
                about["checkpoint"],
                tuple(about["texts"]),
                tuple(Strokes(stored[f"line.{i}"]) for i in range(len(about["texts"]))),
                Strokes(stored["ink"]),
                stored["cell"],
                tuple(_moment(stored, f"moment.{i}", branches) for i, branches in enumerate(about["branches"])),
                tuple(about["held"]),
                tuple(_trial(stored, f"trial.{i}", *rates) for i, rates in enumerate(about["rates"])),
            )
    except (KeyError, TypeError, ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise CheckpointError(f"{path.name} is missing or broken ({error}); {REMEDY}") from error


def _moment(stored: Mapping[str, np.ndarray], name: str, branches: list[dict[str, Any]]) -> Moment:
    futures = Futures(stored[f"{name}.points"], stored[f"{name}.offsets"].astype(np.float32))
    step: dict[str, Any] = {field.name: stored[f"{name}.step.{field.name}"] for field in fields(NextStep)}
    step |= {name: float(value) for name, value in step.items() if not value.ndim}
    return Moment(Fan(futures, stored[f"{name}.label"], tuple(Branch(**branch) for branch in branches)), NextStep(**step))


def _trial(stored: Mapping[str, np.ndarray], name: str, lifts: float, nats: float) -> Trial:
    return Trial(Strokes(stored[name]), Rate(lifts, stored[f"{name}.lifts"]), Rate(nats, stored[f"{name}.nats"]))
