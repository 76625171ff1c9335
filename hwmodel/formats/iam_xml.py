"""A line of IAM-OnDB: lineStrokes XML, in whiteboard units."""

from __future__ import annotations

import numpy as np

from hwmodel.formats.content import Content
from hwmodel.formats.reading import PointCount, ReadInk, in_model_units, number
from hwmodel.ink.units import WHITEBOARD_UNITS


def looks_like(content: Content) -> bool:
    return content.root_tag in ("WhiteboardCaptureSession", "StrokeSet")


def read(content: Content) -> ReadInk:
    """Raises InkError."""
    assert content.root
    polylines, count = [], PointCount()
    for stroke in content.root.walk():
        if stroke.tag == "Stroke":
            points = [[number(p.attributes.get(axis), f"{axis} of a Point") for axis in ("x", "y")] for p in stroke.children if p.tag == "Point"]
            count.add(len(points))
            polylines.append(np.reshape(points, (-1, 2)))
    return in_model_units(polylines, WHITEBOARD_UNITS)
