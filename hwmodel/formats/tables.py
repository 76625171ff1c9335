"""Ink as a table of points.

Ours has the columns stroke, "x (model unit)", "y (model unit)" and pen_up (1 on a stroke's last point). Also read: any table with the columns
x and y, and stroke or pen_up to part the strokes by.
"""

from __future__ import annotations

import csv
import io

import numpy as np

from hwmodel.formats.content import Content
from hwmodel.formats.reading import UNIT, InkError, ReadInk, in_model_units, number
from hwmodel.ink.strokes import Strokes, to_polylines

OUR_X, OUR_Y = f"x ({UNIT})", f"y ({UNIT})"


def looks_like(content: Content) -> bool:
    """Whatever is no XML: what is wrong with it, its first row says."""
    return content.root is None


def write(strokes: Strokes) -> bytes:
    """One row a point."""
    rows = [f"stroke,{OUR_X},{OUR_Y},pen_up"]
    polylines = to_polylines(strokes)
    for i, line in enumerate(polylines):
        last = len(line) - 1 if strokes.finished or i < len(polylines) - 1 else len(line)
        rows += [f"{i},{float(x)!r},{float(y)!r},{int(j == last)}" for j, (x, y) in enumerate(line)]
    return ("\n".join(rows) + "\n").encode()


def read(content: Content) -> ReadInk:
    """Ink from a table of points. Raises InkError."""
    text = content.text
    header = text.partition("\n")[0]
    try:
        names, *rows = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=header.count), skipinitialspace=True)
    except csv.Error as error:
        raise InkError(f"this is no table of points ({error})") from error
    columns = [name.strip().lower() for name in names]
    ours = OUR_X in columns and OUR_Y in columns
    x, y = (OUR_X, OUR_Y) if ours else ("x", "y")
    missing = " and ".join(name for name in (x, y) if name not in columns)
    if missing:
        expected = "a table's first row must name the columns x and y, and stroke or pen_up"
        raise InkError(f"this is neither XML nor JSON, and as a table it lacks {missing}; {expected}, but it is {header[:60].strip()!r}")
    lines: list[list[tuple[float, float]]] = [[]]
    stroke, lifted = None, False
    for i, row in enumerate(rows, start=2):
        if not row:
            continue
        if len(row) != len(columns):
            raise InkError(f"row {i} has {len(row)} fields where the first row names {len(columns)}; was the file cut?")
        fields = dict(zip(columns, row, strict=True))
        if lines[-1] and (lifted or fields.get("stroke") != stroke):
            lines.append([])
        lines[-1].append((number(fields[x], f"x in row {i}"), number(fields[y], f"y in row {i}")))
        stroke, lifted = fields.get("stroke"), number(fields.get("pen_up", 0), f"pen_up in row {i}") > 0
    return in_model_units([np.reshape(line, (-1, 2)) for line in lines], 1.0 if ours else None, finished=lifted or "pen_up" not in columns)
