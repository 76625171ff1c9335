"""SVC2004's signatures (Yeung and others 2004): the number of points, then x y time button and more; y upwards."""

from __future__ import annotations

import re

import numpy as np

from hwmodel.formats.content import Content
from hwmodel.formats.reading import InkError, PointCount, ReadInk, in_model_units, number
from hwmodel.formats.sketch_rows import parted

BEGIN = re.compile(r"\d{1,6}[ \t]*\r?\n[ \t]*(-?\d{1,9}[ \t]+){3,6}-?\d{1,9}[ \t]*(\r?\n|$)")


def looks_like(content: Content) -> bool:
    return BEGIN.match(content.text) is not None


def read(content: Content) -> ReadInk:
    """Raises InkError."""
    places, writes, count = [], [], PointCount()
    for i, line in enumerate(content.text.splitlines()[1:], start=2):
        fields = line.split()
        if len(fields) < 4:
            raise InkError(f"row {i} has {len(fields)} fields; expected x, y, time and button, and what more SVC2004 has")
        count.add()
        x, y, _, button = (number(field, f"a field of row {i}") for field in fields[:4])
        places.append((x, -y))
        writes.append(button > 0)
    written = np.array(writes)
    ends = ~np.append(written[1:], False)  # the row after is in the air
    return in_model_units(parted(np.reshape(places, (-1, 2))[written], ends[written]))
