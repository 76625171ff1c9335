"""Choose the lines that a network is shown with: python -m hwmodel.showcase NAME --bias 0.75 --lines FILE.npz --sheet sheet.svg

Writes the best lines of many seeds on a sheet, to be looked at; a network that is told what to write takes no --lines. Called again with the seeds
that please, and with what the network is called, it puts both beside the shipped checkpoint: --keep SEED ... --title "whose writing" --licence "..."
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from hwmodel.network.checkpoint import find_checkpoint, load_any_checkpoint
from hwmodel.network.shipped import CheckpointError
from hwmodel.sampling.showcase import Showcase, save_showcase, showcase_path
from hwmodel.training.good_lines import best_lines
from hwmodel.views.svg import sheet_svg


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.showcase", description="Choose the bias and the seeds that a network is shown with.")
    parser.add_argument("checkpoint", help="a shipped checkpoint's name")
    parser.add_argument("--bias", required=True, type=float, help="of the lines, from 0 to 3")
    parser.add_argument("--lines", help="a lines file (.npz), whose texts say which words there are")
    parser.add_argument("--sheet", required=True, type=Path, help="SVG to write the best lines on")
    parser.add_argument("--reader", default="reader", help="the checkpoint that reads (default: reader)")
    parser.add_argument("--seeds", type=int, default=400, help="how many are tried, from 0 on (default: 400)")
    parser.add_argument("--lifts", type=float, default=3.5, help="the least pen lifts in 100 steps (default: 3.5)")
    parser.add_argument("--keep", type=int, nargs="+", metavar="SEED", help="those that please, in their order")
    parser.add_argument("--title", default="", help="with --keep: whose writing the network learnt, in a few words")
    parser.add_argument("--licence", default="", help="with --keep: of the weights")
    args = parser.parse_args(argv)
    try:
        checkpoint, folder = load_any_checkpoint(args.checkpoint), find_checkpoint(args.checkpoint).parent
        best, how = best_lines(checkpoint.model, args.reader, args.bias, args.seeds, args.lifts, args.lines)
        if missing := [seed for seed in args.keep or () if seed not in {line.seed for line in best}]:
            raise ValueError(f"not among the best lines: {', '.join(map(str, missing))}; look at {args.sheet} again")
        args.sheet.write_text(sheet_svg([(f"seed {line.seed}", line.strokes) for line in best]), "utf-8")
        for line in best:
            print(f"{line.seed:6}  known {line.known:4.0%}  {line.nats:.2f} nats  {line.lifts:.1f} lifts  {line.text}")
        if args.keep:
            chosen = Showcase(args.title, args.licence, args.bias, tuple(args.keep), how, checkpoint.fingerprint)
            save_showcase(path := showcase_path(checkpoint.name, folder), chosen)
            print(f"written: {path}")
    except (CheckpointError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
