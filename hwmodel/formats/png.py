"""Ink as a PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from hwmodel.ink.drawn import PLAIN, Drawn, Run
from hwmodel.ink.strokes import Polyline, Strokes

PX_PER_UNIT = 14.0
FINER = 4  # drawn so many times as large, then shrunk: Pillow draws hard edges
MARGIN = 1.5  # model units around the ink
MOST_PIXELS = 8000  # of a side
MOST_AREA = 16_000_000  # pixels: a byte of memory each, or three where the ink is coloured
BAND_AREA = 4_000_000  # pixels, so many times as large, that are drawn at once


def draw_png(strokes: Strokes, text: str, drawn: Drawn) -> bytes:
    """The ink in its colours and width, as large as `write_png` has it; a PNG has no place for what it says."""
    return write_png(strokes, PX_PER_UNIT, drawn.width * PX_PER_UNIT, drawn)


def write_png(strokes: Strokes, px_per_unit: float = PX_PER_UNIT, thickness: float = 3.0, drawn: Drawn = PLAIN) -> bytes:
    """Ink on white paper with round joins and caps, `thickness` px wide, in the colours of `drawn`; smaller than asked for where a side would pass
    MOST_PIXELS, or all of it MOST_AREA."""
    low, high = strokes.points.min(axis=0) - MARGIN, strokes.points.max(axis=0) + MARGIN
    asked = (high - low) * px_per_unit
    shrink = min(1.0, MOST_PIXELS / float(asked.max()), float(MOST_AREA / asked.prod()) ** 0.5)
    scale, pen = px_per_unit * shrink * FINER, max(1, round(thickness * shrink * FINER))
    width, height = (int(np.ceil(side * scale / FINER)) for side in high - low)
    runs = [run._replace(line=np.rint((run.line - low) * scale)) for run in drawn.runs(strokes)]  # whole, so that every band rounds alike
    picture, rows = Image.new("L" if drawn.colours is None else "RGB", (width, height)), max(1, BAND_AREA // (width * FINER**2))
    for top in range(0, height, rows):
        picture.paste(band(runs, pen, picture.mode, width, top, min(rows, height - top)), (0, top))
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def band(runs: Sequence[Run], pen: int, mode: str, width: int, top: int, rows: int) -> Image.Image:
    """`rows` of the picture from `top` on, of strokes in pixels FINER times as small, as they are where the whole is drawn at once."""
    large = Image.new(mode, (width * FINER, rows * FINER), "white")
    draw, above = ImageDraw.Draw(large), top * FINER
    for line, colour, _ in runs:
        for piece in pieces_between(line, above - pen, above + large.height + pen):
            places = [(float(x), float(y)) for x, y in piece - (0, above)]
            draw.line(places, colour, pen, joint="curve")
        for x, y in (line[0], line[-1]) - np.array((0, above)):
            draw.ellipse((x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2), colour)
    return large.reduce(FINER)


def pieces_between(line: Polyline, top: float, bottom: float) -> list[Polyline]:
    """The runs of a stroke's points (n, 2) between two heights, each with what it needs beyond them for its corners to be as in the whole."""
    y = line[:, 1]
    seen = (np.maximum(y[1:], y[:-1]) >= top) & (np.minimum(y[1:], y[:-1]) <= bottom)  # (n - 1,) the way from a point to the next
    with_neighbours = seen.copy()
    with_neighbours[1:] |= seen[:-1]
    with_neighbours[:-1] |= seen[1:]
    edges = np.flatnonzero(np.diff(with_neighbours, prepend=False, append=False))
    return [line[first : last + 1] for first, last in zip(edges[::2], edges[1::2], strict=True)]
