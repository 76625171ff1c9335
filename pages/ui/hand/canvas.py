"""The drawing widget: what it returns becomes ink, and ink becomes what it can be given. The only code that knows its JSON (that of Fabric.js 7)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from hwmodel.ink.limits import MAX_POINTS
from hwmodel.ink.pen_path import ink_from_pixels
from hwmodel.ink.strokes import Polyline, Strokes, to_polylines

INK_COLOUR = "#319189"  # seen on light and dark alike: strokes keep the colour they were drawn in when the theme changes
INK_WIDTH = 2.5  # px
DOT = 0.003  # px to either side: how the widget itself writes a dot down
PLAIN = {"scaleX": 1, "scaleY": 1, "angle": 0, "flipX": False, "flipY": False}  # of an object that was not edited
COMMANDS = {"M": 2, "L": 2, "Q": 4}  # of a path, and how many numbers follow each
FARTHEST_PX, MOST_STRETCHED = 1e5, 1e3  # from the canvas' corner, and an object in edit mode: both are out of any hand's reach

Drawing = list[dict[str, Any]]  # the widget's objects, one a stroke, in the order of writing


def drawing_of(json_data: Any) -> Drawing:
    """The strokes in the widget's JSON. Raises ValueError, a sentence, where it is nothing the widget made, or more than can be read."""
    try:
        things = [dict(thing) for thing in json_data["objects"] if thing["type"] == "Path" and thing["path"]]
        points = sum(len(thing["path"]) for thing in things)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("expected the drawing widget's JSON, with a list of 'objects'; has its version changed?") from error
    if points > MAX_POINTS:
        raise ValueError(f"there are {points:,} points on it, and at most {MAX_POINTS:,} can be read, about 30 lines of writing")
    return [whole(thing, number) for number, thing in enumerate(things, 1)]


def whole(thing: dict[str, Any], number: int) -> dict[str, Any]:
    """The object with all that `pixels` reads: what is left out has not been edited. Raises ValueError where it is no stroke, or out of reach."""
    try:
        path = thing["path"]
        if path[0][0] != "M" or len(path) < 2 or any(len(command) != 1 + COMMANDS[command[0]] for command in path):
            raise ValueError("its path is none of M, L and Q")
        numbers = [value for command in path for value in command[1:]]
        numbers += [thing.get("left", 0), thing.get("top", 0)]
        edits = [thing.get(name, PLAIN[name]) for name in ("scaleX", "scaleY", "angle")]
        if not all(isinstance(value, int | float) for value in numbers + edits):
            raise ValueError("a place is no number")
        if not (all(abs(value) < FARTHEST_PX for value in numbers) and all(abs(value) < MOST_STRETCHED for value in edits)):
            raise ValueError("it goes farther than any hand")
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise ValueError(f"stroke {number} is none that can be drawn on the sheet") from error
    if "left" in thing and "top" in thing:
        return PLAIN | thing
    extent = curve(path)
    left, top = (extent.min(axis=0) + extent.max(axis=0)) / 2
    return PLAIN | {"left": float(left), "top": float(top)} | thing


def read_canvas(drawing: Drawing, px_per_unit: float) -> Strokes | None:
    """The ink of a drawing, in model units from the canvas' upper left corner; None where nothing is drawn. Raises ValueError, a sentence, where no
    hand could have written it, or it has too many points."""
    if not drawing:
        return None
    return ink_from_pixels([pixels(thing) for thing in drawing], px_per_unit, [is_given(thing) for thing in drawing])


def pixels(thing: dict[str, Any]) -> Polyline:
    """The places (n, 2) at which the widget saw the pen, in canvas pixels. It saw the control points of its curves and the last point; the curves'
    ends are only half-way points."""
    given = is_given(thing)
    points = edited(np.array([command[1:3] for command in thing["path"] if given or command[0] != "M"], np.float64), thing)
    if len(points) == 2 and np.ptp(points, axis=0).max() <= 4 * DOT:
        return np.asarray(points.mean(axis=0, keepdims=True))
    return points if given else np.rint(points)


def is_given(thing: dict[str, Any]) -> bool:
    """The stroke was given to the widget by `to_drawing`, as straight lines between its points: nothing is to be smoothed away."""
    return all(command[0] in "ML" for command in thing["path"])


def edited(points: Polyline, thing: dict[str, Any]) -> Polyline:
    """Where the points are after the reader moved, turned or stretched the stroke with the widget's edit mode."""
    outline = curve(thing["path"])
    middle = (outline.min(axis=0) + outline.max(axis=0)) / 2
    centre = np.array([thing["left"], thing["top"]])
    if abs(centre - middle).max() < 0.5 and all(thing[name] == value for name, value in PLAIN.items()):
        return points
    scale = np.array([thing["scaleX"] * (-1 if thing["flipX"] else 1), thing["scaleY"] * (-1 if thing["flipY"] else 1)])
    cos, sin = math.cos(math.radians(thing["angle"])), math.sin(math.radians(thing["angle"]))
    return np.asarray((points - middle) * scale @ np.array([[cos, sin], [-sin, cos]]) + centre)


def curve(path: list[list[Any]]) -> Polyline:
    """Places (n, 2) along the line that the widget draws: its quadratic curves' extent is less than their control points'."""
    t = np.linspace(0, 1, 9)[:, None]
    pieces = [np.array([path[0][1:3]], np.float64)]
    for _, *numbers in path[1:]:
        start, end = pieces[-1][-1:], np.array([numbers[-2:]])
        control = np.array([numbers[:2]]) if len(numbers) == 4 else (start + end) / 2
        pieces.append((1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end)
    return np.concatenate(pieces)


def to_drawing(strokes: Strokes, px_per_unit: float) -> Drawing:
    """Objects for the widget that `read_canvas` reads back as the same ink."""
    return [to_object(line * px_per_unit) for line in to_polylines(strokes)]


def to_object(line: Polyline, colour: str = INK_COLOUR) -> dict[str, Any]:
    """A stroke of points (n, 2) in canvas pixels as the widget's JSON, in a colour (#rrggbb)."""
    if len(line) == 1:
        line = line + DOT * np.array([[-1.0, 0.0], [1.0, 0.0]])
    left, top = (line.min(axis=0) + line.max(axis=0)) / 2
    path = [["M" if i == 0 else "L", x, y] for i, (x, y) in enumerate(line.tolist())]
    pen = {"stroke": colour, "strokeWidth": INK_WIDTH, "strokeLineCap": "round", "strokeLineJoin": "round", "fill": None}
    return {"type": "Path", "path": path, "left": float(left), "top": float(top), "originX": "center", "originY": "center", **pen, **PLAIN}
