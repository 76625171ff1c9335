"""How well a model predicts lines: python -m hwmodel.evaluate --model NAME --lines FILE.npz [--split SPLIT] [--json]

Nats a step, always: start from zeros, count every offset after the first point once, pen bit included, in model units.

A second figure is taken at the recording's resolution: each predicted density is blurred by what rounding to whole whiteboard units does. A density
of recorded points can be made as large as one likes at offsets of exactly 0, and no smoothly written ink is predicted any better for it; blurred, it
cannot.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from hwmodel.data.lines import Lines, load_lines
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.mixture import blurred, nll
from hwmodel.network.model import HandwritingModel, shift_right
from hwmodel.network.shipped import CheckpointError


@dataclass(frozen=True)
class Score:
    """Mean surprise over `steps` steps, in nats a step."""

    steps: int
    xy: float
    pen: float

    @property
    def total(self) -> float:
        return self.xy + self.pen


@torch.inference_mode()
def step_nats(model: HandwritingModel, lines: Sequence[np.ndarray], blur: float = 0.0, at_once: int = 24) -> Iterator[tuple[int, np.ndarray]]:
    """For each line of offsets (T, 3): its index and the nats (T, 2) of each step, xy and pen. Lines of like length go together; order is theirs.
    `blur` is the standard deviation of noise to be added to what is predicted, in model units."""
    order = sorted(range(len(lines)), key=lambda i: len(lines[i]))
    for start in range(0, len(order), at_once):
        group = order[start : start + at_once]
        targets = torch.zeros(len(group), max(len(lines[i]) for i in group), 3)
        for row, i in enumerate(group):
            targets[row, : len(lines[i])] = torch.tensor(lines[i])
        targets = targets.to(model.device)
        raw = model(shift_right(targets))[0]
        nats = torch.stack(nll(blurred(raw, blur) if blur else raw, targets), -1).cpu().numpy()
        for row, i in enumerate(group):
            yield i, nats[row, : len(lines[i])]


def score(model: HandwritingModel, lines: Sequence[np.ndarray], blur: float = 0.0) -> Score:
    """Mean nats a step over lines of offsets (T, 3), every step counted once; `blur` as in `step_nats`."""
    total, steps = np.zeros(2), 0
    for _, nats in step_nats(model, lines, blur):
        total += nats.sum(axis=0, dtype=np.float64)
        steps += len(nats)
    return Score(steps, *(total / max(steps, 1)))


def resolution(model: HandwritingModel) -> float:
    """Standard deviation, in model units, of what is lost where coordinates are rounded to whole whiteboard units."""
    return 12**-0.5 / model.config.units_per_offset


def held_out(lines: Lines, split: str = "validation", kind: str | None = None) -> list[np.ndarray]:
    """Offsets of every line of a split."""
    return [lines.offsets(i) for i in lines.choose(split, kind)]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.evaluate", description="Nats a step of a model on lines it was not trained on.")
    parser.add_argument("--model", required=True, help="a shipped checkpoint's name, or a path to a .safetensors file")
    parser.add_argument("--lines", required=True, help="a lines file (.npz)")
    parser.add_argument("--split", default="validation", help="train, validation or test (default: validation)")
    parser.add_argument("--kind", help="written or composed, where the file knows (default: all)")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    args = parser.parse_args(argv)
    try:
        model = load_checkpoint(args.model).model
        lines = held_out(load_lines(args.lines), args.split, args.kind)
        result, resolved = score(model, lines), score(model, lines, resolution(model)).total
    except (CheckpointError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    if args.json:
        figures = {"steps": result.steps, "nats_per_step": result.total, "nats_xy": result.xy, "nats_pen": result.pen}
        figures["nats_at_resolution"] = resolved
        print(json.dumps({"model": args.model, "lines": args.lines, "split": args.split, "kind": args.kind, **figures}))
    else:
        parts = f"xy {result.xy:.3f}, pen {result.pen:.3f}, {result.steps:,} steps; {resolved:.3f} at the recording's resolution"
        print(f"{args.model} on {args.split} lines of {args.lines}: {result.total:.3f} nats a step ({parts})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
