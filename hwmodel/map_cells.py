"""Make the order and the roles of a checkpoint's cells: python -m hwmodel.map_cells unipen --lines unipen_lines.npz [--compare iam]

Lines of a held-out split are dealt into three parts: see `make_cell_map`. A text network is told what they say. What is written beside the
checkpoint holds no ink.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from hwmodel.cells.atlas import load_cell_map, map_path, report, role_agreement
from hwmodel.data.lines import load_lines
from hwmodel.network.checkpoint import find_checkpoint, load_any_checkpoint
from hwmodel.network.shipped import CheckpointError
from hwmodel.training.shipping import ship_map


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.map_cells", description="Make the order and the roles of a checkpoint's cells.")
    parser.add_argument("model", help="a shipped checkpoint's name, or a path to a .safetensors file")
    parser.add_argument("--lines", required=True, help="a lines file (.npz)")
    parser.add_argument("--split", default="validation", help="train, validation or test (default: validation)")
    parser.add_argument("--kind", help="written or composed, where the file knows (default: all)")
    parser.add_argument("--compare", help="another checkpoint with a cell map, to say how alike the two are")
    args = parser.parse_args(argv)
    try:
        checkpoint, folder = load_any_checkpoint(args.model), find_checkpoint(args.model).parent
        cell_map = ship_map(checkpoint, folder, load_lines(args.lines), Path(args.lines).name, args.split, args.kind)
        print(report(cell_map))
        if args.compare:
            agreement = role_agreement(cell_map, load_cell_map(args.compare))
            print(f"Over bands of rows, the roles of {checkpoint.name} and {args.compare} agree by r = {agreement:.3f}.")
        print(f"written: {map_path(checkpoint.name, folder)}")
    except (CheckpointError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
