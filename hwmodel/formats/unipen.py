"""A single UNIPEN file (Guyon and others 1994): .PEN_DOWN and .PEN_UP with the points between them; y upwards."""

from __future__ import annotations

import re

import numpy as np

from hwmodel.formats.content import Content
from hwmodel.formats.reading import InkError, PointCount, ReadInk, in_model_units, number

BEGIN = re.compile(r"^\.PEN_DOWN\b", re.M)


def looks_like(content: Content) -> bool:
    return BEGIN.search(content.text) is not None


def read(content: Content) -> ReadInk:
    """Raises InkError."""
    strokes: list[list[tuple[float, float]]] = []
    columns, count, down = ["X", "Y"], PointCount(), False
    for i, line in enumerate(content.text.splitlines(), start=1):
        fields = line.split()
        if fields and fields[0].startswith("."):
            down = fields[0] == ".PEN_DOWN"
            if down:
                strokes.append([])
            if fields[0] == ".COORD":
                columns = [field.upper() for field in fields[1:]]
                if not {"X", "Y"} <= set(columns):
                    raise InkError(f"its .COORD names {' '.join(columns)[:40]!r}; X and Y are needed")
            fields = fields[1:] if down else []
        if not down or not fields:
            continue
        if len(fields) % len(columns):
            raise InkError(f"row {i} has {len(fields)} numbers where .COORD names {len(columns)}; was the file cut?")
        for k in range(0, len(fields), len(columns)):
            count.add()
            x, y = (number(fields[k + columns.index(axis)], f"{axis} in row {i}") for axis in ("X", "Y"))
            strokes[-1].append((x, -y))
    return in_model_units([np.reshape(stroke, (-1, 2)) for stroke in strokes])
