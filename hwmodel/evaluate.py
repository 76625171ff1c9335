"""How well a model predicts lines: python -m hwmodel.evaluate --model NAME --lines FILE.npz [--split SPLIT] [--json] [--legibility READER]

Nats a step, as `hwmodel.network.likelihood` measures them, and once more at the recording's resolution; for a network that is told what to write,
with its own and with another line's text. With a recogniser's name, also how legibly such a network writes those lines' texts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from hwmodel.data.lines import held_out, load_lines
from hwmodel.network.checkpoint import load_any_checkpoint
from hwmodel.network.likelihood import resolution, score
from hwmodel.network.model import HandwritingModel
from hwmodel.network.shipped import CheckpointError
from hwmodel.network.text_model import TextModel
from hwmodel.training.legibility_table import legibility_table
from hwmodel.training.text_trainer import TextLines, text_figures


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.evaluate", description="Nats a step of a model on lines it was not trained on.")
    parser.add_argument("--model", required=True, help="a shipped checkpoint's name, or a path to a .safetensors file")
    parser.add_argument("--lines", required=True, help="a lines file (.npz)")
    parser.add_argument("--split", default="validation", help="train, validation or test (default: validation)")
    parser.add_argument("--kind", help="written or composed, where the file knows (default: all)")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--legibility", metavar="READER", help="a recogniser's name: read what a text network writes")
    args = parser.parse_args(argv)
    try:
        model = load_any_checkpoint(args.model).model
        figures, sentence = (text_report if isinstance(model, TextModel) else line_report)(model, args)
    except (CheckpointError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    named = {"model": args.model, "lines": args.lines, "split": args.split, "kind": args.kind}
    print(json.dumps(named | figures) if args.json else f"{args.model} on {args.split} lines of {args.lines}: {sentence}")
    return 0


def line_report(model: HandwritingModel, args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Figures, and in words, of a network that writes as it likes."""
    if args.legibility:
        raise ValueError(f"{args.model} is told no text, so that nobody can say whether it wrote one; leave --legibility out")
    lines = held_out(load_lines(args.lines), args.split, args.kind)
    result, resolved = score(model, lines), score(model, lines, resolution(model)).total
    figures = {"steps": result.steps, "nats_per_step": result.total, "nats_xy": result.xy, "nats_pen": result.pen, "nats_at_resolution": resolved}
    parts = f"xy {result.xy:.3f}, pen {result.pen:.3f}, {result.steps:,} steps; {resolved:.3f} at the recording's resolution"
    return figures, f"{result.total:.3f} nats a step ({parts})"


def text_report(model: TextModel, args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Figures, and in words, of a network that is told what to write."""
    if args.kind:
        raise ValueError("a text network is measured on all lines whose text can be trusted; leave --kind out")
    lines = load_lines(args.lines)
    found = text_figures(model, TextLines.of(lines, model.config.alphabet, args.split))
    off = f"at its end the window is off by {found.end_error:.2f} characters"
    sentence = f"{found.right:.3f} nats a step, told another line's text {found.other:.3f}; {off}"
    if not args.legibility:
        return asdict(found), sentence
    rows = legibility_table(model, args.legibility, lines, args.split)
    table = "\n".join(f"  {name}: {row.errors:.1%} of characters read wrongly, {row.failures:.1%} of lines failed" for name, row in rows.items())
    return asdict(found) | {"legibility": {name: asdict(row) for name, row in rows.items()}}, f"{sentence}\n{table}"


if __name__ == "__main__":
    sys.exit(main())
