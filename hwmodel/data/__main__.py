"""python -m hwmodel.data iam RAW OUT.npz, python -m hwmodel.data unipen RAW OUT.npz: from a raw distribution to a lines file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hwmodel.data.collections import IAM, UNIPEN
from hwmodel.data.iam import read_iam
from hwmodel.data.lines import save_lines
from hwmodel.data.raw import unpacked
from hwmodel.data.unipen.reader import read_unipen

READERS = {"iam": (read_iam, IAM), "unipen": (read_unipen, UNIPEN)}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.data", description="Make a lines file from a collection as it was published.")
    parser.add_argument("collection", choices=READERS)
    parser.add_argument("raw", type=Path, help="the unpacked distribution, or a .tar or .zip archive of it")
    parser.add_argument("out", type=Path, help="the lines file to write (.npz)")
    args = parser.parse_args(argv)
    if args.out.suffix != ".npz":
        parser.error(f"OUT must end in .npz, got {args.out}")
    try:
        read, collection = READERS[args.collection]
        with unpacked(args.raw) as root:
            lines, account = read(root)
        save_lines(args.out, replace(lines, collection=collection.name, licence=collection.licence))
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(account.text())
    print(f"written: {args.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
