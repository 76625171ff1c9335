"""The path language of SVG (SVG 1.1, section 8.3): text to subpaths, subpaths to points."""

from __future__ import annotations

import cmath
import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from hwmodel.formats.reading import InkError, check_count
from hwmodel.ink.strokes import Polyline

# A subpath: first its start (1, 2), then its segments by their control points, (2, 2) for a line and (4, 2) for a cubic curve.
Subpath = list[np.ndarray]
Segment = tuple[complex, ...]  # the same while a path is read: places as complex numbers

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
FLAG = re.compile("[01]")
SEPARATOR = re.compile(r"[\s,]*")
COMMAND = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
MOST_PIECES = 64  # that one curve is cut into


def parse_path(text: str) -> list[Subpath]:
    """The subpaths of a path's d attribute. Raises InkError."""
    subpaths: list[list[Segment]] = []
    here = start = handle = 0j  # handle: the last curve's second control point, which S and T mirror
    last = "Z"
    for letter, values in commands(text):
        kind, base = letter.upper(), here if letter.islower() else 0j
        points = [base + complex(x, y) for x, y in zip(values[::2], values[1::2], strict=False)]
        if kind == "M":
            start = here = points[0]
        elif not subpaths:
            raise InkError(f"a path begins with {letter!r}; it must begin with M or m")
        if kind == "M" or last == "Z":
            subpaths.append([(start,)])
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
            drawn = [(here, start)] if kind == "Z" and here != start else []
        subpaths[-1] += drawn
        handle = points[-2] if len(points) > 1 else here
        here, last = drawn[-1][-1] if drawn else start, kind
    return [[np.array([(z.real, z.imag) for z in segment]) for segment in subpath] for subpath in subpaths]


def commands(text: str) -> Iterator[tuple[str, list[float]]]:
    """A path's commands one by one, repetitions written out. Raises InkError."""
    if COMMAND.sub("", text).strip():
        raise InkError(f"a path has {COMMAND.sub('', text).strip()[:30]!r} where a command such as M, L or C is expected")
    for letter, rest in COMMAND.findall(text):
        values, arity = numbers(letter, rest), ARITY[letter.upper()]
        if bool(values) != bool(arity) or len(values) % (arity or 1):
            raise InkError(f"a path reads {(letter + rest).strip()[:40]!r}; {letter} takes {arity} numbers at a time; was the file cut?")
        for i in range(0, len(values) or 1, arity or 1):
            yield {"M": "L", "m": "l"}.get(letter, letter) if i else letter, values[i : i + arity]


def numbers(letter: str, text: str) -> list[float]:
    """The numbers behind a command's letter; an arc's two flags may stand without anything between. Raises InkError."""
    values: list[float] = []
    at = SEPARATOR.match(text, 0).end()  # type: ignore[union-attr]  # it matches everywhere
    while at < len(text):
        found = (FLAG if letter in "Aa" and len(values) % 7 in (3, 4) else NUMBER).match(text, at)
        if not found:
            raise InkError(f"a path reads {(letter + text).strip()[:40]!r}; {text[at : at + 10]!r} is not a number")
        values.append(float(found[0]))
        at = SEPARATOR.match(text, found.end()).end()  # type: ignore[union-attr]
    return values


def bezier(here: complex, points: Sequence[complex]) -> Segment:
    """A line, or a curve with one or two control points as one with two."""
    if len(points) != 2:
        return (here, *points)
    control, end = points
    return here, here + 2 / 3 * (control - here), end + 2 / 3 * (control - end), end


def arc(here: complex, end: complex, radii: complex, degrees: float, large: bool, sweep: bool) -> list[Segment]:
    """An elliptical arc as curves of at most a quarter turn (SVG 1.1, appendix F.6)."""
    rx, ry = abs(radii.real), abs(radii.imag)
    if here == end:
        return []
    if not rx or not ry:
        return [(here, end)]
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
    polylines, count = [], 0
    for start, *segments in subpaths:
        parts = [start]
        for segment in segments:
            pieces = 1
            if len(segment) == 4:
                bend = float(np.hypot(*np.diff(segment, 2, axis=0).T).max())
                pieces = min(MOST_PIECES, max(1, math.ceil(math.sqrt(0.75 * bend / tolerance)))) if tolerance else 1
            t = np.arange(1, pieces + 1)[:, None] / pieces
            parts.append(cubic(segment, t) if pieces > 1 else segment[-1:])
            count += pieces
            check_count(count)
        polylines.append(np.concatenate(parts))
    return polylines


def cubic(control: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Points (n, 2) of a curve with control points (4, 2) at t (n, 1)."""
    a, b, c, d = control
    s = 1 - t
    return np.asarray(s**3 * a + 3 * s**2 * t * b + 3 * s * t**2 * c + t**3 * d)
