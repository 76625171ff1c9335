"""Lines that many threads ask for, made side by side by one: a hundred rows take six times as long as five, not twenty times."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, Protocol

import torch

AT_ONCE = 50  # steps between two looks at who has come and who is done; CHECK_EVERY is a multiple
MOST_ROWS = 128  # side by side: more would be no faster, and who came first would wait longer
LANES = 32  # numbers that torch takes at a time; what is left over at an array's end it rounds differently
THREAD = "company"  # its name, while there is something to do


class Row(Protocol):
    """What sits at a table: it is done when its future is."""

    future: Future[Any]

    @property
    def left(self) -> int:
        """Steps at most."""


class Table(Protocol):
    """A network with a place for each row."""

    def seat(self, rows: Sequence[Any]) -> None:
        """Give each of these rows a place; those that had one go on from where they are."""

    def go_on(self, steps: int) -> None:
        """So many steps of every row; surplus ones of a row that has fewer left are made and forgotten."""


def rounded_up(count: int, to: int) -> int:
    """The least multiple that is not smaller."""
    return -(-count // to) * to


class Company:
    """Works for any thread that asks, in the order of asking, at a table of its own and in a thread that lives while there is something to do."""

    def __init__(self, table: Callable[[], Table]) -> None:
        self._table = table
        self._turn = threading.Lock()
        self._waiting: deque[Row] = deque()
        self._working = False

    def enter(self, rows: Sequence[Row]) -> None:
        """Let rows wait for their places."""
        with self._turn:
            self._waiting.extend(rows)
            idle, self._working = not self._working, True
        if idle:
            threading.Thread(target=self._work, name=THREAD, daemon=True).start()

    @torch.inference_mode()
    def _work(self) -> None:
        rows: list[Row] = []
        try:
            table = self._table()
            while rows := self._with_who_waits(rows):
                table.seat(rows)
                table.go_on(min(AT_ONCE, max(row.left for row in rows)))
                rows = [row for row in rows if not row.future.done()]
        except Exception as error:
            with self._turn:
                failed, self._working = [*rows, *self._waiting], False
                self._waiting.clear()
            for row in failed:
                if not row.future.done():
                    row.future.set_exception(error)

    def _with_who_waits(self, rows: list[Row]) -> list[Row]:
        with self._turn:
            free = min(len(self._waiting), MOST_ROWS - len(rows))
            rows = rows + [self._waiting.popleft() for _ in range(free)]
            self._working = bool(rows)
        return rows
