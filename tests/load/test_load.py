"""The load script itself: two visitors, a few changes, none of which may fail."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform != "linux", reason="a process tells what it takes in /proc")
@pytest.mark.parametrize("page", ["write", "your_hand"])
def test_visitors_change_a_page_and_nothing_fails(page: str) -> None:
    """In a process of its own: Playwright keeps an event loop in this one for as long as its browser is open."""
    command = [sys.executable, "-m", "tests.load", "--page", page, "--visitors", "2", "--seconds", "2", "--every", "0.5", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["answered"] >= 2 and told["failures"] == told["exceptions"] == 0 and told["p95_s"] > 0
    assert 50 < told["mb_begin"] < told["mb_max"]
