"""One figure of the benchmark, and taking it: time in turns, memory at its peak.

The processor is rarely ours alone, so work and bound are timed in turns within one run, and the best turn of each is kept. What runs on one thread is
measured in processor time, which waiting for others does not count towards; what runs on several, by the clock on the wall.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch


@dataclass(frozen=True)
class Measurement:
    """One figure of the report."""

    name: str
    value: float
    unit: str
    bound: float | None = None  # the same unit: what it is measured by
    most_times_bound: float | None = None  # the ratio to stay under
    most: float | None = None  # where no ratio is set: the value to stay under
    least: float | None = None  # or to reach
    peak_mb: float | None = None  # memory taken on top of what was there before, where the system tells
    beside: str = "bare products"  # what the bound is of

    @property
    def ratio(self) -> float | None:
        return self.value / self.bound if self.bound else None

    @property
    def passed(self) -> bool | None:
        """None where no target is set."""
        if self.ratio is not None and self.most_times_bound is not None:
            return self.ratio <= self.most_times_bound
        if self.least is not None:
            return self.value >= self.least
        return None if self.most is None else self.value <= self.most


def best_of(works: list[Callable[[], object]], turns: int = 7) -> list[float]:
    """Seconds of the best turn of each work, the works taking turns, after one turn that does not count. Processor time on one thread, else wall."""
    clock = time.process_time if torch.get_num_threads() == 1 else time.perf_counter
    best = [float("inf")] * len(works)
    for turn in range(turns + 1):
        for index, work in enumerate(works):
            before = clock()
            work()
            if turn:
                best[index] = min(best[index], clock() - before)
    return best


@contextmanager
def threads(count: int) -> Iterator[None]:
    """torch on `count` threads, for a while."""
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def peak_extra_mb(work: Callable[[], object]) -> float | None:
    """Megabytes of resident memory that `work` takes at its peak, on top of what was there; None where the system does not tell (not Linux)."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")  # the peak starts anew (man 5 proc)
    except OSError:
        return None
    before = _resident_kb("VmRSS")
    work()
    return (_resident_kb("VmHWM") - before) / 1024


def _resident_kb(key: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith(key + ":")).split()[1])


def in_words(measurement: Measurement) -> str:
    """One line of the report."""
    words = f"{measurement.name:40} {measurement.value:9.3f} {measurement.unit}"
    if measurement.ratio is not None:
        words += f"; {measurement.beside} {measurement.bound:.3f}, ratio {measurement.ratio:.2f}"
    if measurement.most_times_bound or measurement.most:
        words += f" (at most {measurement.most_times_bound or measurement.most:g}: {'reached' if measurement.passed else 'MISSED'})"
    if measurement.least:
        words += f" (at least {measurement.least:g}: {'reached' if measurement.passed else 'MISSED'})"
    return words + (f"; {measurement.peak_mb:.0f} MB more at the peak" if measurement.peak_mb is not None else "")
