"""Measure how held-out lines look to a network: python -m hwmodel.domain NAME --lines FILE.npz

Their percentiles are put beside the shipped checkpoint, for the dashboard's meter of unusual ink.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from hwmodel.data.lines import load_lines
from hwmodel.network.checkpoint import find_checkpoint, load_checkpoint
from hwmodel.network.familiarity import PERCENTILES, TITLES, ranges_path
from hwmodel.network.shipped import CheckpointError
from hwmodel.training.shipping import ship_ranges


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.domain", description="Measure held-out lines, for the dashboard's meter of unusual ink.")
    parser.add_argument("checkpoint", help="a shipped checkpoint's name")
    parser.add_argument("--lines", required=True, help="a lines file (.npz)")
    parser.add_argument("--split", default="validation", help="train, validation or test (default: validation)")
    args = parser.parse_args(argv)
    try:
        checkpoint, folder = load_checkpoint(args.checkpoint), find_checkpoint(args.checkpoint).parent
        ranges = ship_ranges(checkpoint, folder, load_lines(args.lines), Path(args.lines).name, args.split)
    except (CheckpointError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"written: {ranges_path(checkpoint.name, folder)}, {ranges.lines}")
    longest = ranges.first_steps[max(ranges.first_steps, key=int)] if ranges.first_steps else {}
    for name, title in TITLES.items():
        print(f"  {title}, percentiles {PERCENTILES}: {longest.get(name, 'too few lines')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
