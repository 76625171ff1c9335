"""Write a line or a page: python -m hwmodel.write "Dear Susan, thank you" --model iam-text --bias 1 --seed 0 --samples 8 --out line.svg

The ending of --out says in which format. A network that writes as it likes is given no text. A text of several
lines, or with more than 40 characters in a line, becomes several lines of ink.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from hwmodel.formats.registry import written_as
from hwmodel.network.shipped import CheckpointError
from hwmodel.training.writing import Settings, write_freely, write_page


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.write", description="Write a text, or what the network likes.")
    parser.add_argument("text", nargs="?", help="what to write; left out for a network that writes as it likes")
    parser.add_argument("--file", type=Path, help="a text file to write instead")
    parser.add_argument("--model", required=True, help="a shipped checkpoint's name, or a path to a .safetensors file")
    parser.add_argument("--bias", type=float, default=1.0, help="how sure of itself the network is made: 0 as it learnt, 1 to 2 steady (default: 1)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, another hand (default: 0)")
    parser.add_argument("--samples", type=int, default=1, help="so many are written of each line, and the most legible one is kept (default: 1)")
    parser.add_argument("--out", required=True, type=Path, help="the file to write; its ending chooses the format")
    args = parser.parse_args(argv)
    try:
        format, settings = written_as(args.out.name), Settings(args.bias, args.seed, args.samples)
        text = text_of(args)
        ink = write_freely(args.model, settings) if text is None else write_page(args.model, text, settings, say)
        args.out.write_bytes(format.to_bytes(ink, text))
    except (CheckpointError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"written: {args.out}")
    return 0


def text_of(args: argparse.Namespace) -> str | None:
    """What is to be written; None where there is no text. Raises ValueError and OSError."""
    if args.file and args.text is not None:
        raise ValueError("either a text or a file with one, not both")
    text: str | None = args.file.read_text("utf-8") if args.file else args.text
    return text


def say(progress: str) -> None:
    print(progress, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
