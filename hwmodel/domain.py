"""Measure how held-out lines look to a network: python -m hwmodel.domain NAME --lines FILE.npz

Their percentiles are put beside the shipped checkpoint, for the dashboard's meter of unusual ink.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from hwmodel.data.lines import load_lines
from hwmodel.evaluate import held_out, step_nats
from hwmodel.ink.strokes import Strokes
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.familiarity import PERCENTILES, TITLES, Ranges, measure_lines
from hwmodel.network.shipped import SHIPPED, CheckpointError


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.domain", description="Measure held-out lines, for the dashboard's meter of unusual ink.")
    parser.add_argument("checkpoint", help="a shipped checkpoint's name")
    parser.add_argument("--lines", required=True, help="a lines file (.npz)")
    parser.add_argument("--split", default="validation", help="train, validation or test (default: validation)")
    args = parser.parse_args(argv)
    try:
        checkpoint = load_checkpoint(args.checkpoint)
        offsets = held_out(load_lines(args.lines), args.split)
    except (CheckpointError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    nats = dict(step_nats(checkpoint.model, offsets))
    first_steps = measure_lines([Strokes(line) for line in offsets], [nats[i] for i in range(len(offsets))])
    ranges = Ranges(checkpoint.fingerprint, f"{len(offsets)} {args.split} lines of {Path(args.lines).name}", first_steps)
    path = SHIPPED / f"{checkpoint.name}.domain.json"
    path.write_text(json.dumps(asdict(ranges), indent=1) + "\n")
    print(f"{path.name}: {ranges.lines}")
    for title, name in zip(TITLES.values(), TITLES, strict=True):
        print(f"  {title}, percentiles {PERCENTILES}: {first_steps[max(first_steps, key=int)][name]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
