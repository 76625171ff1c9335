"""Make a network's weights ready for the browser: python -m hwmodel.pack_weights NAME [--out FILE] [--precision float16]"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from hwmodel.network.as_arrays import weights_of
from hwmodel.network.checkpoint import load_any_checkpoint
from hwmodel.network.shipped import CheckpointError
from hwmodel.views.network_weights import PRECISIONS, weights_bytes


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m hwmodel.pack_weights", description="A network's weights as a file for the browser.")
    parser.add_argument("model", metavar="NAME", help="a shipped checkpoint's name, or a path to a .safetensors file")
    parser.add_argument("--out", type=Path, help="the file to write (default: NAME.weights)")
    parser.add_argument("--precision", choices=PRECISIONS, default=PRECISIONS[0], help="of the two large matrices (default: int8)")
    args = parser.parse_args(argv)
    try:
        checkpoint = load_any_checkpoint(args.model)
        model = checkpoint.model
        packed = weights_bytes(weights_of(model), checkpoint.fingerprint, model.config.units_per_offset, args.precision)
        out = args.out or Path(f"{checkpoint.name}.weights")
        out.write_bytes(packed)
    except (CheckpointError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"written: {out}, {len(packed):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
