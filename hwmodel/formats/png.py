"""Ink as a PNG."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageDraw

from hwmodel.ink.strokes import Strokes, to_polylines

FINER = 4  # drawn so many times as large, then shrunk: Pillow draws hard edges
MARGIN = 1.5  # model units around the ink
MOST_PIXELS = 8000  # of a side


def write_png(strokes: Strokes, px_per_unit: float = 14.0, thickness: float = 3.0) -> bytes:
    """Black ink on white paper with round joins and caps; smaller than asked for where a side would pass MOST_PIXELS."""
    low, high = strokes.points.min(axis=0) - MARGIN, strokes.points.max(axis=0) + MARGIN
    shrink = min(1.0, MOST_PIXELS / (float((high - low).max()) * px_per_unit))
    scale, pen = px_per_unit * shrink * FINER, max(1, round(thickness * shrink * FINER))
    width, height = (int(np.ceil(side * scale / FINER)) for side in high - low)
    picture = Image.new("L", (width * FINER, height * FINER), 255)
    draw = ImageDraw.Draw(picture)
    for line in to_polylines(strokes):
        places = [(float(x), float(y)) for x, y in (line - low) * scale]
        draw.line(places, 0, pen, joint="curve")
        for x, y in (places[0], places[-1]):
            draw.ellipse((x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2), 0)
    file = io.BytesIO()
    picture.resize((width, height), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()
