"""How fast things run, each beside the bare matrix products that it cannot do without: python -m hwmodel.benchmark [--json]
With --browser: how fast the network runs in a real Chromium, beside plain js, and how long a moving pen waits for it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict

import torch

from hwmodel.benchmarks.measurement import Measurement, in_words
from hwmodel.benchmarks.network import MEASURE
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.model import HandwritingModel
from hwmodel.network.shipped import CheckpointError

Measure = Callable[[HandwritingModel], list[Measurement]]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="unipen", help="a shipped checkpoint's name, or a path to a .safetensors file (default: unipen)")
    parser.add_argument("--only", help="one measurement's name: " + ", ".join(measure.__name__ for measure in MEASURE))
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--browser", action="store_true", help="measure in a real browser instead: this needs requirements-dev.txt and a Chromium")
    args = parser.parse_args(argv)
    measures = browser_measures() if args.browser else MEASURE
    try:
        model = load_checkpoint(args.model).model
    except CheckpointError as error:
        print(error, file=sys.stderr)
        return 2
    chosen = [measure for measure in measures if args.only in (None, measure.__name__)]
    if not chosen:
        parser.error(f"there is no measurement named {args.only!r}")
    report = []
    for measure in chosen:
        for measurement in measure(model):
            report.append(asdict(measurement) | {"ratio": measurement.ratio, "passed": measurement.passed})
            if not args.json:
                print(in_words(measurement), flush=True)
    if args.json:
        print(json.dumps({"model": args.model, "torch": torch.__version__, "cores": torch.get_num_threads(), "measurements": report}))
    return 0


def browser_measures() -> tuple[Measure, ...]:
    """What is measured in a browser. Playwright, which drives it, is not there where the dashboard alone was installed."""
    from hwmodel.benchmarks.browser import browser
    from hwmodel.benchmarks.browser_front import browser_front
    from hwmodel.benchmarks.browser_pen import browser_pen

    return browser, browser_pen, browser_front


if __name__ == "__main__":
    sys.exit(main())
