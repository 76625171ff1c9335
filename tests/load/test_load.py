"""The load script itself: two visitors, a few changes, none of which may fail."""

from __future__ import annotations

import json
import sys

import pytest

from tests.load.__main__ import main


@pytest.mark.skipif(sys.platform != "linux", reason="a process tells what it takes in /proc")
@pytest.mark.parametrize("page", ["write", "your_hand"])
def test_visitors_change_a_page_and_nothing_fails(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--page", page, "--visitors", "2", "--seconds", "2", "--every", "0.5", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["answered"] >= 2 and told["failures"] == told["exceptions"] == 0 and told["p95_s"] > 0
    assert 50 < told["mb_begin"] < told["mb_max"]
