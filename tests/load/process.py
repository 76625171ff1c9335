"""A server of this checkout, and what its process takes (Linux)."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hwmodel.benchmarks.dashboard import fresh_server


class Usage:
    """Memory and processor time of a process, from now on."""

    def __init__(self, pid: int) -> None:
        self.process = Path("/proc") / str(pid)
        self.began, self.processor_began = time.perf_counter(), self._processor_s()
        self.resident = [self._resident_mb()]

    async def watch(self) -> None:
        """Look at the memory four times a second, until cancelled."""
        while True:
            await asyncio.sleep(0.25)
            self.resident.append(self._resident_mb())

    def summary(self, changes: int) -> dict[str, Any]:
        """MB at the beginning, at the highest and at the end, how many cores were busy on average, and how long for each of so many changes."""
        busy = self._processor_s() - self.processor_began
        return {
            "mb_begin": round(self.resident[0]),
            "mb_max": round(max(self.resident)),
            "mb_end": round(self.resident[-1]),
            "cores": round(busy / (time.perf_counter() - self.began), 2),
            "processor_s_a_change": round(busy / max(1, changes), 3),
        }

    def _resident_mb(self) -> float:
        lines = (self.process / "status").read_text("utf-8").splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) / 1024

    def _processor_s(self) -> float:
        fields = (self.process / "stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # user and system time


@contextmanager
def own_server() -> Iterator[tuple[str, Usage]]:
    """The address of a dashboard that nobody has visited yet, and what it takes."""
    with fresh_server() as server:
        yield server.url, Usage(server.pid)
