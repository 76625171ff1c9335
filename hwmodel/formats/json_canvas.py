"""Drawings of canvas programs in JSON, in which every object stands in a place of its own: Fabric.js (4 to 7), Excalidraw, tldraw."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from hwmodel.formats.json_strokes import is_erased, line_of
from hwmodel.formats.reading import InkError, PointCount, number
from hwmodel.formats.svg_path import PathReader, flatten
from hwmodel.formats.svg_transform import IDENTITY, Matrix, shift, times
from hwmodel.ink.strokes import Polyline

CIRCLE = np.linspace(0, 2 * np.pi, 49)
DOT = 0.012  # of a canvas' units: how wide Fabric draws a dot at most
DEEPEST = 50  # groups in groups
Thing = dict[str, Any]


def canvas_strokes(value: Any) -> list[Polyline] | None:
    """The strokes (n, 2) of a program's drawing; None where it is of none of these. Raises InkError."""
    if isinstance(value, list) and value and all(isinstance(thing, dict) and thing.get("type") == "freedraw" for thing in value):
        value = {"elements": value}
    if not isinstance(value, dict):
        return None
    objects, elements = value.get("objects"), value.get("elements")
    if isinstance(objects, list) and all(isinstance(thing, dict) and "type" in thing for thing in objects):
        return Fabric(str(value.get("version", ""))).strokes(objects, IDENTITY, 0)
    if isinstance(elements, list) and ("excalidraw" in str(value.get("type")) or any(kind(thing) == "freedraw" for thing in elements)):
        count = PointCount()
        return [line for thing in elements if isinstance(thing, dict) for line in excalidraw(thing, count)]
    records = value.get("records", value.get("shapes", value.get("store")))
    if records is None and isinstance(value.get("document"), dict):
        records = value["document"].get("store")
    records = list(records.values()) if isinstance(records, dict) else records
    if isinstance(records, list) and any(kind(thing) == "draw" for thing in records):
        return tldraw([thing for thing in records if isinstance(thing, dict)])
    return None


def kind(thing: Any) -> str:
    return str(thing.get("type", "")).lower() if isinstance(thing, dict) else ""


def of(thing: Thing, name: str, otherwise: float = 0.0) -> float:
    """A number of an object. Raises InkError."""
    given = thing.get(name)
    return otherwise if given is None else number(given, f"{name} of a {kind(thing)[:20]}")


def moved(line: Polyline, matrix: Matrix) -> Polyline:
    a, b, c, d, e, f = matrix
    return np.asarray(line @ np.array([[a, b], [c, d]]) + (e, f))


def turned(radians: float, x: float, y: float) -> Matrix:
    """Turned about the origin, then moved to x, y. Raises InkError."""
    if not math.isfinite(radians):
        raise InkError("an angle in it is not a number")
    return (math.cos(radians), math.sin(radians), -math.sin(radians), math.cos(radians), x, y)


class Fabric:
    """Reads the objects of one Fabric canvas."""

    def __init__(self, version: str) -> None:
        major = version.partition(".")[0]
        self.origin = "center" if major.isdecimal() and int(major[:3]) >= 7 else "left"  # of objects that name none
        self.paths = PathReader()
        self.count = PointCount()

    def strokes(self, objects: list[Any], outer: Matrix, depth: int) -> list[Polyline]:
        """Raises InkError."""
        if depth > DEEPEST:
            raise InkError(f"its groups stand more than {DEEPEST} deep in one another")
        found: list[Polyline] = []
        for thing in objects:
            if not isinstance(thing, dict) or is_erased(thing) or of(thing, "opacity", 1.0) <= 0:
                continue
            if thing.get("globalCompositeOperation") == "destination-out":
                continue
            if isinstance(thing.get("objects"), list):
                size = np.array([[0.0, 0.0], [of(thing, "width"), of(thing, "height")]]) - (of(thing, "width") / 2, of(thing, "height") / 2)
                found += self.strokes(thing["objects"], times(outer, self.placed(thing, size)), depth + 1)
            elif any(thing.get(paint) not in (None, "", "transparent", "none") for paint in ("stroke", "fill")):
                outline, lines = self.lines(thing)
                found += [moved(line, times(outer, self.placed(thing, outline))) for line in lines]
        return found

    def placed(self, thing: Thing, outline: Polyline) -> Matrix:
        """From an object's own coordinates to those around it. An object's place is that of its box's corner or middle, with its stroke's width."""
        low, high = outline.min(axis=0), outline.max(axis=0)
        middle, size = (low + high) / 2, high - low
        scale = np.array([of(thing, "scaleX", 1.0), of(thing, "scaleY", 1.0)])
        width = of(thing, "strokeWidth", 1.0)
        half = (size * scale + (width if thing.get("strokeUniform") else width * scale)) / 2
        sides = [str(thing.get(name) or self.origin) for name in ("originX", "originY")]
        share = np.array([{"left": 1.0, "top": 1.0, "right": -1.0, "bottom": -1.0}.get(side, 0.0) for side in sides])
        turn = turned(math.radians(of(thing, "angle")), of(thing, "left"), of(thing, "top"))
        flip = [-1.0 if thing.get(name) else 1.0 for name in ("flipX", "flipY")]
        x, y = share * half
        own: Matrix = (scale[0] * flip[0], 0.0, 0.0, scale[1] * flip[1], float(x), float(y))
        return times(times(turn, own), shift(-float(middle[0]), -float(middle[1])))

    def lines(self, thing: Thing) -> tuple[Polyline, list[Polyline]]:
        """Points of the outline that the object's box is put around, and its strokes, both in its own coordinates. Raises InkError."""
        name = kind(thing)
        if name == "path":
            return self.path(thing.get("path"))
        if name == "line":
            line = np.reshape([of(thing, key) for key in ("x1", "y1", "x2", "y2")], (2, 2))
        elif name in ("polyline", "polygon") and isinstance(thing.get("points"), list) and thing["points"]:
            line = line_of(thing["points"], 0, self.count)
            line = np.concatenate((line, line[:1])) if name == "polygon" else line
        elif name in ("circle", "ellipse"):
            radii = of(thing, "rx", of(thing, "radius")), of(thing, "ry", of(thing, "radius"))
            line = np.stack((np.cos(CIRCLE), np.sin(CIRCLE)), axis=1) * radii
        elif name == "rect":
            line = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]) * (of(thing, "width"), of(thing, "height"))
        else:
            return np.zeros((1, 2)), []
        self.count.add(len(line))
        return line, [line]

    def path(self, commands: Any) -> tuple[Polyline, list[Polyline]]:
        """A path's outline and strokes. A pen's path is quadratic curves: it saw their control points, and the last place. Raises InkError."""
        if not isinstance(commands, list) or not commands or not all(isinstance(part, list) and part for part in commands):
            raise InkError("a path of the canvas has no list of commands; was the file changed by hand?")
        letters = [str(part[0]) for part in commands]
        text = " ".join(str(part[0])[:1] + " ".join(repr(number(value, "a path's number")) for value in part[1:]) for part in commands)
        subpaths = self.paths.subpaths(text)
        if not subpaths:
            return np.zeros((1, 2)), []
        size = float(np.ptp(np.concatenate([part for subpath in subpaths for part in subpath]), axis=0).max())
        curves = flatten(subpaths, 1e-4 * size)
        outline = np.concatenate(curves)
        if letters[0] == "M" and set(letters[1:]) <= {"Q", "L"}:
            places = np.array([[float(value) for value in part[1:3]] for part in commands[0 if "Q" not in letters else 1 :]])
            dot = len(places) == 2 and np.ptp(places, axis=0).max() <= DOT
            return outline, [places.mean(axis=0, keepdims=True) if dot else places]
        return outline, curves


def excalidraw(thing: Thing, count: PointCount) -> list[Polyline]:
    """The strokes of an element, turned about the middle of its box. Raises InkError."""
    if is_erased(thing) or of(thing, "opacity", 100.0) <= 0:
        return []
    width, height = of(thing, "width"), of(thing, "height")
    if kind(thing) in ("freedraw", "line", "arrow") and isinstance(thing.get("points"), list) and thing["points"]:
        line = line_of(thing["points"], 0, count)
    elif kind(thing) == "rectangle":
        line = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]) * (width, height)
        count.add(len(line))
    elif kind(thing) == "diamond":
        line = np.array([(0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5), (0.5, 0)]) * (width, height)
        count.add(len(line))
    elif kind(thing) == "ellipse":
        line = np.stack((np.cos(CIRCLE) + 1, np.sin(CIRCLE) + 1), axis=1) / 2 * (width, height)
        count.add(len(line))
    else:
        return []
    middle = (line.min(axis=0) + line.max(axis=0)) / 2
    x, y = middle + np.array([of(thing, "x"), of(thing, "y")])
    return [moved(line - middle, turned(of(thing, "angle"), float(x), float(y)))]


def tldraw(records: list[Thing]) -> list[Polyline]:
    """The strokes of all draw shapes, each in its parents' places. Raises InkError."""
    shapes = {str(thing.get("id")): thing for thing in records}
    count = PointCount()
    found: list[Polyline] = []
    for thing in records:
        if kind(thing) != "draw" or not isinstance(thing.get("props"), dict):
            continue
        points: list[Any] = []
        for segment in thing["props"].get("segments") or []:
            if not isinstance(segment, dict) or not isinstance(segment.get("points"), list):
                raise InkError("its strokes are packed as tldraw 4 packs them, which is not read; export them as SVG")
            points += segment["points"]
        if points:
            found.append(moved(line_of(points, len(found), count), placed(thing, shapes)))
    return found


def placed(thing: Thing, shapes: dict[str, Thing]) -> Matrix:
    """From a shape's coordinates to the page's."""
    matrix = IDENTITY
    for _ in range(DEEPEST):
        matrix = times(turned(of(thing, "rotation"), of(thing, "x"), of(thing, "y")), matrix)
        parent = shapes.get(str(thing.get("parentId")))
        if parent is None or "x" not in parent:
            return matrix
        thing = parent
    raise InkError(f"its groups stand more than {DEEPEST} deep in one another")
