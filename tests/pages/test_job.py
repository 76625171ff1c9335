"""Work in the background of a page."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from pages.ui.shell.job import Job

PATIENCE = 30


def test_a_job_reports_and_gives_its_result() -> None:
    def work(report: Callable[[float], None]) -> str:
        report(0.5)
        return "done"

    job = Job(work)
    job.wait(PATIENCE)
    assert (job.running, job.done, job.result, job.error) == (False, 0.5, "done", None)


def test_a_stopped_job_ends_at_its_next_report() -> None:
    started, go_on = threading.Event(), threading.Event()

    def work(report: Callable[[float], None]) -> str:
        started.set()
        go_on.wait(PATIENCE)
        report(0.9)
        return "too late"

    job = Job(work)
    started.wait(PATIENCE)
    assert job.running
    job.stop()
    assert not job.running
    go_on.set()
    job.wait(PATIENCE)
    assert job.result is None and job.error is None


def test_an_error_is_kept_for_the_page() -> None:
    def work(report: Callable[[float], None]) -> None:
        raise ValueError("perplexity must be smaller")

    job = Job(work)
    job.wait(PATIENCE)
    with pytest.raises(ValueError, match="perplexity"):
        assert job.error is not None
        raise job.error
