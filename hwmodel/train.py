"""Train a model: python -m hwmodel.train --lines A.npz [B.npz ...] --out NAME [--text | --recogniser]

Everything goes to runs/NAME (see `RunFolder`). Called again with the same --out, it goes on where it stopped.
On several GPUs: torchrun --nproc-per-node N -m hwmodel.train ... Each takes --rows lines of its own and the gradients are averaged.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import torch

from hwmodel.data.batches import BatchConfig
from hwmodel.training.jobs import line_job, text_job
from hwmodel.training.recogniser_trainer import recogniser_job
from hwmodel.training.run import Job, RunFolder, keep_freed_memory, processes, train
from hwmodel.training.trainer import TrainConfig


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.train", description="Train a model on lines; called again, it goes on where it stopped.")
    parser.add_argument("--lines", nargs="+", required=True, help="lines files (.npz)")
    parser.add_argument("--out", required=True, help="the run's name: everything goes to runs/NAME")
    parser.add_argument("--text", dest="make", action="store_const", const=text_job, default=line_job, help="a network that is told what to write")
    parser.add_argument("--recogniser", dest="make", action="store_const", const=recogniser_job, help="a network that reads")
    parser.add_argument("--start-from", help="begin with the weights of this checkpoint instead of random ones")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, help="processor threads (default: torch's own choice)")
    settings = [item for section in (TrainConfig, BatchConfig) for item in fields(section) if item.name != "batch"]
    for item in settings:
        parser.add_argument(f"--{item.name.replace('_', '-')}", type=type(item.default), default=item.default)
    args = parser.parse_args(argv)
    torch.set_num_threads(args.threads or torch.get_num_threads())
    keep_freed_memory()
    device, folder = torch.device(args.device), RunFolder(Path("runs") / args.out)
    if "WORLD_SIZE" in os.environ:
        device = processes(device, os.environ.get("LOCAL_RANK"))
    try:
        batch, rest = ({item.name: getattr(args, item.name) for item in fields(kind) if item.name != "batch"} for kind in (BatchConfig, TrainConfig))
        config = TrainConfig(batch=BatchConfig(**batch), **rest)
        job: Job[Any, Any] = args.make(args.lines, folder.path, config, device, args.start_from)
        best = train(job, folder, config, lambda progress: print(progress, flush=True))
    except (ValueError, OSError, FloatingPointError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; the same command goes on from the last saved state", file=sys.stderr)
        return 130
    print(f"best: {best}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
