"""numpy's .npy with a sketch in it, stroke-3 or stroke-5; never with Python objects, which could run programs."""

from __future__ import annotations

import io

import numpy as np

from hwmodel.formats.content import Content
from hwmodel.formats.reading import InkError, ReadInk, check_count, in_model_units
from hwmodel.formats.sketch_rows import sketch


def looks_like(content: Content) -> bool:
    return content.data.startswith(np.lib.format.MAGIC_PREFIX)


def read(content: Content) -> ReadInk:
    """Raises InkError."""
    file = io.BytesIO(content.data)
    try:
        version = np.lib.format.read_magic(file)
        header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, fortran, dtype = header(file)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError) as error:
        raise InkError("its .npy header cannot be read; was the file cut?") from error
    if dtype.kind not in "fiub" or len(shape) != 2 or shape[1] not in (3, 5):
        raise InkError(f"it holds {dtype.name} of shape {str(shape)[:40]}; expected numbers of shape (n, 3), which are dx, dy and pen_up, or (n, 5)")
    check_count(shape[0])
    body = content.data[file.tell() :]
    if len(body) < shape[0] * shape[1] * dtype.itemsize:
        raise InkError("it was cut: there are fewer numbers in it than its header says")
    rows = np.frombuffer(body, dtype, shape[0] * shape[1]).reshape(shape, order="F" if fortran else "C").astype(np.float64)
    polylines = sketch(rows)
    if polylines is None:
        raise InkError("no column of it says where the pen lifts; expected dx, dy and pen_up, which is 1 on a stroke's last point and else 0")
    return in_model_units(polylines)
