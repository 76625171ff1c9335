"""How well a model predicts lines: python -m hwmodel.evaluate --model NAME --lines FILE.npz [--split SPLIT] [--json]

Nats a step, as `hwmodel.network.likelihood` measures them, and once more at the recording's resolution.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from hwmodel.data.lines import held_out, load_lines
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.likelihood import resolution, score
from hwmodel.network.shipped import CheckpointError


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
