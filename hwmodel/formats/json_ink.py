"""Ink as JSON.

Ours: {"format": "handwriting-ink-1", "unit": "model unit", "start": [x, y], "offsets": [[dx, dy, pen_up], ...]}, see `Strokes`, and where it is known
"text", what the ink says. Of others, in
any unit and with y downwards: strokes as lists of points or of columns, alone or in objects; sketches with pen lifts; canvas programs' drawings.
"""

from __future__ import annotations

import contextlib
import json
from typing import Any

from hwmodel.formats.content import Content
from hwmodel.formats.json_canvas import canvas_strokes
from hwmodel.formats.json_strokes import strokes_in
from hwmodel.formats.reading import UNIT, InkError, ReadInk, check_count, in_model_units
from hwmodel.ink.limits import check_reach
from hwmodel.ink.strokes import Strokes

JSON_FORMAT = "handwriting-ink-1"


def looks_like(content: Content) -> bool:
    return content.text[0] in "{["


def write(strokes: Strokes, text: str = "") -> bytes:
    """The offsets themselves, in the fewest digits that give the same float32, and what the ink says."""
    offsets = ",\n  ".join(f"[{dx!s}, {dy!s}, {int(pen_up)}]" for dx, dy, pen_up in strokes.offsets)
    head = f'"format": "{JSON_FORMAT}",\n "unit": "{UNIT}",\n "start": {json.dumps(strokes.start)}'
    if text:
        head += f',\n "text": {json.dumps(text)}'
    return f'{{\n {head},\n "offsets": [\n  {offsets}\n ]\n}}\n'.encode()


def read(content: Content) -> ReadInk:
    """Ink from JSON of any shape that is known. Raises InkError."""
    try:
        value = parsed(content.text)
        if isinstance(value, dict) and value.get("format") == JSON_FORMAT:
            return read_offsets(value)
        strokes = canvas_strokes(value)
        return in_model_units(strokes_in(value) if strokes is None else strokes)
    except RecursionError as error:
        raise InkError("this is JSON whose parts stand deeper in one another than those of any ink") from error


def parsed(text: str) -> Any:
    """The value of a JSON text; of several, one a line (ndjson), the first. Raises InkError."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        first, _, rest = text.partition("\n")
        if rest.lstrip().startswith(("{", "[")):
            with contextlib.suppress(ValueError, RecursionError):
                return json.loads(first)
        raise InkError(f"this is no valid JSON, or it was cut short ({error})") from error


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
    except OverflowError as error:
        raise InkError("a number in its offsets is larger than any pen goes; was it changed by hand?") from error
    except (TypeError, ValueError) as error:
        raise InkError(str(error)) from error
