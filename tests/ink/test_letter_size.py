import numpy as np
import pytest

from hwmodel.ink.letter_size import letter_swing, turns, writing_size


def row_of_waves(height: float, slope: float = 0.0, at: tuple[float, float] = (50.0, 80.0)) -> list[np.ndarray]:
    """Six strokes of up and down, `height` from turn to turn."""
    x = np.linspace(0, 40 * height, 1200)
    wave = np.stack((x + at[0], height / 2 * np.cos(3 * x / height) + slope * x + at[1]), axis=1)
    return np.array_split(wave, 6)


@pytest.mark.parametrize("height", [0.5, 3.2, 128.6])
@pytest.mark.parametrize("slope", [0.0, 0.1, -0.1])
def test_the_height_and_slope_of_a_wave_are_found(height: float, slope: float) -> None:
    size = writing_size(row_of_waves(height, slope))
    assert size is not None
    assert size.x_height == pytest.approx(height, rel=0.06) and size.slope == pytest.approx(slope, abs=0.01)


def test_tall_letters_do_not_change_the_height_much() -> None:
    waves = row_of_waves(10.0)
    tall = [np.array([[x, 85.0], [x + 1, 55.0], [x + 2, 85.0]]) for x in (60.0, 150.0, 250.0)]
    size = writing_size(waves + tall)
    assert size is not None and size.x_height == pytest.approx(10, rel=0.1)


@pytest.mark.parametrize("ink", [[], [np.zeros((1, 2))], [np.zeros((40, 2))], [np.stack((np.arange(40.0), np.zeros(40)), axis=1)]])
def test_no_height_without_ups_and_downs(ink: list) -> None:
    assert writing_size(ink) is None


@pytest.mark.parametrize("slope", [0.0, 0.1, -0.1])
def test_letters_have_the_same_swing_on_several_lines(slope: float) -> None:
    page = [line for i in range(5) for line in row_of_waves(10.0, slope, at=(0, 40 * i))]
    swing = letter_swing(page)
    assert swing is not None and swing == pytest.approx(10, rel=0.15)
    assert letter_swing([]) is None and letter_swing([np.zeros((9, 2))]) is None


def test_turns_alternate_and_smaller_swings_are_none() -> None:
    heights = np.array([0.0, 5, 5, 1, 2, 1.5, 6, 0])
    assert turns(heights, 3) == [(0, False), (1, True), (3, False), (6, True), (7, False)]
    assert turns(heights, 0.4) == [(0, False), (1, True), (3, False), (4, True), (5, False), (6, True), (7, False)]
    assert turns(heights, 10) == []
    assert turns(np.array([0.0, 1, 2, 3]), 1) == [(0, False), (3, True)]


def test_turns_are_those_of_a_plain_search() -> None:
    """The same as looking at every point, which is slower."""
    rng = np.random.default_rng(0)
    for _ in range(200):
        heights = rng.integers(0, 12, rng.integers(3, 60)).astype(float)
        swing = float(rng.integers(1, 8))
        found: list[tuple[int, bool]] = []
        low = high = 0
        for i, value in enumerate(heights):
            high = i if value > heights[high] else high
            low = i if value < heights[low] else low
            if (not found or not found[-1][1]) and heights[high] - value >= swing:
                found.append((high, True))
                low = i
            elif (not found or found[-1][1]) and value - heights[low] >= swing:
                found.append((low, False))
                high = i
        if found:
            found.append((low, False) if found[-1][1] else (high, True))
        assert turns(heights, swing) == found
