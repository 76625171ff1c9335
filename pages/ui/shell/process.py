"""What holds for the whole server process, whoever visits it. Called by app.py before torch is there."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
import time
from functools import cache
from typing import Any

from hwmodel.network.threads import ONE_THREAD

M_TRIM_THRESHOLD, M_ARENA_MAX = -1, -8  # as glibc's malloc.h numbers them
ARENAS = 2
TRIM_BYTES = 2**20
TRIM_EVERY_S = 2.0
_trimmed = 0.0  # when, by the monotonic clock
_settled = 0  # modules that were there when `settle` last did something


@cache
def prepare() -> None:
    """One thread of torch for each visitor's script, and memory that goes back to the system. What the environment says already holds.

    Streamlit runs every script in a thread of its own, and `torch.set_num_threads` holds for the thread that calls it: the others' thousands of small
    products would wait for one another on all cores. glibc gives each thread a heap of its own, up to eight a core, and keeps what was freed in it.
    """
    for name, count in ONE_THREAD.items():
        os.environ.setdefault(name, count)
    mallopt = of_glibc("mallopt")
    if mallopt and "MALLOC_ARENA_MAX" not in os.environ:
        mallopt(M_ARENA_MAX, ARENAS)
        mallopt(M_TRIM_THRESHOLD, TRIM_BYTES)


def trim() -> None:
    """Give freed memory back to the system, which glibc does by itself at the end of a heap only; not more often than every TRIM_EVERY_S."""
    global _trimmed
    malloc_trim = of_glibc("malloc_trim")
    if malloc_trim and time.monotonic() > _trimmed + TRIM_EVERY_S:
        _trimmed = time.monotonic()
        malloc_trim(0)


def settle() -> None:
    """Let the search for garbage pass over what the modules brought along, wherever some were imported since the last call.

    Streamlit searches after every run of a script, and looks at every object there is: with torch that takes 0.1 s, in which nobody else's script
    moves. What is alive now goes when nothing refers to it any more, like everything else; only circles that begin now are never found.
    """
    global _settled
    if len(sys.modules) > _settled:
        _settled = len(sys.modules)
        gc.collect()
        gc.freeze()


@cache
def of_glibc(name: str) -> Any:
    """A function of the C library; None where it is not glibc."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
