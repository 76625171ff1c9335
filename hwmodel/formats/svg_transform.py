"""Transforms of SVG and CSS, and the transform that a viewBox stands for, as (a, b, c, d, e, f): x' = a x + c y + e, y' = b x + d y + f."""

from __future__ import annotations

import math
import re

from hwmodel.formats.reading import InkError, number
from hwmodel.formats.safe_xml import Node
from hwmodel.formats.svg_path import NUMBER

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
FUNCTION = re.compile(r"([A-Za-z][A-Za-z0-9]*)\s*\(([^()]*)\)")
VALUE = re.compile(rf"({NUMBER.pattern})\s*([a-z]*)", re.I)
ANGLES = {"": 1.0, "deg": 1.0, "rad": 180 / math.pi, "grad": 0.9, "turn": 360.0}
LENGTHS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}
LENGTH = re.compile(rf"({NUMBER.pattern})({'|'.join(LENGTHS)})", re.I)


def times(m: Matrix, n: Matrix) -> Matrix:
    """The transform that does n first, then m."""
    return (
        m[0] * n[0] + m[2] * n[1],
        m[1] * n[0] + m[3] * n[1],
        m[0] * n[2] + m[2] * n[3],
        m[1] * n[2] + m[3] * n[3],
        m[0] * n[4] + m[2] * n[5] + m[4],
        m[1] * n[4] + m[3] * n[5] + m[5],
    )


def shift(x: float, y: float) -> Matrix:
    return (1.0, 0.0, 0.0, 1.0, x, y)


def transform(text: str, origin: str = "") -> Matrix:
    """The matrix of a transform attribute or property, about its transform-origin. Raises InkError."""
    if not text or text == "none":
        return IDENTITY
    if FUNCTION.sub("", text).strip(" ,\t\r\n"):
        raise InkError(f"a transform reads {text[:40]!r}, which cannot be understood")
    matrix = IDENTITY
    for name, arguments in FUNCTION.findall(text):
        matrix = times(matrix, one(name, arguments))
    if not origin or matrix[:4] == IDENTITY[:4]:
        return matrix
    places = [number(value.removesuffix("px"), "transform-origin") for value in origin.split()[:2]]
    x, y = (*places, 0.0)[:2]
    return times(times(shift(x, y), matrix), shift(-x, -y))


def one(name: str, arguments: str) -> Matrix:
    """The matrix of one function. Raises InkError."""
    found = VALUE.findall(arguments)
    if name.startswith(("rotate", "skew")):
        values = [float(value) * (ANGLES.get(unit.lower(), 1.0) if i == 0 else 1.0) for i, (value, unit) in enumerate(found)]
    else:
        values = [float(value) * LENGTHS.get(unit.lower(), 1.0) for value, unit in found]
    try:
        return of_values(name, values)
    except KeyError:
        raise InkError(f"a transform reads {name[:20]}({arguments[:30]}), which cannot be understood") from None
    except ValueError:
        raise InkError(f"a transform reads {name}({arguments[:30]}), which has the wrong number of values") from None


def of_values(name: str, values: list[float]) -> Matrix:
    """Raises KeyError where there is no such function, ValueError where it takes other values."""
    match name, values:
        case "matrix", [a, b, c, d, e, f]:
            return (a, b, c, d, e, f)
        case (("translate" | "translate3d"), [x, *y]):
            return shift(x, y[0] if y else 0.0)
        case "translateX", [x]:
            return shift(x, 0.0)
        case "translateY", [y]:
            return shift(0.0, y)
        case "scale", [x, *y]:
            return (x, 0.0, 0.0, y[0] if y else x, 0.0, 0.0)
        case "scaleX", [x]:
            return (x, 0.0, 0.0, 1.0, 0.0, 0.0)
        case "scaleY", [y]:
            return (1.0, 0.0, 0.0, y, 0.0, 0.0)
        case "rotate", [angle, *centre] if len(centre) in (0, 2):
            cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            x, y = centre or (0.0, 0.0)
            return times(times(shift(x, y), (cos, sin, -sin, cos, 0.0, 0.0)), shift(-x, -y))
        case "skewX", [angle]:
            return (1.0, 0.0, math.tan(math.radians(angle)), 1.0, 0.0, 0.0)
        case "skewY", [angle]:
            return (1.0, math.tan(math.radians(angle)), 0.0, 1.0, 0.0, 0.0)
    if name not in ("matrix", "translate", "translateX", "translateY", "scale", "scaleX", "scaleY", "rotate", "skewX", "skewY"):
        raise KeyError(name)
    raise ValueError(name)


def length(node: Node, name: str, otherwise: str = "0") -> float:
    """A length attribute in user units. Raises InkError where it is a share of something."""
    written = (node.get(name) or otherwise).strip()
    found = LENGTH.fullmatch(written)
    return float(found[1]) * LENGTHS[found[2].lower()] if found else number(written, f"{name} of a {node.tag}")


def view_box(node: Node, size: Node | None = None) -> Matrix:
    """From the user units inside an svg or a symbol to those around it; `size` is the element whose width and height count. Raises InkError."""
    box = [float(value) for value in NUMBER.findall(node.get("viewBox"))]
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        return IDENTITY
    left, top, width, height = box
    wide, high = (LENGTH.fullmatch((size or node).get(name) or node.get(name)) for name in ("width", "height"))
    across = length(size or node, "width", node.get("width")) / width if wide else None
    down = length(size or node, "height", node.get("height")) / height if high else None
    across, down = across or down or 1.0, down or across or 1.0
    align = node.get("preserveAspectRatio", "xMidYMid")
    if "none" in align:
        return (across, 0.0, 0.0, down, -left * across, -top * down)
    scale = max(across, down) if "slice" in align else min(across, down)
    x, y = (next((share for word, share in ((f"{axis}Min", 0.0), (f"{axis}Max", 1.0)) if word in align), 0.5) for axis in "xY")
    return (scale, 0.0, 0.0, scale, x * width * (across - scale) - left * scale, y * height * (down - scale) - top * scale)
