"""numpy's .npy with a sketch in it, stroke-3 or stroke-5; never with Python objects, which could run programs."""

from __future__ import annotations

import re

import numpy as np

from hwmodel.formats.content import Content
from hwmodel.formats.reading import InkError, ReadInk, check_count, in_model_units
from hwmodel.formats.sketch_rows import sketch

LONGEST_HEADER = 10_000  # bytes
HEADER = {
    "descr": re.compile(rb"'descr': *'([<>=]?(?:f[248]|[iu][1248])|\|[iub]1)'"),
    "fortran_order": re.compile(rb"'fortran_order': *(True|False)"),
    "shape": re.compile(rb"'shape': *\((\d{1,15}), *(\d{1,9})\)"),
}


def looks_like(content: Content) -> bool:
    return content.data.startswith(np.lib.format.MAGIC_PREFIX)


def read(content: Content) -> ReadInk:
    """Raises InkError."""
    data = content.data
    wide = 2 if data[6:7] == b"\x01" else 4  # bytes of the header's length, by the version
    end = 8 + wide + int.from_bytes(data[8 : 8 + wide], "little")
    found = {name: pattern.search(data[8 + wide : min(end, LONGEST_HEADER)]) for name, pattern in HEADER.items()}
    kind, order, shape = found["descr"], found["fortran_order"], found["shape"]
    if not kind or not order or not shape:
        raise InkError("its .npy header does not name plain numbers in rows; expected 3 a row, dx, dy and pen_up, or 5, without pickle")
    rows, width, dtype = int(shape[1]), int(shape[2]), np.dtype(kind[1].decode())
    if width not in (3, 5):
        raise InkError(f"its rows have {width} numbers; expected 3, which are dx, dy and pen_up, or the 5 of stroke-5")
    check_count(rows)
    body = data[end : end + rows * width * dtype.itemsize]
    if len(body) < rows * width * dtype.itemsize:
        raise InkError("it was cut: there are fewer numbers in it than its header says")
    numbers = np.frombuffer(body, dtype).reshape((rows, width), order="F" if order[1] == b"True" else "C")
    with np.errstate(all="ignore"):  # what is no number is refused as a place
        polylines = sketch(numbers.astype(np.float64))
    if polylines is None:
        raise InkError("no column of it says where the pen lifts; expected dx, dy and pen_up, which is 1 on a stroke's last point and else 0")
    return in_model_units(polylines)
