"""How good a network is: python -m hwmodel.evaluate --model NAME --lines FILE.npz [--split SPLIT] [--json]

Of a network that writes, nats a step (see `hwmodel.network.likelihood`), and once more at the recording's resolution; of a recogniser, how many
characters it reads wrongly. Of a network that is told what to write, nats with its own and with another line's text; with --legibility also how well
a recogniser reads these texts, and names, dates and pangrams, as the network writes them, and with --beside what changes now that it is told a text.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from hwmodel.data.lines import load_lines
from hwmodel.network.checkpoint import find_checkpoint, load_checkpoint, load_text_checkpoint
from hwmodel.network.shipped import CheckpointError, Kind, kind_of
from hwmodel.training.recogniser import load_recogniser
from hwmodel.training.reports import Ask, Report, line_report, reading_report, text_report


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.evaluate", description="How good a network is on lines it was not trained on.")
    parser.add_argument("--model", required=True, help="a shipped checkpoint's name, or a path to a .safetensors file")
    parser.add_argument("--lines", required=True, help="a lines file (.npz)")
    parser.add_argument("--split", default="validation", help="train, validation or test (default: validation)")
    parser.add_argument("--kind", help="written or composed, where the file knows (default: all)")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--legibility", metavar="JUDGE", help="a recogniser's name: read what a text network writes")
    parser.add_argument("--ranked-by", metavar="RANKS", help="another recogniser's name: read the best of eight samples, too, which this one chooses")
    parser.add_argument("--beside", metavar="NAME", help="a network's name that is told nothing: say what changes in its cells and ink with a text")
    args = parser.parse_args(argv)
    try:
        report = report_of(args)
    except (CheckpointError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    named = {"model": args.model, "lines": args.lines, "split": args.split, "kind": args.kind}
    print(json.dumps(named | report.figures) if args.json else f"{args.model} on {args.split} lines of {args.lines}: {report.sentence}")
    return 0


def report_of(args: argparse.Namespace) -> Report:
    """What the arguments ask for. Raises CheckpointError and ValueError."""
    kind = kind_of(find_checkpoint(args.model))
    if (args.legibility or args.beside) and kind != Kind.TEXT:
        raise ValueError(f"{args.model} is told no text, so that nobody can say whether it wrote one; leave --legibility and --beside out")
    if args.kind and kind == Kind.TEXT:
        raise ValueError("a text network is measured on all lines whose text can be trusted; leave --kind out")
    lines = load_lines(args.lines)
    if kind == Kind.TEXT:
        return text_report(load_text_checkpoint(args.model).model, lines, args.split, Ask(args.legibility, args.ranked_by, args.beside))
    if kind == Kind.RECOGNISER:
        return reading_report(load_recogniser(args.model), lines, args.split, args.kind)
    return line_report(load_checkpoint(args.model).model, lines, args.split, args.kind)


if __name__ == "__main__":
    sys.exit(main())
