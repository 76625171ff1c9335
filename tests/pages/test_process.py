"""What holds for the whole server process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pages.ui.shell import process

LOOK = """
import json, threading
from pages.ui.shell.process import prepare
prepare()
import torch
found = []
for _ in range(2):
    visitor = threading.Thread(target=lambda: found.append(torch.get_num_threads()))
    visitor.start()
    visitor.join()
print(json.dumps(found))
"""


@pytest.mark.parametrize(("given", "expected"), [({}, [1, 1]), ({"OMP_NUM_THREADS": "2", "MKL_NUM_THREADS": "2"}, [2, 2])])
def test_every_visitors_thread_runs_the_network_on_one_thread_unless_the_host_says_otherwise(given: dict[str, str], expected: list[int]) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")} | given
    found = subprocess.run([sys.executable, "-c", LOOK], cwd=Path(__file__).parents[2], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(found.stdout) == expected


@pytest.mark.skipif(process.of_glibc("malloc_trim") is None, reason="only glibc keeps what was freed")
def test_freed_memory_goes_back_to_the_system() -> None:
    """Small pieces, every tenth of which stays: without being asked, glibc keeps the pages between them."""
    look = """
import time
from pages.ui.shell import process
def held_mb() -> float:
    lines = open("/proc/self/status", encoding="utf-8").read().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) / 1024
process.prepare()
pieces = [bytes(8000) for _ in range(20_000)]
pieces = pieces[::10]
before = held_mb()
process.trim()
after = held_mb()
pieces += [bytes(8000) for _ in range(20_000)]
pieces = pieces[::10]
process.trim()
print(before - after > 60, held_mb() - after > 60)
"""
    found = subprocess.run([sys.executable, "-c", look], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["True", "True"], "and not again so soon"


def test_the_search_for_garbage_passes_over_what_was_imported_and_still_finds_what_a_visit_leaves() -> None:
    look = """
import gc, json, weakref
from pages.ui.shell import process
import numpy
class Thing: pass
process.settle()
settled = gc.get_freeze_count()
process.settle()
again = gc.get_freeze_count()
import xml.dom.minidom
process.settle()
thing = Thing()
thing.itself, known = thing, weakref.ref(thing)
del thing
gc.collect()
print(json.dumps([settled > 3_000, again == settled, gc.get_freeze_count() > settled, known() is None, len(gc.get_objects()) < settled / 3]))
"""
    found = subprocess.run([sys.executable, "-c", look], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True)
    assert json.loads(found.stdout) == [True] * 5
