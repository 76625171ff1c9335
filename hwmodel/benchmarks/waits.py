"""What a visitor waits for: by the clock on the wall and on one thread, as the pages work, with all else that runs on the machine."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import numpy as np

from hwmodel.benchmarks.measurement import Measurement, threads
from hwmodel.cells.ordering import order_cells
from hwmodel.cells.recording import record_cells
from hwmodel.futures.certainty import certainty
from hwmodel.futures.drawing import draw_futures
from hwmodel.network.model import HandwritingModel
from hwmodel.sampling.lines import generate
from hwmodel.views.futures_view import SURE_STEPS, spaced_points

POINTS, SAMPLES, STEPS = 700, 50, 8  # the longest line that the pages write by themselves, and the futures they open with
PERPLEXITY = 10
TURNS = 3


def waits(model: HandwritingModel) -> list[Measurement]:
    """Seconds until "Sure or lost" stands, and until the cells are sorted by the ink at hand: the middle one of TURNS."""
    strokes = generate(model, [0], max_steps=POINTS)[0].strokes
    trace, points = record_cells(model, strokes), spaced_points(len(strokes), SAMPLES, STEPS, SURE_STEPS)

    def sure_or_lost() -> None:
        futures = draw_futures(model, record_cells(model, strokes), SAMPLES, STEPS, 0.5, 0, points)
        certainty(model, strokes, trace, futures)

    def sort() -> None:
        order_cells([trace], np.arange(trace.cell.shape[1]), perplexity=PERPLEXITY)

    with threads(1):
        return [wait("sure or lost", len(strokes), sure_or_lost, 2.0), wait("sorted by this ink", len(strokes), sort, 8.0)]


def wait(name: str, points: int, work: Callable[[], None], most: float) -> Measurement:
    """The middle one of TURNS times, beside the processor time that it took."""
    taken = []
    for _ in range(TURNS):
        before, worked = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - before, time.process_time() - worked))
    seconds, processor = sorted(taken)[TURNS // 2]
    return Measurement(f"{name}, {points} points, {load()}", seconds, "s", processor, most=most, beside="processor time")


def load() -> str:
    """How busy the machine is, where it tells."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else "load not known"
