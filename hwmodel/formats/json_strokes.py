"""Strokes in JSON, however programs wrap them: lists of points or columns, objects with points or columns, records, sketches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from hwmodel.formats.point_table import of_records
from hwmodel.formats.reading import InkError, PointCount, check_count, number
from hwmodel.formats.sketch_rows import are_columns, sketch
from hwmodel.ink.strokes import Polyline

NO_INK = 'this is JSON, but no ink; expected a list of strokes, each a list of [x, y] points, alone or under "strokes"'
STROKES = ("strokes", "drawing", "ink", "paths", "traces", "lines")  # keys under which programs keep a list of strokes
POINTS = ("points", "paths", "path", "coords", "coordinates", "pts", "samples", "vertices", "data")  # and one stroke its points


def strokes_in(value: Any) -> list[Polyline]:
    """The strokes (n, 2) in a value. Raises InkError where there is none, or where what should be one is not."""
    check_size(value)
    found = of_list(value, PointCount()) if isinstance(value, list) else of_object(value, PointCount())
    if found is None:
        raise InkError(NO_INK)
    return found


def of_object(value: Any, count: PointCount) -> list[Polyline] | None:
    """The strokes in an object: its own points, what it keeps under a name for strokes, or what is further inside; None where nothing is."""
    if not isinstance(value, dict):
        return None
    if is_erased(value):
        return []
    own = stroke_of(value, count)
    if own is not None:
        return [own]
    lower = {str(key).lower(): part for key, part in value.items()}
    for name in STROKES:
        if name in lower:
            if not isinstance(lower[name], list):
                raise InkError(NO_INK)
            return of_list(lower[name], count)
    found: list[Polyline] | None = None
    for part in value.values():
        inner = [part] if isinstance(part, dict) else part if isinstance(part, list) else []
        for child in inner:
            strokes = of_object(child, count)
            found = found if strokes is None else [*(found or []), *strokes]
    return found


def of_list(value: list[Any], count: PointCount) -> list[Polyline] | None:
    """The strokes in a list. Raises InkError."""
    check_size(value)
    items = [item for item in value if item not in ([], {}, None)]
    if not items:
        return []
    if all(isinstance(item, dict) for item in items):
        if all(is_point(item) for item in items):
            return of_records(items)
        parts = [of_object(item, count) for item in items]
        return None if all(part is None for part in parts) else [line for part in parts for line in part or []]
    if not all(isinstance(item, list) for item in items):
        return None
    if all(is_row(item) for item in items):
        return of_rows(items, count)
    if all(is_row(row) for item in items for row in item):
        return of_arrays(items, count)
    if isinstance(items[0][0], list) and items[0][0] and all(isinstance(row, list) and not is_row([row[0]] if row else []) for row in items[0][0]):
        return of_list(items[0], count)  # several drawings: the first
    return [line_of(item, i, count) for i, item in enumerate(items)]


def of_rows(rows: list[list[float]], count: PointCount) -> list[Polyline]:
    """A sketch, or one stroke of points or columns. Raises InkError."""
    count.add(len(rows))
    if len({len(row) for row in rows}) == 1:
        found = sketch(np.array(rows, np.float64))
        if found is not None:
            return found
    if len(rows) > 2 and not are_columns([rows]) and all(2 <= len(row) <= 6 for row in rows):
        return [line_of(rows, 0, PointCount())]
    if are_columns([rows]):
        return [of_columns(rows[0], rows[1], count)]
    raise InkError(f"a point of stroke 1 is {str(rows[0][0])[:40]}; expected [x, y], in a list for each stroke")


def of_arrays(strokes: list[list[list[float]]], count: PointCount) -> list[Polyline]:
    """Strokes of points or columns, or sketches of which the first is taken. Raises InkError."""
    if are_columns(strokes):
        return [of_columns(stroke[0], stroke[1], count) for stroke in strokes]
    for stroke in strokes[:1] if len(strokes) == 1 else [stroke for stroke in strokes if lifts_inside(stroke)][:1]:
        found = sketch(np.array(stroke, np.float64)) if len({len(row) for row in stroke}) == 1 else None
        if found is not None:
            first = strokes[0]
            count.add(len(first))
            return (sketch(np.array(first, np.float64)) if len({len(row) for row in first}) == 1 else None) or found
    return [line_of(stroke, i, count) for i, stroke in enumerate(strokes)]


def lifts_inside(stroke: list[list[float]]) -> bool:
    """A mark that the pen lifts stands before the last row."""
    if any(len(row) != len(stroke[0]) for row in stroke) or len(stroke[0]) not in (3, 5):
        return False
    marks = [row[3] if len(row) == 5 else row[2] for row in stroke]
    return all(mark in (0, 1) for mark in marks) and 1 in marks[:-1] and sum(marks) <= len(marks) / 2


def of_columns(xs: Sequence[Any], ys: Sequence[Any], count: PointCount) -> Polyline:
    """One stroke. Raises InkError."""
    count.add(len(xs))
    if len(xs) != len(ys):
        raise InkError(f"a stroke has {len(xs)} values of x and {len(ys)} of y; was the file cut?")
    return np.array([(number(x, "a value of x"), number(y, "a value of y")) for x, y in zip(xs, ys, strict=True)]).reshape(-1, 2)


def stroke_of(value: dict[str, Any], count: PointCount) -> Polyline | None:
    """The stroke that an object describes; None where it describes none. Raises InkError."""
    lower = {str(key).lower(): part for key, part in value.items()}
    for x, y in (("x", "y"), ("xs", "ys")):
        if isinstance(lower.get(x), list) and isinstance(lower.get(y), list):
            return of_columns(lower[x], lower[y], count)
    for name in POINTS:
        points = lower.get(name)
        if isinstance(points, list) and points and all(isinstance(point, (dict, list)) for point in points):
            if not all(is_point(point) if isinstance(point, dict) else is_row(point) for point in points):
                continue
            if isinstance(points[0], list) and len({map(len, points)}) and are_columns([points]):
                return of_columns(points[0], points[1], count)
            return line_of(points, 0, count)
        if isinstance(points, list) and len(points) > 1 and is_row(points):
            if len(points) % 2:
                raise InkError(f"a stroke is a list of {len(points)} numbers; expected x and y in turns")
            return of_columns(points[::2], points[1::2], count)
        if isinstance(points, list) and not points and name == "points":
            return np.empty((0, 2))
    return None


def is_erased(value: dict[str, Any]) -> bool:
    """An eraser's stroke, or one that was deleted or hidden."""
    if value.get("drawMode") is False or value.get("visible") is False:
        return True
    if any(value.get(name) is True for name in ("isDeleted", "deleted", "isEraser", "eraser", "hidden", "erase")):
        return True
    return any("eras" in str(value.get(name, "")).lower() for name in ("tool", "type", "mode", "pointerType", "brush"))


def line_of(points: Sequence[Any], stroke: int, count: PointCount) -> Polyline:
    """One stroke (n, 2) of points. Raises InkError."""
    count.add(len(points))
    return np.reshape([point(value, stroke) for value in points], (-1, 2))


def point(value: Any, stroke: int) -> tuple[float, float]:
    """x and y of a point given as [x, y, ...] or {"x": x, "y": y}, in small letters or capitals. Raises InkError."""
    if isinstance(value, dict) and is_point(value):
        value = (value.get("x", value.get("X")), value.get("y", value.get("Y")))
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) < 2:
        raise InkError(f'a point of stroke {stroke + 1} is {str(value)[:40]}; expected [x, y] or {{"x": x, "y": y}}')
    return number(value[0], f"x of a point of stroke {stroke + 1}"), number(value[1], f"y of a point of stroke {stroke + 1}")


def is_point(value: Any) -> bool:
    """An object with a place, and not with columns of them."""
    x, y = value.get("x", value.get("X", [])), value.get("y", value.get("Y", []))
    return not isinstance(x, (list, dict)) and not isinstance(y, (list, dict)) and not ({"points", "props"} & value.keys())


def is_row(value: Any) -> bool:
    """A list of plain numbers."""
    return isinstance(value, list) and all(type(part) in (int, float) and abs(part) < 1e300 for part in value)


def check_size(value: Any) -> None:
    """Raises InkError where a list has more parts than there may be points."""
    if isinstance(value, list):
        check_count(len(value))
