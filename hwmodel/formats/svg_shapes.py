"""The lines that one element of an SVG draws, as subpaths."""

from __future__ import annotations

import numpy as np

from hwmodel.formats.safe_xml import Node
from hwmodel.formats.svg_path import NUMBER, PathReader, Subpath
from hwmodel.formats.svg_style import Paint
from hwmodel.formats.svg_transform import length
from hwmodel.ink.limits import MAX_POINTS


def shapes_of(node: Node, paint: Paint, paths: PathReader) -> list[Subpath]:
    """The subpaths of one element, none where it is not drawn or no line drawing. A filled circle without an outline is a dot at its centre, and a
    filled box without one a background. Raises InkError."""
    if not (paint.strokes or paint.fills):
        return []
    if node.tag == "path":
        return paths.subpaths(node.get("d"))
    if node.tag == "line":
        points = np.reshape([length(node, name) for name in ("x1", "y1", "x2", "y2")], (2, 2))
    elif node.tag in ("polyline", "polygon"):
        points = listed(node.get("points"))
        if node.tag == "polygon":
            points = np.concatenate((points, points[:1]))
    elif node.tag in ("circle", "ellipse"):
        return round_shape(node, paint, paths)
    elif node.tag == "rect" and paint.strokes:
        x, y, width, height = (length(node, name) for name in ("x", "y", "width", "height"))
        if width <= 0 or height <= 0:
            return []
        points = np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)])
    else:
        return []
    paths.points.add(len(points))
    return [[points[:1], *(points[i : i + 2] for i in range(len(points) - 1))]] if len(points) else []


def listed(text: str) -> np.ndarray:
    """Points (n, 2) of a polyline, of more than are read only one too many; an odd number at the end is left out."""
    values = []
    for found in NUMBER.finditer(text):
        values.append(float(found[0]))
        if len(values) > 2 * MAX_POINTS + 2:
            break
    return np.array(values[: len(values) // 2 * 2]).reshape(-1, 2)


def round_shape(node: Node, paint: Paint, paths: PathReader) -> list[Subpath]:
    """A circle or an ellipse as two arcs, or as a dot. Raises InkError."""
    x, y = length(node, "cx"), length(node, "cy")
    rx = length(node, "rx" if node.tag == "ellipse" else "r")
    ry = length(node, "ry") if node.tag == "ellipse" else rx
    if rx <= 0 or ry <= 0:
        return []
    if not paint.strokes:
        paths.points.add()
        return [[np.array([[x, y]])]]
    return paths.subpaths(f"M{x + rx} {y}A{rx} {ry} 0 0 1 {x - rx} {y}A{rx} {ry} 0 0 1 {x + rx} {y}")
