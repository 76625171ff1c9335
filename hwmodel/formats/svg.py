"""Ink as SVG: one path a stroke out; paths, polylines and lines in, with their transforms."""

from __future__ import annotations

import re

import numpy as np

from hwmodel.formats.content import Content
from hwmodel.formats.reading import UNIT, InkError, ReadInk, check_coordinates, in_model_units, number
from hwmodel.formats.safe_xml import Node
from hwmodel.formats.svg_path import NUMBER, Subpath, flatten, parse_path
from hwmodel.ink.strokes import Strokes, to_polylines

PX_PER_UNIT = 8
INK_WIDTH = 0.3  # model units
UNDRAWN = {"defs", "symbol", "clipPath", "mask", "marker", "pattern"}
TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)")
FLATNESS = 1e-4  # of the drawing's size: how far a flattened curve may be from the curve


def write(strokes: Strokes) -> bytes:
    """The ink in black on nothing, drawn in model units; the points are kept to the last bit, an unfinished last stroke is marked."""
    polylines = to_polylines(strokes)
    paths = ["M" + " ".join(f"{float(x)!r},{float(y)!r}" for x, y in line) + ("Z" if len(line) == 1 else "") for line in polylines]
    marks = [""] * (len(paths) - 1) + ["" if strokes.finished else ' data-pen="down"']
    low, high = (strokes.points.min(axis=0) - INK_WIDTH).round(3), (strokes.points.max(axis=0) + INK_WIDTH).round(3)
    width, height = (high - low).round(3)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{low[0]} {low[1]} {width} {height}"'
            f' width="{width * PX_PER_UNIT:.0f}" height="{height * PX_PER_UNIT:.0f}" data-unit="{UNIT}">',
            f'<g fill="none" stroke="#000" stroke-width="{INK_WIDTH}" stroke-linecap="round" stroke-linejoin="round">',
            *(f'<path d="{path}"{mark}/>' for path, mark in zip(paths, marks, strict=True)),
            "</g>\n</svg>\n",
        )
    ).encode()


def looks_like(content: Content) -> bool:
    return content.root_tag == "svg"


@np.errstate(over="ignore", invalid="ignore")  # numbers that run away are refused at the end
def read(content: Content) -> ReadInk:
    """Ink from every path, polyline, polygon and line that is drawn, in order. Raises InkError."""
    root = content.root
    assert root
    subpaths: list[Subpath] = []
    finished = True
    waiting = [(root, np.eye(3))]
    while waiting:
        element, outer = waiting.pop()
        if element.tag in UNDRAWN:
            continue
        matrix = outer @ transform(element.get("transform"))
        waiting += [(child, matrix) for child in reversed(element.children)]
        shapes = shapes_of(element)
        subpaths += [[segment @ matrix[:2, :2].T + matrix[:2, 2] for segment in shape] for shape in shapes]
        finished = element.get("data-pen") != "down" if shapes else finished
    if not subpaths:
        raise InkError("this SVG has no path, polyline or line in it; text and pictures cannot be read as ink, so turn them into paths first")
    return from_subpaths(subpaths, root.get("data-unit") == UNIT, finished)


def from_subpaths(subpaths: list[Subpath], ours: bool, finished: bool) -> ReadInk:
    """Ink from subpaths, their curves made into points fine enough for the drawing's size."""
    places = np.concatenate([part for subpath in subpaths for part in subpath])
    check_coordinates(places)
    size = float(np.ptp(places, axis=0).max())
    return in_model_units(flatten(subpaths, FLATNESS * size), 1.0 if ours else None, finished)


def shapes_of(element: Node) -> list[Subpath]:
    """The subpaths of one element; none where it is no line drawing."""
    if element.tag == "path":
        return parse_path(element.get("d"))
    if element.tag == "line":
        points = np.reshape([number(element.get(name, "0"), f"{name} of a line") for name in ("x1", "y1", "x2", "y2")], (2, 2))
    elif element.tag in ("polyline", "polygon"):
        values = NUMBER.findall(element.get("points"))
        points = np.array(values[: len(values) // 2 * 2], float).reshape(-1, 2)
        if element.tag == "polygon":
            points = np.concatenate((points, points[:1]))
    else:
        return []
    return [[points[:1], *(points[i : i + 2] for i in range(len(points) - 1))]] if len(points) else []


def transform(text: str) -> np.ndarray:
    """The (3, 3) matrix of a transform attribute. Raises InkError."""
    if TRANSFORM.sub("", text).strip(" ,\t\r\n"):
        raise InkError(f"a transform reads {text[:40]!r}, which cannot be understood")
    matrix = np.eye(3)
    for name, arguments in TRANSFORM.findall(text):
        values = [float(value) for value in NUMBER.findall(arguments)]
        step = np.eye(3)
        match name, values:
            case "matrix", [a, b, c, d, e, f]:
                step[:2] = [[a, c, e], [b, d, f]]
            case "translate", [x, *y]:
                step[:2, 2] = x, y[0] if y else 0
            case "scale", [x, *y]:
                step[0, 0], step[1, 1] = x, y[0] if y else x
            case "rotate", [angle, *centre] if len(centre) in (0, 2):
                cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
                step[:2, :2] = [[cos, -sin], [sin, cos]]
                about = np.array(centre or (0, 0))
                step[:2, 2] = about - step[:2, :2] @ about
            case "skewX", [angle]:
                step[0, 1] = np.tan(np.radians(angle))
            case "skewY", [angle]:
                step[1, 0] = np.tan(np.radians(angle))
            case _:
                raise InkError(f"a transform reads {name}({arguments[:30]}), which has the wrong number of values")
        matrix = matrix @ step
    return matrix
