"""JSON and numpy as other programs write ink: strokes with the lifts they had, where they were drawn."""

from __future__ import annotations

import base64
import gzip
import io
import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from hwmodel.formats.registry import InkError, read_ink
from hwmodel.ink.strokes import to_polylines

A, B = [[0, 0], [5, 10], [20, 8], [26, -3], [31, 4]], [[40, 2], [50, 9], [58, 1]]
FLAT = [[value for place in line for value in place] for line in (A, B)]
LIFTS = [0, 0, 0, 0, 1, 0, 0, 1]
OFFSETS = np.diff(np.array(A + B), axis=0, prepend=0)


def lines_in(value: Any) -> list[np.ndarray]:
    ink = read_ink(value if isinstance(value, bytes) else json.dumps(value).encode(), "ink.json")
    return [line * ink.units_per_offset for line in to_polylines(ink.strokes)]


def assert_both(value: Any) -> None:
    found = lines_in(value)
    assert [len(line) for line in found] == [5, 3]
    for line, wanted in zip(found, (A, B), strict=True):
        np.testing.assert_allclose(line, wanted, atol=1e-3)


def columns(line: list[list[int]], *more: list[float]) -> list[Any]:
    return [[x for x, _ in line], [y for _, y in line], *more]


def dicts(line: list[list[int]], **more: Any) -> list[Any]:
    return [{"x": x, "y": y, **more} for x, y in line]


STROKE_3 = [[*map(float, xy), lift] for xy, lift in zip(OFFSETS, LIFTS, strict=True)]
STROKE_5 = [[*map(float, xy), 1 - lift, lift, 0] for xy, lift in zip(OFFSETS, LIFTS, strict=True)] + [[0, 0, 0, 0, 1]]
PLACES = [[x + 9, y + 9, lift] for (x, y), lift in zip(A + B, LIFTS, strict=True)]


@pytest.mark.parametrize(
    "value",
    [
        [A, [], B],
        {"drawing": [columns(A), columns(B)]},
        [columns(A), columns(B)],
        [columns(A, [0, 1, 2, 3, 4]), columns(B, [0, 1, 2])],
        {"requests": [{"ink": [columns(A, []), columns(B, [])]}]},
        STROKE_3,
        [STROKE_3],
        [STROKE_3, STROKE_3[:5]],
        STROKE_5,
        [STROKE_5],
        [{"penColor": "black", "points": dicts(A, time=1.0, pressure=0.5)}, {"points": dicts(B, time=2.0)}],
        [{"drawMode": True, "paths": dicts(A)}, {"drawMode": False, "paths": dicts(B)}, {"drawMode": True, "paths": dicts(B)}],
        {"strokes": [{"x": columns(A)[0], "y": columns(A)[1]}, {"X": columns(B)[0], "Y": columns(B)[1]}]},
        {"strokeGroups": [{"strokes": [{"x": columns(A)[0], "y": columns(A)[1], "p": []}]}, {"strokes": [{"x": columns(B)[0], "y": columns(B)[1]}]}]},
        {"page": {"layers": [{"strokes": [A]}, {"strokes": [{"points": B}]}]}},
        {"lines": [{"tool": "pen", "points": FLAT[0]}, {"tool": "eraser", "points": [0, 0, 9, 9]}, {"tool": "pen", "points": FLAT[1]}]},
        [[{"X": x, "Y": y} for x, y in line] for line in (A, B)],
        [*dicts(A, strokeId=3), *dicts(B, strokeId=4)],
        {"points": [*dicts(A, stroke=3), *dicts(B, stroke=4)]}["points"],
    ],
)
def test_strokes_are_found_however_they_are_wrapped(value: Any) -> None:
    assert_both(value)


@pytest.mark.parametrize("value", [PLACES, [PLACES]])
def test_places_with_a_mark_at_each_strokes_end_are_no_offsets(value: Any) -> None:
    found = lines_in(value)
    assert [len(line) for line in found] == [5, 3]
    np.testing.assert_allclose(found[1], np.array(B) + 9, atol=1e-3)


def test_of_several_drawings_a_line_the_first_is_read() -> None:
    assert_both(b"\n".join(json.dumps({"drawing": [columns(line) for line in lines]}).encode() for lines in ((A, B), (B, B), (A,))))


@pytest.mark.parametrize("pressure", [1, 0.5, 0])
def test_a_third_number_that_stays_is_a_pressure(pressure: float) -> None:
    assert_both([[[x, y, pressure] for x, y in line] for line in (A, B)])


def test_strokes_of_two_or_three_points_are_no_columns() -> None:
    assert [len(line) for line in lines_in([[[0, 0], [10, 0]], [[20, 5], [25, 5]]])] == [2, 2]
    assert [len(line) for line in lines_in([[[0, 0], [10, 0], [12, 4]], [[20, 5], [25, 5], [31, 9]]])] == [3, 3]
    assert [len(line) for line in lines_in([[[0, 0, 1], [10, 0, 2]], [[20, 5, 3], [25, 5, 4]]])] == [2, 2]


def fabric(line: list[list[int]], **more: Any) -> dict[str, Any]:
    path = [["M", line[0][0] - 0.001, line[0][1]]]
    path += [["Q", x, y, (x + u) / 2, (y + v) / 2] for (x, y), (u, v) in pairwise(line)] + [["L", *line[-1]]]
    return {"type": "path", "path": path, "stroke": "#000", "fill": None, "strokeWidth": 0, **more}


def test_fabrics_paths_are_where_the_pen_was() -> None:
    ink: dict[str, Any] = {"objects": [fabric(A), fabric(B), fabric(B, visible=False), fabric(B, stroke=None)], "version": "5.3.0"}
    straight: dict[str, Any] = {"type": "path", "stroke": "#000", "strokeWidth": 0, "path": [["M", 0, 0], ["L", 10, 0], ["L", 10, 10]]}
    moved = {"objects": [{**straight, "left": 100, "top": 50}, {**straight, "left": 0, "top": 0}], "version": "4.4.0"}
    first, second = lines_in(moved)
    np.testing.assert_allclose(first - second, [[100, 50]] * 3, atol=1e-3)
    turned = {"objects": [{**straight, "left": 5, "top": 5, "angle": 90, "scaleX": 2}, {**straight, "left": 50, "top": 5}], "version": "7.1.0"}
    np.testing.assert_allclose(lines_in(turned)[0], [[10, -5], [10, 15], [0, 15]], atol=1e-3)
    placed = [{**thing, "left": np.min(line, axis=0)[0].item(), "top": 0} for thing, line in zip(ink["objects"], (A, B, B, B), strict=True)]
    assert [len(line) for line in lines_in({"objects": placed, "version": "5.3.0"})] == [5, 3]


def test_excalidraw_and_tldraw_keep_each_stroke_in_a_place_of_its_own() -> None:
    own = [[[x - line[0][0], y - line[0][1]] for x, y in line] for line in (A, B)]
    elements = [{"type": "freedraw", "x": line[0][0], "y": line[0][1], "points": points} for line, points in zip((A, B), own, strict=True)]
    assert_both({"type": "excalidraw", "elements": [*elements, {**elements[0], "isDeleted": True}]})
    shapes = [
        {"id": str(i), "type": "draw", "x": line[0][0] - 7, "y": line[0][1], "parentId": "g", "props": {"segments": [{"points": dicts(points)}]}}
        for i, (line, points) in enumerate(zip((A, B), own, strict=True))
    ]
    assert_both({"records": [{"id": "g", "type": "group", "x": 7, "y": 0}, *shapes]})
    packed = {**shapes[0], "props": {"segments": [{"type": "free", "path": base64.b64encode(b"12345678").decode()}]}}
    with pytest.raises(InkError, match="packed as tldraw 4 packs them"):
        lines_in({"records": [packed]})


@pytest.mark.parametrize("dtype", ["<f8", "<f4", "<i2"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_a_sketch_of_numpys(dtype: str, order: str) -> None:
    file = io.BytesIO()
    np.save(file, np.array(STROKE_3, dtype, order=order), allow_pickle=False)  # type: ignore[call-overload]  # an order by its letter
    assert_both(file.getvalue())


def test_gzip_is_unpacked() -> None:
    assert_both(gzip.compress(json.dumps([A, B]).encode()))
