"""Ink as a PNG, read back."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from hwmodel.formats import png
from hwmodel.formats.png import MARGIN, MOST_AREA, MOST_PIXELS, write_png
from hwmodel.ink.page import page_of
from hwmodel.ink.strokes import Strokes, from_polylines
from tests.support.lines import wavy_offsets


def read(file: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(file)) as picture:
        return np.asarray(picture)


def test_the_ink_is_where_the_pen_was_and_nowhere_else() -> None:
    picture = read(write_png(from_polylines([np.array([(0, 0), (10, 0)]), np.array([(10, 5), (10, 8)])]), px_per_unit=10, thickness=3))
    assert picture.shape == (round((8 + 2 * MARGIN) * 10), round((10 + 2 * MARGIN) * 10))
    left = top = round(MARGIN * 10)
    assert picture[top, left + 50] < 60
    assert picture[top + 65, left + 100] < 60
    assert picture[top + 25, left + 100] > 250  # between the strokes the pen was up
    assert picture[top + 10, left + 50] > 250


def test_a_dot_is_drawn() -> None:
    picture = read(write_png(Strokes(np.array([(0, 0, 1)], np.float32)), px_per_unit=20, thickness=4))
    assert picture.min() < 60
    assert (picture < 128).sum() < 40


def test_a_very_long_line_becomes_a_picture_of_bounded_size() -> None:
    offsets = np.tile(wavy_offsets(100), (40, 1))
    assert max(read(write_png(Strokes(offsets), px_per_unit=40)).shape) <= MOST_PIXELS + 1


def test_a_picture_drawn_in_bands_is_the_one_drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ink = page_of([Strokes(wavy_offsets(60, seed)) for seed in range(4)])
    at_once = read(write_png(ink))
    monkeypatch.setattr(png, "BAND_AREA", 100_000)
    np.testing.assert_array_equal(read(write_png(ink)), at_once)


def test_a_large_page_is_never_drawn_large_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As one picture it would be 16 times as large, a byte a pixel."""
    sizes: list[int] = []
    new = Image.new

    def noted(mode: str, size: tuple[int, int], *rest: int) -> Image.Image:
        sizes.append(size[0] * size[1])
        return new(mode, size, *rest)

    monkeypatch.setattr(Image, "new", noted)
    picture = read(write_png(page_of([Strokes(wavy_offsets(200, seed)) for seed in range(4)]), px_per_unit=60))
    assert picture.size > MOST_AREA / 10 and max(sizes) <= MOST_AREA * 1.01 and len(sizes) > 5
    assert picture.min() < 60
