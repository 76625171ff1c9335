"""Visitors who change one control of a page again and again: python -m tests.load --visitors 20 --seconds 60 --page write [--json]

Without --url a server of this checkout is started for the run and ended with it. Each visitor opens the page, waits until it stands, and then changes
the page's control once every --every seconds; a visitor whose page is still at work waits for it and leaves out the changes that were due meanwhile,
so `answered` below `wanted` says that the server did not keep up. Measured is the time from sending a change to the message that the script has run.

A change is one message of the browser's: on `write` one of 61 biases for the same five lines, so that visitors meet each other's in the caches; on
`write_again`, `activations`, `cell_order` and `model` another seed, ink that nobody has seen; on `write_text` four words, of which the network makes
eight samples; on `futures` one of 61 biases; on `your_hand` a stroke of 60 points more, on a sheet of twenty at most. The visitors' work is on the
same cores where the server is of this machine; `processor_s_a_change` is the server's alone, with the opening of the pages in it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import websockets

from tests.load.process import Usage, own_server
from tests.load.visitor import Visitor

Act = Callable[[Visitor, int, random.Random], Awaitable[float]]
MOST_STROKES = 20  # on a visitor's sheet
WORDS = ("the", "of", "and", "to", "in", "that", "was", "his", "he", "it", "with", "is", "for", "as", "had", "you", "not", "be", "her", "on")


async def idle(visitor: Visitor, turn: int, rng: random.Random) -> float:
    return 0.0


async def change_bias(visitor: Visitor, turn: int, rng: random.Random) -> float:
    return await visitor.change("ink_bias", double_array_value=[rng.randrange(61) * 0.05])


async def change_text(visitor: Visitor, turn: int, rng: random.Random) -> float:
    return await visitor.change("write_text", string_value=" ".join(rng.sample(WORDS, 4)))


async def change_futures(visitor: Visitor, turn: int, rng: random.Random) -> float:
    return await visitor.change("futures_bias", double_array_value=[rng.randrange(61) * 0.05])


async def change_ink(visitor: Visitor, turn: int, rng: random.Random) -> float:
    return await visitor.change("ink_seed", double_value=rng.randrange(10_000))


async def go_on_to_the_next_page(visitor: Visitor, turn: int, rng: random.Random) -> float:
    pages = [path for path, _ in PAGES.values() if path]
    return await visitor.go_to(pages[turn % len(pages)])


async def write_stroke(visitor: Visitor, turn: int, rng: random.Random) -> float:
    sheets = [key for key in visitor.widgets if key.startswith("hand_canvas_")]
    newest = max(sheets, key=lambda key: int(key.rsplit("_", 1)[1]))
    drawn = [wave(number, rng) for number in range(max(0, turn - MOST_STROKES + 1), turn + 1)]
    return await visitor.change(newest, json_value={"drawing": {"raw": {"objects": drawn}}})


def wave(number: int, rng: random.Random) -> dict[str, Any]:
    """A stroke of 60 points as the drawing widget (Fabric.js) writes one down."""
    points = [(20 + 30 * (number % 20) + 0.5 * i, 110 - 1.8 * abs(((i + rng.random()) % 20) - 10)) for i in range(60)]
    curves = [["Q", *a, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2] for a, b in pairwise(points)]
    xs, ys = zip(*points, strict=True)
    place = {"left": (min(xs) + max(xs)) / 2, "top": (min(ys) + max(ys)) / 2, "scaleX": 1, "scaleY": 1, "angle": 0, "flipX": False, "flipY": False}
    return {"type": "Path", "path": [["M", *points[0]], *curves, ["L", *points[-1]]], **place}


PAGES: dict[str, tuple[str, Act]] = {  # by the name on the command line: the page's path, and what is changed there
    "write": ("write", change_bias),
    "write_again": ("write", change_ink),
    "write_text": ("write", change_text),
    "your_hand": ("your_hand", write_stroke),
    "futures": ("futures", change_futures),
    "activations": ("activations", change_ink),
    "cell_order": ("cell_order", change_ink),
    "model": ("model", change_ink),
    "every": ("", go_on_to_the_next_page),
    "idle": ("", idle),
}
QUERY = {"your_hand": "sheet=Plain"}  # the live sheet asks the server for nothing


@dataclass
class Log:
    """What all visitors met."""

    opened: list[float] = field(default_factory=list)  # seconds until the page stood
    took: list[float] = field(default_factory=list)  # seconds of each change that was answered
    failed: list[str] = field(default_factory=list)


async def visit(visitor: Visitor, act: Act, number: int, args: argparse.Namespace, log: Log) -> None:
    """One visitor's stay."""
    rng = random.Random(0 if args.same else number)
    await asyncio.sleep(number * args.stagger)
    try:
        log.opened.append(await visitor.open())
        begin, turn = time.perf_counter(), 0
        while (due := begin + turn * args.every) < begin + args.seconds:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            log.took.append(await act(visitor, turn, rng))
            turn = max(turn + 1, int((time.perf_counter() - begin) / args.every))
    except (OSError, TimeoutError, KeyError, ValueError, websockets.WebSocketException) as error:
        log.failed.append(f"{type(error).__name__}: {error}"[:200])
    finally:
        await visitor.close()


async def measure(url: str, args: argparse.Namespace, usage: Usage | None) -> dict[str, Any]:
    """All visitors at once; what is printed."""
    path, act = PAGES[args.page]
    visitors, log = [Visitor(url, path, args.patience, query=QUERY.get(args.page, "")) for _ in range(args.visitors)], Log()
    watching = asyncio.create_task(usage.watch()) if usage else None
    await asyncio.gather(*(visit(visitor, act, number, args, log) for number, visitor in enumerate(visitors)))
    if watching:
        watching.cancel()
    errors = [error for visitor in visitors for error in visitor.errors]
    return {
        "page": args.page,
        "visitors": args.visitors,
        "seconds": args.seconds,
        "answered": len(log.took),
        "wanted": int(args.visitors * args.seconds / args.every),
        "p50_s": percentile(log.took, 50),
        "p95_s": percentile(log.took, 95),
        "max_s": percentile(log.took, 100),
        "opened_p50_s": percentile(log.opened, 50),
        "opened_max_s": percentile(log.opened, 100),
        "failures": len(log.failed),
        "exceptions": len(errors),
        "first_of_them": (log.failed + errors)[:3],
        "kb_a_change": round(sum(visitor.received for visitor in visitors) / 1000 / max(1, len(log.took))),
        **(usage.summary(len(log.took)) if usage else {}),
        "load_average": round(os.getloadavg()[0], 1),
    }


def percentile(values: Sequence[float], share: float) -> float | None:
    return round(float(np.percentile(values, share)), 3) if values else None


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description="Load on the dashboard, as visitors make it.")
    parser.add_argument("--page", default="write", choices=PAGES)
    parser.add_argument("--visitors", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=1.0, help="seconds between two changes of one visitor (default: 1)")
    parser.add_argument("--stagger", type=float, default=0.2, help="seconds between two visitors' arrivals (default: 0.2)")
    parser.add_argument("--patience", type=float, default=60, help="seconds after which a change has failed (default: 60)")
    parser.add_argument("--url", help="a running server (default: one of this checkout, for this run alone)")
    parser.add_argument("--same", action="store_true", help="all visitors choose the same values, so that the caches serve all but the first")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    args = parser.parse_args(argv)
    with ExitStack() as stack:
        url, usage = (args.url, None) if args.url else stack.enter_context(own_server())
        result = asyncio.run(measure(url, args, usage))
    print(json.dumps(result) if args.json else "\n".join(f"{name:14} {value}" for name, value in result.items()))
    return 1 if result["failures"] or result["exceptions"] else 0


if __name__ == "__main__":
    sys.exit(main())
