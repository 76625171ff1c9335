"""A record of the cells as a file, for other programs."""

from __future__ import annotations

import io

import numpy as np

from hwmodel.ink.strokes import Strokes


def trace_npz(strokes: Strokes, arrays: dict[str, np.ndarray]) -> bytes:
    """An npz of the offsets (T, 3), the pen's places (T, 2) after each of them, and the arrays by their names."""
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, offsets=strokes.offsets, points=strokes.points[1:].astype(np.float32), **arrays)
    return file.getvalue()


def trace_csv(strokes: Strokes, values: np.ndarray) -> bytes:
    """A row a step: its number from 1, the pen's place in model units, pen_up, and the values (T, H), one column a cell."""
    columns = np.column_stack((np.arange(1, len(strokes) + 1), strokes.points[1:], strokes.pen_up, values))
    head = ",".join(["step", "x", "y", "pen_up", *(f"cell_{cell}" for cell in range(values.shape[1]))])
    file = io.BytesIO()
    np.savetxt(file, columns, fmt=["%d", "%.4f", "%.4f", "%d", *["%.5g"] * values.shape[1]], delimiter=",", header=head, comments="")
    return file.getvalue()
