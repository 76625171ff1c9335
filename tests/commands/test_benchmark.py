"""The benchmark's frame: what it prints, and what it calls reached. (Its times are not tested: test machines are busy.)"""

from __future__ import annotations

import json
import mmap
import os
import subprocess
import sys

import pytest
import torch

from hwmodel import benchmark
from hwmodel.benchmark import main
from hwmodel.benchmarks import chromium
from hwmodel.benchmarks.measurement import Measurement, best_of, in_words, peak_extra_mb, threads
from hwmodel.benchmarks.visitors import environment, seconds_in_two_threads
from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.network.threads import ONE_THREAD


def made_up(model: HandwritingModel) -> list[Measurement]:
    """Two figures, one of which misses its target."""
    return [
        Measurement("quick", 3.0, "ms", 2.0, most_times_bound=1.6, peak_mb=7.0),
        Measurement("slow", 3.0, "ms", most=2.0),
        Measurement("size", 9.0, "kB"),
    ]


@pytest.fixture
def only_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmark, "MEASURE", (made_up,))


def test_json_is_one_object_with_ratios(only_made_up: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    quick, slow, size = report["measurements"]
    assert (quick["ratio"], quick["passed"], quick["peak_mb"]) == (1.5, True, 7.0)
    assert (slow["ratio"], slow["passed"]) == (None, False)
    assert (size["passed"], size["unit"]) == (None, "kB")
    assert report["model"] == "unipen"


def test_words_say_what_was_reached(only_made_up: None) -> None:
    quick, slow, size = (in_words(each) for each in made_up(HandwritingModel()))
    assert "ratio 1.50 (at most 1.6: reached)" in quick
    assert "7 MB more" in quick
    assert "(at most 2: MISSED)" in slow
    assert "at most" not in size


def test_a_figure_to_reach_is_reached_or_missed() -> None:
    quick, slow = (Measurement("steps", value, "steps a second", 100.0, least=4000, beside="plain js") for value in (5000.0, 3000.0))
    assert (quick.passed, slow.passed) == (True, False)
    assert "plain js 100.000, ratio 50.00 (at least 4000: reached)" in in_words(quick) and "(at least 4000: MISSED)" in in_words(slow)


@pytest.mark.skipif(chromium.PATH is None, reason="no Chromium: apt-get install chromium")
def test_the_browser_is_measured_in_a_real_one() -> None:
    """In a process of its own: tests in a browser keep an event loop open in this one. One turn tells whether it works."""
    short = """
import sys
from hwmodel import benchmark
from hwmodel.benchmarks import browser, browser_pen
browser.TURNS, browser_pen.PLACES = 1, 40
sys.exit(benchmark.main())
"""
    told = subprocess.run([sys.executable, "-c", short, "--browser", "--json"], capture_output=True, text=True, check=True)
    report = json.loads(told.stdout)
    found = {each["name"]: each for each in report["measurements"]}
    many, one, ready = (found[f"browser, {name}"] for name in ("48 lines side by side", "one line", "weights ready"))
    assert many["ratio"] > 1 and many["beside"] == one["beside"] == "plain js"
    assert one["value"] > 0 and found["browser, pen to futures, p95, 4 x throttled"]["value"] > 0 and ready["unit"] == "ms"


def test_an_unknown_measurement_is_named(only_made_up: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--only", "nonsense"])
    assert "'nonsense'" in capsys.readouterr().err


def test_an_unknown_model_is_a_sentence_and_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--model", "nonsense"]) == 2
    assert "there is no checkpoint named 'nonsense'" in capsys.readouterr().err


def test_works_take_turns_and_the_first_turn_does_not_count() -> None:
    calls: list[str] = []
    times = best_of([lambda: calls.append("a"), lambda: calls.append("b")], turns=2)
    assert calls == ["a", "b"] * 3
    assert len(times) == 2 and all(0 <= seconds < 1 for seconds in times)


def test_memory_at_the_peak_is_seen_though_it_is_given_back() -> None:
    def work() -> None:
        with mmap.mmap(-1, 40_000_000) as fresh:  # straight from the system: an array may find room in what earlier tests gave back to the heap
            for page in range(0, len(fresh), mmap.PAGESIZE):
                fresh[page] = 1

    peak = peak_extra_mb(work)
    if peak is None:
        pytest.skip("this system does not tell a process's peak of memory")
    assert 30 < peak < 60


def test_threads_are_given_back() -> None:
    before = torch.get_num_threads()
    with threads(before + 1):
        assert torch.get_num_threads() == before + 1
    assert torch.get_num_threads() == before


def test_two_threads_of_another_process_are_timed_and_the_environment_is_given_back() -> None:
    before = dict(os.environ)
    first, second = seconds_in_two_threads(ModelConfig(cells=8, components=2), 50, 2, ONE_THREAD)
    assert 0 < first < 10 and 0 < second < 10
    assert dict(os.environ) == before


def test_a_new_process_is_told_of_the_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    with environment(ONE_THREAD):
        told = subprocess.run([sys.executable, "-c", "import os; print(os.environ['OMP_NUM_THREADS'])"], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "1" and os.environ["OMP_NUM_THREADS"] == "2"
