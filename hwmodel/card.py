"""Ship a trained run: python -m hwmodel.card NAME --run runs/NAME --lines A.npz [B.npz ...] --note "..."

Copies the run's best weights to hwmodel/checkpoints and writes beside them the model card, the learning curve, the cells' map and the ranges of
familiar ink. Every lines file gives rows of figures; one of them must be what the run was trained on.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from hwmodel.network.shipped import CheckpointError, Kind, kind_of
from hwmodel.training.recogniser_card import ship_recogniser
from hwmodel.training.run import RunFolder
from hwmodel.training.shipping import ship


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.card", description="Ship a trained run with its model card.")
    parser.add_argument("name", help="the checkpoint's name")
    parser.add_argument("--run", required=True, type=Path, help="the training run's folder")
    parser.add_argument("--lines", required=True, nargs="+", help="lines files (.npz) to measure it on")
    parser.add_argument("--note", required=True, help="what the settings do not say: how the run went, what was tried, what was missed")
    args = parser.parse_args(argv)
    try:
        put = ship_recogniser if kind_of(RunFolder(args.run).best) == Kind.RECOGNISER else ship
        print("\n".join(put(args.name, args.run, args.lines, args.note)))
    except (CheckpointError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
