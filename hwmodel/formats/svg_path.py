"""The path language of SVG (SVG 1.1, section 8.3): text to subpaths, subpaths to points."""

from __future__ import annotations

import cmath
import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from hwmodel.formats.reading import InkError, PointCount
from hwmodel.ink.limits import MAX_POINTS
from hwmodel.ink.strokes import Polyline

# A subpath: first its start (1, 2), then its segments by their control points, (2, 2) for a line and (4, 2) for a cubic curve.
Subpath = list[np.ndarray]
Segment = tuple[complex, ...]  # the same while a path is read: places as complex numbers

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
FLAG = re.compile("[01]")
SEPARATOR = re.compile(r"[\s,]*")
ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
MOST_COMMANDS = 3 * MAX_POINTS  # some draw nothing
MOST_PIECES = 64  # that one curve is cut into


class PathReader:
    """Reads the paths of one drawing, and stops at the first command or curve too many in all of them."""

    def __init__(self) -> None:
        self.commands_left = MOST_COMMANDS
        self.points = PointCount()

    def subpaths(self, text: str) -> list[Subpath]:
        """What a path's d attribute draws: a moveto alone nothing (SVG 2, 9.3.3), one that is closed at once a dot. Raises InkError."""
        found: list[list[Segment]] = []
        here = start = handle = 0j  # handle: the last curve's second control point, which S and T mirror
        last, open_path = "", False  # open_path: found[-1] is the one being drawn
        for letter, values in self.commands(text):
            kind, base = letter.upper(), here if letter.islower() else 0j
            points = [base + complex(x, y) for x, y in zip(values[::2], values[1::2], strict=False)]
            if not last and kind != "M":
                raise InkError(f"a path begins with {letter!r}; it must begin with M or m")
            if kind == "M":
                start = here = handle = points[0]
                last, open_path = kind, False
                continue
            if kind in "ST":
                smooth = last in ("CS" if kind == "S" else "QT")
                points.insert(0, 2 * here - handle if smooth else here)
            if kind in "LCSQT":
                drawn = [bezier(here, points)]
            elif kind in "HV":
                to = complex(values[0] + base.real, here.imag) if kind == "H" else complex(here.real, values[0] + base.imag)
                drawn = [(here, to)]
            elif kind == "A":
                drawn = arc(here, base + complex(*values[5:]), complex(*values[:2]), values[2], large=values[3] > 0, sweep=values[4] > 0)
            else:
                drawn = [(here, start)] if here != start else []
            if not open_path and (drawn or last == "M"):
                found.append([(here,)])
                self.points.add()
            self.points.add(len(drawn))
            if found:
                found[-1] += drawn
            handle = points[-2] if len(points) > 1 else here
            here, last, open_path = drawn[-1][-1] if drawn else here, kind, kind != "Z"
        return [[np.array([(z.real, z.imag) for z in segment]) for segment in subpath] for subpath in found]

    def commands(self, text: str) -> Iterator[tuple[str, list[float]]]:
        """A path's commands one by one, repetitions written out. Raises InkError."""
        at = separator_end(text, 0)
        while at < len(text):
            letter, begin = text[at], at
            if letter.upper() not in ARITY:
                raise InkError(f"a path has {text[at : at + 30]!r} where a command such as M, L or C is expected")
            arity, first = ARITY[letter.upper()], True
            at = separator_end(text, at + 1)
            while first or (arity and at < len(text) and text[at] in "+-.0123456789"):
                self.commands_left -= 1
                if self.commands_left < 0:
                    raise InkError(f"there are more than {MOST_COMMANDS:,} path commands in it, more than ink needs that can be read")
                values = []
                for i in range(arity):
                    found = (FLAG if letter in "Aa" and i in (3, 4) else NUMBER).match(text, at)
                    if not found:
                        rest = text[at : at + 10].split("\n")[0]
                        said = f"{rest!r} is not a number" if rest and rest[0].upper() not in ARITY else "was the file cut?"
                        raise InkError(f"a path reads {text[begin : begin + 40].strip()!r}; {letter} takes {arity} numbers at a time; {said}")
                    values.append(float(found[0]))
                    at = separator_end(text, found.end())
                yield letter if first else {"M": "L", "m": "l"}.get(letter, letter), values
                first = False


def separator_end(text: str, at: int) -> int:
    """Where blanks and commas from `at` on end."""
    return SEPARATOR.match(text, at).end()  # type: ignore[union-attr]  # it matches everywhere


def bezier(here: complex, points: Sequence[complex]) -> Segment:
    """A line, or a curve with one or two control points as one with two."""
    if len(points) != 2:
        return (here, *points)
    control, end = points
    return here, here + 2 / 3 * (control - here), end + 2 / 3 * (control - end), end


def arc(here: complex, end: complex, radii: complex, degrees: float, large: bool, sweep: bool) -> list[Segment]:
    """An elliptical arc as curves of at most a quarter turn; the line that it nearly is where it is too small or too large to compute."""
    if here == end:
        return []
    if not radii.real or not radii.imag:
        return [(here, end)]
    try:
        return quarters(here, end, radii, degrees, large, sweep)
    except (ArithmeticError, ValueError):
        return [(here, end)]


def quarters(here: complex, end: complex, radii: complex, degrees: float, large: bool, sweep: bool) -> list[Segment]:
    """The curves of `arc` (SVG 1.1, appendix F.6). Raises ArithmeticError or ValueError where numbers run away."""
    rx, ry = abs(radii.real), abs(radii.imag)
    turn = cmath.rect(1, math.radians(degrees))

    def to_circle(z: complex) -> complex:
        z /= turn
        return complex(z.real / rx, z.imag / ry)

    def from_circle(z: complex) -> complex:
        return complex(z.real * rx, z.imag * ry) * turn

    a, b = to_circle(here), to_circle(end)
    half = (b - a) / 2
    size = max(1.0, abs(half))  # radii that are too small grow until the arc reaches its end
    side = 1j if large != sweep else -1j
    centre = (a + b) / 2 + side * half / abs(half) * math.sqrt(max(0.0, size**2 - abs(half) ** 2))
    angle = cmath.phase((b - centre) / (a - centre)) % (2 * math.pi)
    angle -= 2 * math.pi * (not sweep)
    count = max(1, math.ceil(abs(angle) / (math.pi / 2) - 1e-9))
    reach = 4 / 3 * math.tan(angle / count / 4) * 1j
    spokes = [(a - centre) * cmath.rect(1, angle * i / count) for i in range(count + 1)]
    bends = [(p, p + reach * p, q - reach * q, q) for p, q in pairwise(spokes)]
    return [tuple(from_circle(centre + spoke) for spoke in bend) for bend in bends]


def flatten(subpaths: Sequence[Subpath], tolerance: float) -> list[Polyline]:
    """Subpaths as points, curves no further from their points than `tolerance` (Wang's bound). Raises InkError where there are too many."""
    polylines, count = [], PointCount()
    for start, *segments in subpaths:
        parts = [start]
        for segment in segments:
            pieces = 1
            if len(segment) == 4:
                bend = float(np.hypot(*np.diff(segment, 2, axis=0).T).max())
                pieces = min(MOST_PIECES, max(1, math.ceil(math.sqrt(0.75 * bend / tolerance)))) if tolerance else 1
            t = np.arange(1, pieces + 1)[:, None] / pieces
            parts.append(cubic(segment, t) if pieces > 1 else segment[-1:])
            count.add(pieces)
        polylines.append(np.concatenate(parts))
    return polylines


def cubic(control: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Points (n, 2) of a curve with control points (4, 2) at t (n, 1)."""
    a, b, c, d = control
    s = 1 - t
    return np.asarray(s**3 * a + 3 * s**2 * t * b + 3 * s * t**2 * c + t**3 * d)
