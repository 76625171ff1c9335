"""What the network takes from a thread that did not load it. Streamlit runs each visitor's script in such a one."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from threading import Thread

import numpy as np
import torch

from hwmodel.benchmarks.measurement import Measurement
from hwmodel.ink.strokes import Strokes
from hwmodel.network.likelihood import surprise
from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.network.threads import ONE_THREAD

POINTS = 10_000
TURNS = 3


def second_thread(model: HandwritingModel) -> list[Measurement]:
    """Surprise of 10,000 points, in a process whose torch is told of ONE_THREAD as the dashboard tells it. By the clock on the wall: a thread that
    waits for others is what this would show."""
    first, second = seconds_in_two_threads(model.config, POINTS, TURNS, ONE_THREAD)
    return [Measurement(f"surprise of {POINTS:,} points, second thread", second, "s", first, 1.5, beside="first thread")]


def seconds_in_two_threads(config: ModelConfig, points: int, turns: int, variables: Mapping[str, str]) -> tuple[float, float]:
    """Best of so many turns of the thread that made a network, and of another one, in a new process with some environment variables."""
    with environment(variables), ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(_take_turns, config, points, turns).result()


@contextmanager
def environment(variables: Mapping[str, str]) -> Iterator[None]:
    """These environment variables, for a while."""
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _take_turns(config: ModelConfig, points: int, turns: int) -> tuple[float, float]:
    """In the new process. What the weights are makes no difference to the time."""
    torch.set_num_threads(1)  # holds for this thread alone: the other one has only the environment to go by
    model = HandwritingModel(config).eval()
    random = np.random.default_rng(0)
    strokes = Strokes(np.concatenate((random.normal(0, 0.4, (points, 2)), random.random((points, 1)) < 0.03), axis=1))
    taken: tuple[list[float], list[float]] = ([], [])

    def work(seconds: list[float]) -> None:
        before = time.perf_counter()
        surprise(model, [strokes])
        seconds.append(time.perf_counter() - before)

    for _ in range(turns):
        work(taken[0])
        visitor = Thread(target=work, args=(taken[1],))
        visitor.start()
        visitor.join()
    return min(taken[0]), min(taken[1])
