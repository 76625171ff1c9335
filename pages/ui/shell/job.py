"""Long work in the background of a page: it reports how far it is, and can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class StoppedError(Exception):
    """The reader has stopped the work."""


class Job(Generic[T]):
    """Work that runs in a thread of its own from now on. It is given a function to call with the share that is done, which ends it when stopped.

    Keep it in the session and look at it from a fragment that runs every now and then.
    """

    def __init__(self, work: Callable[[Callable[[float], None]], T]) -> None:
        self.done = 0.0  # share, 0 to 1
        self.result: T | None = None
        self.error: Exception | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[Callable[[float], None]], T]) -> None:
        try:
            self.result = work(self._report)
        except StoppedError:
            pass
        except Exception as error:
            self.error = error

    def _report(self, done: float) -> None:
        self.done = done
        if self._stop.is_set():
            raise StoppedError

    @property
    def running(self) -> bool:
        """Neither finished, nor failed, nor stopped."""
        return self._thread.is_alive() and not self._stop.is_set()

    def stop(self) -> None:
        """Let it end at its next report."""
        self._stop.set()

    def wait(self, seconds: float) -> None:
        """Until it has ended, or so long."""
        self._thread.join(seconds)
