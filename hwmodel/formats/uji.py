"""UJIpenchars (Llorens and others 2008): characters as NUMSTROKES and POINTS lines; the first one is read."""

from __future__ import annotations

import re

import numpy as np

from hwmodel.formats.content import Content
from hwmodel.formats.reading import InkError, PointCount, ReadInk, in_model_units, number

BEGIN = re.compile(r"^[ \t]*NUMSTROKES[ \t]+\d", re.M)


def looks_like(content: Content) -> bool:
    return BEGIN.search(content.text) is not None


def read(content: Content) -> ReadInk:
    """Raises InkError."""
    polylines, count = [], PointCount()
    for line in content.text[BEGIN.search(content.text).end() :].splitlines():  # type: ignore[union-attr]  # looks_like found it
        if re.match(r"\s*(WORD|NUMSTROKES)\b", line):
            break
        head, _, body = line.partition("#")
        if head.split()[:1] == ["POINTS"]:
            values = [number(value, "a coordinate of POINTS") for value in body.split()]
            if head.split()[1:] != [str(len(values) // 2)] or len(values) % 2:
                raise InkError(f"a line of POINTS has {len(values)} numbers, not two for each point that it counts; was the file cut?")
            count.add(len(values) // 2)
            polylines.append(np.reshape(values, (-1, 2)))
    return in_model_units(polylines)
