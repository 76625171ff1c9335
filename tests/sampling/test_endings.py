"""When a line is over."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.data.lines import load_lines
from hwmodel.sampling.endings import LINE_WIDTH, ending
from tests.conftest import SHARED, needs_shared
from tests.support.lines import wavy_offsets


def steady(dx: float, dy: float, steps: int) -> np.ndarray:
    return np.tile(np.array([dx, dy, 0], np.float32), (steps, 1))


def reason(offsets: np.ndarray) -> str | None:
    found = ending(offsets)
    return found.reason if found else None


def test_ordinary_writing_has_not_ended() -> None:
    assert ending(wavy_offsets(400)) is None


def test_nothing_written_has_not_ended() -> None:
    assert ending(np.zeros((0, 3))) is None


@pytest.mark.parametrize(
    ("offsets", "expected"),
    [
        (steady(0.3, -0.5, 200), "it left the line upwards"),
        (steady(0.3, 0.5, 200), "it left the line downwards"),
        (steady(-0.5, 0, 200), "it left the line to the left"),
        (steady(0.001, 0, 200), "the pen was standing still"),
    ],
)
def test_the_reason_is_named(offsets: np.ndarray, expected: str) -> None:
    assert reason(offsets) == expected


def test_circles_are_seen() -> None:
    angle = np.arange(600) * 0.3
    assert reason(np.stack((np.cos(angle), np.sin(angle), np.zeros(600)), axis=1)) == "it was going round in circles"


def test_a_full_line_waits_for_the_pen_to_lift() -> None:
    offsets = steady(1, 0, int(LINE_WIDTH) + 40)
    assert ending(offsets) is None
    offsets[int(LINE_WIDTH) + 20, 2] = 1
    found = ending(offsets)
    assert found is not None
    assert (found.steps, found.reason) == (int(LINE_WIDTH) + 21, "the line is full")


def test_the_first_reason_counts() -> None:
    offsets = np.concatenate((steady(0, -1, 50), steady(0, 0, 200)))
    found = ending(offsets)
    assert found is not None
    assert (found.steps, found.reason) == (33, "it left the line upwards")


@needs_shared("data/iam_ondb_lines.npz")
def test_people_are_hardly_ever_stopped() -> None:
    lines = load_lines(SHARED / "data/iam_ondb_lines.npz")
    found = [ending(lines.offsets(index), width=np.inf) for index in lines.choose("test")]
    assert np.mean([each is not None for each in found]) < 0.005
