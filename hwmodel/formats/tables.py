"""Ink as JSON and CSV.

Our JSON: {"format": "handwriting-ink-1", "unit": "model unit", "start": [x, y], "offsets": [[dx, dy, pen_up], ...]}, see `Strokes`. Also read:
strokes as lists of points, [[[x, y], ...], ...] or [[{"x": x, "y": y}, ...], ...], alone or under the key "strokes", y downwards, in any unit.

Our CSV has the columns stroke, "x (model unit)", "y (model unit)" and pen_up (1 on a stroke's last point). Also read: any table with the columns
x and y, and stroke or pen_up to part the strokes by.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from hwmodel.formats.reading import UNIT, InkError, ReadInk, check_count, in_model_units, number
from hwmodel.ink.strokes import Strokes, to_polylines

JSON_FORMAT = "handwriting-ink-1"
OUR_X, OUR_Y = f"x ({UNIT})", f"y ({UNIT})"


def write_json(strokes: Strokes) -> str:
    """The offsets themselves, in the fewest digits that give the same float32."""
    offsets = ",\n  ".join(f"[{dx!s}, {dy!s}, {int(pen_up)}]" for dx, dy, pen_up in strokes.offsets)
    head = f'"format": "{JSON_FORMAT}",\n "unit": "{UNIT}",\n "start": {json.dumps(strokes.start)}'
    return f'{{\n {head},\n "offsets": [\n  {offsets}\n ]\n}}\n'


def read_json(text: str) -> ReadInk:
    """Ink from JSON of a shape named above. Raises InkError."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InkError(f"this is no valid JSON, or it was cut short ({error})") from error
    if isinstance(value, dict) and value.get("format") == JSON_FORMAT:
        return read_offsets(value)
    strokes = value.get("strokes") if isinstance(value, dict) else value
    if not isinstance(strokes, list) or not all(isinstance(stroke, list) for stroke in strokes):
        raise InkError('this is JSON, but no ink; expected a list of strokes, each a list of [x, y] points, alone or under "strokes"')
    check_count(sum(map(len, strokes)))
    return in_model_units([np.reshape([point(p, i) for p in stroke], (-1, 2)) for i, stroke in enumerate(strokes)])


def read_offsets(value: dict[str, Any]) -> ReadInk:
    """Ink from our own JSON, to the last bit."""
    try:
        check_count(len(value["offsets"]))
        if not value["offsets"]:
            raise InkError("there is no ink in it but for one point; at least two are needed")
        return ReadInk(Strokes(value["offsets"], value["start"]), 1.0, estimated=False)
    except KeyError as error:
        raise InkError(f"this ink has no {error} in it; was it changed by hand?") from error
    except (TypeError, ValueError) as error:
        raise InkError(str(error)) from error


def point(value: Any, stroke: int) -> tuple[float, float]:
    """x and y of a point given as [x, y, ...] or {"x": x, "y": y}."""
    if isinstance(value, dict) and {"x", "y"} <= value.keys():
        value = (value["x"], value["y"])
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) < 2:
        raise InkError(f'a point of stroke {stroke + 1} is {str(value)[:40]}; expected [x, y] or {{"x": x, "y": y}}')
    return number(value[0], f"x of a point of stroke {stroke + 1}"), number(value[1], f"y of a point of stroke {stroke + 1}")


def write_csv(strokes: Strokes) -> str:
    """One row a point."""
    rows = [f"stroke,{OUR_X},{OUR_Y},pen_up"]
    polylines = to_polylines(strokes)
    for i, line in enumerate(polylines):
        last = len(line) - 1 if strokes.finished or i < len(polylines) - 1 else len(line)
        rows += [f"{i},{float(x)!r},{float(y)!r},{int(j == last)}" for j, (x, y) in enumerate(line)]
    return "\n".join(rows) + "\n"


def read_csv(text: str) -> ReadInk:
    """Ink from a table of points. Raises InkError."""
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
