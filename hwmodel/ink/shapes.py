"""Ink that nobody wrote: plain shapes to ask the network about. Free of torch."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hwmodel.ink.strokes import Polyline, Strokes, from_polylines, resample
from hwmodel.ink.units import STEP, X_HEIGHT


def straight_line() -> Polyline:
    """From left to right, 30 letters x long."""
    return np.array([[0.0, 0.0], [30 * X_HEIGHT, 0.0]])


def circle() -> Polyline:
    """Once round, anticlockwise as an o is written, four letters x high."""
    angle = np.linspace(0, 2 * np.pi, 400)
    return 2 * X_HEIGHT * np.stack((np.sin(-angle), -np.cos(angle)), axis=1)


def spiral() -> Polyline:
    """Four times round, from the middle outwards."""
    angle = np.linspace(0, 8 * np.pi, 2000)
    return np.asarray(3 * X_HEIGHT * (angle / angle[-1])[:, None] * np.stack((np.sin(-angle), -np.cos(angle)), axis=1))


def zigzag() -> Polyline:
    """Twelve sharp teeth, each as high and as wide as the letter x."""
    corner = np.arange(25)
    return X_HEIGHT * np.stack((0.5 * corner, -(corner % 2.0)), axis=1)


def loops() -> Polyline:
    """A row of twelve joined loops, as in e e e e."""
    angle = np.linspace(0, 24 * np.pi, 4000)
    return X_HEIGHT * np.stack((0.1 * angle + 0.5 * np.sin(angle), 0.5 * np.cos(angle)), axis=1)


SHAPES: dict[str, Callable[[], Polyline]] = {
    "Straight line": straight_line,
    "Circle": circle,
    "Spiral": spiral,
    "Zigzag": zigzag,
    "Loops": loops,
}


def shape(name: str) -> Strokes:
    """The shape of a name in SHAPES, in steps of the training lines' usual length."""
    return from_polylines([resample(SHAPES[name](), STEP)])
