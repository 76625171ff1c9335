"""Write a line or a page: python -m hwmodel.write "Dear Susan, thank you" --model iam-text --bias 1 --seed 0 --samples 8 --out line.svg

The ending of --out says in which format. A network that writes as it likes is given no text. A text of several
lines, or with more than 40 characters in a line, becomes several lines of ink.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from hwmodel.data.texts import lines_of
from hwmodel.formats.registry import WRITTEN, write_ink
from hwmodel.ink.page import page_of
from hwmodel.ink.strokes import Strokes
from hwmodel.network.checkpoint import load_checkpoint, load_text_checkpoint
from hwmodel.network.shipped import CheckpointError, Kind, available_checkpoints
from hwmodel.sampling.laws import graves
from hwmodel.sampling.lines import generate
from hwmodel.training.recogniser import load_recogniser
from hwmodel.training.writing import write_best

MOST_SAMPLES = 64
FORMATS = {format.extensions[0]: format.name for format in WRITTEN}
ENDINGS = ", ".join(f".{ending}" for ending in FORMATS)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.write", description="Write a text, or what the network likes.")
    parser.add_argument("text", nargs="?", help="what to write; left out for a network that writes as it likes")
    parser.add_argument("--file", type=Path, help="a text file to write instead")
    parser.add_argument("--model", required=True, help="a shipped checkpoint's name, or a path to a .safetensors file")
    parser.add_argument("--bias", type=float, default=1.0, help="how sure of itself the network is made: 0 as it learnt, 1 to 2 steady (default: 1)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, another hand (default: 0)")
    parser.add_argument("--samples", type=int, default=1, help="so many are written of each line, and the most legible one is kept (default: 1)")
    parser.add_argument("--out", required=True, type=Path, help=f"the file to write, which ends in one of {ENDINGS}")
    args = parser.parse_args(argv)
    try:
        check(args)
        ink = written(args) if args.text is not None or args.file else freely_written(args)
        args.out.write_bytes(write_ink(ink, FORMATS[ending(args.out)]))
    except (CheckpointError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"written: {args.out}")
    return 0


def ending(path: Path) -> str:
    return path.suffix[1:].lower()


def check(args: argparse.Namespace) -> None:
    """Raises ValueError for arguments that cannot be meant."""
    if ending(args.out) not in FORMATS:
        raise ValueError(f"{args.out} ends in none of {ENDINGS}")
    if not 0 <= args.bias <= 10:
        raise ValueError(f"the bias must be from 0 to 10, got {args.bias:g}")
    if args.seed < 0:
        raise ValueError(f"the seed must not be negative, got {args.seed}")
    if not 1 <= args.samples <= MOST_SAMPLES:
        raise ValueError(f"samples must be 1 to {MOST_SAMPLES}, got {args.samples}")
    if args.file and args.text is not None:
        raise ValueError("either a text or a file with one, not both")


def written(args: argparse.Namespace) -> Strokes:
    """The text's ink. Raises ValueError and CheckpointError."""
    model = load_text_checkpoint(args.model).model
    lines = lines_of(args.file.read_text("utf-8") if args.file else args.text, model.config.alphabet)
    readers = available_checkpoints(kind=Kind.RECOGNISER)
    recogniser = load_recogniser(readers[0]) if readers and args.samples > 1 else None
    best = write_best(model, lines, args.seed, args.samples, graves(args.bias), recogniser, lambda progress: print(progress, file=sys.stderr))
    return page_of([line.strokes for line in best])


def freely_written(args: argparse.Namespace) -> Strokes:
    """One line of a network that is told nothing. Raises ValueError and CheckpointError."""
    if args.samples > 1:
        raise ValueError("samples are ranked by how well their text can be read, and there is no text; leave --samples out")
    return generate(load_checkpoint(args.model).model, [args.seed], graves(args.bias))[0].strokes


if __name__ == "__main__":
    sys.exit(main())
