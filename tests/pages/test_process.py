"""What holds for the whole server process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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
