"""Ink as JSON.

Ours: {"format": "handwriting-ink-1", "unit": "model unit", "start": [x, y], "offsets": [[dx, dy, pen_up], ...]}, see `Strokes`. Also read:
strokes as lists of points, [[[x, y], ...], ...] or [[{"x": x, "y": y}, ...], ...], alone or under the key "strokes", y downwards, in any unit.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from hwmodel.formats.content import Content
from hwmodel.formats.reading import UNIT, InkError, ReadInk, check_count, in_model_units, number
from hwmodel.ink.limits import check_reach
from hwmodel.ink.strokes import Strokes

JSON_FORMAT = "handwriting-ink-1"


def looks_like(content: Content) -> bool:
    return content.text[0] in "{["


def write(strokes: Strokes) -> bytes:
    """The offsets themselves, in the fewest digits that give the same float32."""
    offsets = ",\n  ".join(f"[{dx!s}, {dy!s}, {int(pen_up)}]" for dx, dy, pen_up in strokes.offsets)
    head = f'"format": "{JSON_FORMAT}",\n "unit": "{UNIT}",\n "start": {json.dumps(strokes.start)}'
    return f'{{\n {head},\n "offsets": [\n  {offsets}\n ]\n}}\n'.encode()


def read(content: Content) -> ReadInk:
    """Ink from JSON of a shape named above. Raises InkError."""
    try:
        value = json.loads(content.text)
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
        strokes = Strokes(value["offsets"], value["start"])
        check_reach(strokes)
        return ReadInk(strokes, 1.0, estimated=False)
    except KeyError as error:
        raise InkError(f"this ink has no {error} in it; was it changed by hand?") from error
    except (TypeError, ValueError, OverflowError) as error:
        raise InkError(str(error)) from error


def point(value: Any, stroke: int) -> tuple[float, float]:
    """x and y of a point given as [x, y, ...] or {"x": x, "y": y}."""
    if isinstance(value, dict) and {"x", "y"} <= value.keys():
        value = (value["x"], value["y"])
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) < 2:
        raise InkError(f'a point of stroke {stroke + 1} is {str(value)[:40]}; expected [x, y] or {{"x": x, "y": y}}')
    return number(value[0], f"x of a point of stroke {stroke + 1}"), number(value[1], f"y of a point of stroke {stroke + 1}")
