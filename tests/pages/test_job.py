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


def test_jobs_of_all_visitors_run_one_at_a_time_in_the_order_they_were_begun() -> None:
    go_on, began = threading.Event(), []

    def work(name: str) -> Callable[[Callable[[float], None]], str]:
        def turn(report: Callable[[float], None]) -> str:
            began.append(name)
            go_on.wait(PATIENCE)
            return name

        return turn

    jobs = [Job(work(name)) for name in "abc"]
    given_up = Job(work("d"))
    assert [job.ahead for job in jobs] == [0, 1, 2] and given_up.running
    given_up.stop()
    given_up.wait(PATIENCE)
    assert began == ["a"] and not given_up.running, "one that waits can be stopped"
    go_on.set()
    for job in jobs:
        job.wait(PATIENCE)
    assert began == ["a", "b", "c"] and [job.result for job in jobs] == ["a", "b", "c"] and jobs[2].ahead == 0


def test_a_job_that_no_page_looks_at_any_more_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.ui.shell.job.ALONE_S", 0.05)

    def endless(report: Callable[[float], None]) -> None:
        while True:
            report(0.5)

    job = Job(endless)
    job.wait(PATIENCE)
    assert not job.running and job.result is None and job.error is None
