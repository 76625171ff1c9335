"""Xournal++ and Xournal: XML, packed by gzip; every page's strokes, one page below the other, without what an eraser did."""

from __future__ import annotations

import math

import numpy as np

from hwmodel.formats.content import Content
from hwmodel.formats.reading import InkError, PointCount, ReadInk, in_model_units, number


def looks_like(content: Content) -> bool:
    return content.root_tag == "xournal"


def read(content: Content) -> ReadInk:
    """Raises InkError."""
    assert content.root
    polylines, count, top = [], PointCount(), 0.0
    for page in content.root.children:
        if page.tag != "page":
            continue
        for stroke in page.walk():
            if stroke.tag == "stroke" and stroke.get("tool") != "eraser":
                values = [number(value, "a coordinate of a stroke") for value in stroke.text.split()]
                if len(values) % 2:
                    raise InkError(f"a stroke has {len(values)} numbers, which are no pairs of x and y; was the file cut?")
                count.add(len(values) // 2)
                polylines.append(np.reshape(values, (-1, 2)) + np.array([0, top]))
        height = number(page.get("height") or 0, "height of a page")
        top += height if math.isfinite(height) else 0.0
    return in_model_units(polylines)
