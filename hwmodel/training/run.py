"""A training run: the loop, and the folder that it keeps."""

from __future__ import annotations

import ctypes
import json
import math
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Generic

import numpy as np
import torch

from hwmodel.network.checkpoint import save_checkpoint
from hwmodel.training.trainer import Network, TrainConfig, Trainer, Update, rank


@dataclass(frozen=True)
class RunFolder:
    """Where things are in a run's folder: state.safetensors (to go on from after a stop), curve.jsonl (the learning curve), best.safetensors (the
    averaged weights at their best validation score, a checkpoint like the shipped ones) and sheets of samples."""

    path: Path

    @property
    def state(self) -> Path:
        return self.path / "state.safetensors"

    @property
    def best(self) -> Path:
        return self.path / "best.safetensors"

    def read_curve(self) -> list[dict[str, Any]]:
        """The rows of the learning curve; none where it has not begun."""
        path = self.path / "curve.jsonl"
        return [json.loads(row) for row in path.read_text("utf-8").splitlines()] if path.exists() else []

    def add_to_curve(self, row: dict[str, Any]) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "curve.jsonl").open("a", encoding="utf-8") as curve:
            curve.write(json.dumps(row) + "\n")

    def best_score(self) -> float:
        """The lowest validation score so far; infinity where there is none."""
        return min((row["averaged"] for row in self.read_curve()), default=math.inf)

    def save_sheet(self, step: int, svg: str) -> None:
        (self.path / f"samples-{step:06d}.svg").write_text(svg, "utf-8")


@dataclass(frozen=True)
class Job(Generic[Network, Update]):
    """What is trained, on what, and how it is looked at."""

    trainer: Trainer[Network, Update]
    updates: Iterator[Update]  # endless
    look: Callable[[Network], dict[str, float]]  # figures on validation lines; the lower `averaged`, the better the weights
    sheet: Callable[[Network], str]  # samples, as SVG
    about: dict[str, Any]  # what the checkpoint says of the lines


def train(job: Job[Network, Update], folder: RunFolder, config: TrainConfig, tell: Callable[[str], object] = lambda progress: None) -> Path:
    """Train until `config.steps`; the path of the best checkpoint. `tell` is called with a sentence at each look at the validation lines."""
    trainer, best = job.trainer, folder.best_score()
    began, first, losses = time.perf_counter(), trainer.step, []
    while trainer.step < config.steps:
        losses.append(trainer.update(next(job.updates)))
        if rank() or not due(trainer.step, config.evaluate_every, config.steps):
            continue
        model, training = trainer.averaged_model(), float(np.nanmean(losses))
        figures = {name: round(value, 4) for name, value in job.look(model).items()}
        folder.add_to_curve({"step": trainer.step, "train": round(training, 4), **figures})
        if figures["averaged"] < best:
            best = figures["averaged"]
            save_checkpoint(folder.best, model, job.about | {"step": trainer.step, "validation": figures, "train": asdict(config)})
        if due(trainer.step, config.sheet_every, config.steps):
            folder.save_sheet(trainer.step, job.sheet(model))
        trainer.save(folder.state)
        left = (time.perf_counter() - began) / (trainer.step - first) * (config.steps - trainer.step)
        words = "  ".join(f"{name} {value:.3f}" for name, value in figures.items())
        tell(f"{trainer.step:6d}/{config.steps}  train {training:.3f}  {words}  best {best:.4f}  {left / 60:.0f} min left")
        losses = []
    return folder.best


def due(step: int, every: int, last: int) -> bool:
    """Something that is done every so many updates, and at the end, is to be done now."""
    return step % every == 0 or step == last


def keep_freed_memory() -> None:
    """Let glibc keep what an update frees for the next one. It gives large blocks back to the system at once, and fetching them anew, page by page,
    takes a third of an update's time. Where the C library is another one, nothing happens."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt:
        mallopt(-4, 0)  # M_MMAP_MAX: no block comes from the system on its own
        mallopt(-1, 2**31 - 1)  # M_TRIM_THRESHOLD: and the heap never shrinks


def processes(device: torch.device, local_rank: str | None) -> torch.device:
    """Meet the other processes that torchrun has started; the device of this one."""
    torch.distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
    return torch.device("cuda", int(local_rank or 0)) if device.type == "cuda" else device
