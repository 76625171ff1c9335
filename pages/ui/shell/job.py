"""Long work in the background of a page: it reports how far it is, and can be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")

ALONE_S = 10.0  # after which work that no page looks at is given up: the visitor has gone
LOOK_S = 0.2  # between two looks at the queue

_turns = threading.Condition()
_queue: list[Job[Any]] = []  # of all visitors; the first one works


class StoppedError(Exception):
    """The reader has stopped the work, or has gone."""


class Job(Generic[T]):
    """Work that runs in a thread of its own, as soon as the jobs of all visitors that were begun before have ended. It is given a function to call
    with the share that is done, which ends it when it is stopped or when nobody has asked for `running` for ALONE_S.

    Keep it in the session and look at it from a fragment that runs every now and then.
    """

    def __init__(self, work: Callable[[Callable[[float], None]], T]) -> None:
        self.done = 0.0  # share, 0 to 1
        self.result: T | None = None
        self.error: Exception | None = None
        self._seen = time.monotonic()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        with _turns:
            _queue.append(self)
        self._thread.start()

    def _run(self, work: Callable[[Callable[[float], None]], T]) -> None:
        try:
            with _turns:
                while _queue[0] is not self:
                    _turns.wait(LOOK_S)
                    self._report(0.0)
            self.result = work(self._report)
        except StoppedError:
            pass
        except Exception as error:
            self.error = error
        finally:
            with _turns:
                _queue.remove(self)
                _turns.notify_all()

    def _report(self, done: float) -> None:
        self.done = done
        if self._stop.is_set() or time.monotonic() > self._seen + ALONE_S:
            raise StoppedError

    @property
    def running(self) -> bool:
        """Neither finished, nor failed, nor stopped. Asking for it says that the visitor is still there."""
        self._seen = time.monotonic()
        return self._thread.is_alive() and not self._stop.is_set()

    @property
    def ahead(self) -> int:
        """How many jobs come before it."""
        with _turns:
            return _queue.index(self) if self in _queue else 0

    def stop(self) -> None:
        """Let it end at its next report."""
        self._stop.set()

    def wait(self, seconds: float) -> None:
        """Until it has ended, or so long."""
        self._thread.join(seconds)
