"""A hand that writes with a mouse: known ink as the drawing widget would have recorded it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from hwmodel.ink.strokes import Polyline, Strokes, to_polylines

JITTER = 0.3  # of the time between two mouse events: browsers are not on time
THINNED = 0.4  # px: the widget drops a point nearer than this to the one before


def seen(path: Polyline, rate: float, rng: np.random.Generator) -> Polyline:
    """What is recorded of a stroke (n, 2) in pixels, its points evenly timed, with `rate` mouse events a point: whole pixels, late or early."""
    last = len(path) - 1
    times = np.arange(0, last + 1e-9, 1 / rate)
    times = np.sort(np.clip(times + rng.uniform(-JITTER, JITTER, len(times)) / rate, 0, last))
    times = np.concatenate(([0], times[1:], [last]))
    places = np.rint(np.stack([np.interp(times, np.arange(last + 1), path[:, axis]) for axis in (0, 1)], axis=1))
    kept = [places[0]]
    for place in places[1:]:
        if np.hypot(*(place - kept[-1])) >= THINNED:
            kept.append(place)
    return np.array(kept)


def recorded_path(points: Polyline, width: float = 2.0) -> list[list[Any]]:
    """Fabric's path through recorded points: they are the control points of quadratic curves between half-way points, with `width` / 1000 at the
    ends."""
    nudge = width / 1000
    (x, y), last = points[0], points[-1]
    if len(points) == 1:
        return [["M", x - nudge, y], ["L", x + nudge, y]]
    curves = [["Q", *here.tolist(), *((here + there) / 2).tolist()] for here, there in pairwise(points)]
    return [["M", x - nudge, y], *curves, ["L", last[0] + nudge, last[1]]]


def canvas_json(strokes: Strokes, px_per_unit: float, rate: float, seed: int = 0) -> dict[str, Any]:
    """The widget's JSON after the ink was written with a mouse."""
    rng = np.random.default_rng(seed)
    paths = [recorded_path(seen(line * px_per_unit, rate, rng)) for line in to_polylines(strokes)]
    return {"version": "7.4.0", "objects": [fabric_object(path) for path in paths]}


def fabric_object(path: list[list[Any]]) -> dict[str, Any]:
    """A path as the widget reports it: `left` and `top` are the middle of the curve's extent (of its points, near enough for these)."""
    from pages.ui.hand.canvas import curve

    outline = curve(path)
    left, top = (outline.min(axis=0) + outline.max(axis=0)) / 2
    plain = {"scaleX": 1, "scaleY": 1, "angle": 0, "flipX": False, "flipY": False, "originX": "center", "originY": "center"}
    return {"type": "Path", "path": path, "left": float(left), "top": float(top), **plain}


def session_value(drawing: dict[str, Any]) -> dict[str, Any]:
    """What the widget leaves in the session, for an AppTest to put there."""
    return {"drawing": {"raw": drawing, "data": None}}
