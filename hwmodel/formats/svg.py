"""Ink as SVG: one path a stroke out; all lines and outlines that are drawn in."""

from __future__ import annotations

from xml.sax.saxutils import escape

import numpy as np

from hwmodel.formats.content import Content
from hwmodel.formats.reading import UNIT, InkError, ReadInk, check_coordinates, in_model_units
from hwmodel.formats.safe_xml import DEEPEST, MOST_ELEMENTS, Node
from hwmodel.formats.svg_path import PathReader, Subpath, flatten
from hwmodel.formats.svg_shapes import shapes_of
from hwmodel.formats.svg_style import Declarations, Paint, StyleSheet
from hwmodel.formats.svg_transform import IDENTITY, Matrix, length, shift, times, transform, view_box
from hwmodel.ink.drawn import BLACK, PLAIN, Drawn, Run
from hwmodel.ink.strokes import Strokes

PX_PER_UNIT = 8
GOES_ON = "data-goes-on"  # of a path of ours: it is more of the stroke before it
UNDRAWN = {"defs", "symbol", "clipPath", "mask", "marker", "pattern", "metadata", "style", "script", "namedview", "font"}
TOUCHING = 1e-4  # of the drawing's size: how near the next piece of a stroke begins to where the last one ended
FLATNESS = 1e-4  # of the drawing's size: how far a flattened curve may be from the curve


def write(strokes: Strokes, text: str = "", drawn: Drawn = PLAIN) -> bytes:
    """The ink on nothing, drawn in model units; the points are kept to the last bit, an unfinished last stroke is marked, and so is what goes on with
    a stroke in another colour. What the ink says is the picture's title."""
    runs = drawn.runs(strokes)
    low, high = (strokes.points.min(axis=0) - drawn.width).round(3), (strokes.points.max(axis=0) + drawn.width).round(3)
    width, height = (high - low).round(3)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{low[0]} {low[1]} {width} {height}"'
            f' width="{width * PX_PER_UNIT:.0f}" height="{height * PX_PER_UNIT:.0f}" data-unit="{UNIT}">',
            *([f"<title>{escape(text)}</title>"] if text else []),
            f'<g fill="none" stroke="{BLACK}" stroke-width="{drawn.width:g}" stroke-linecap="round" stroke-linejoin="round">',
            *map(path_of, runs[:-1]),
            path_of(runs[-1], "" if strokes.finished else ' data-pen="down"'),
            "</g>\n</svg>\n",
        )
    ).encode()


def path_of(run: Run, mark: str = "") -> str:
    """A path element."""
    places = " ".join(f"{float(x)!r},{float(y)!r}" for x, y in run.line)
    colour = "" if run.colour == BLACK else f' stroke="{run.colour}"'
    goes_on = f' {GOES_ON}="1"' if run.goes_on else ""
    return f'<path d="M{places}{"Z" if len(run.line) == 1 else ""}"{colour}{goes_on}{mark}/>'


def looks_like(content: Content) -> bool:
    return content.root_tag == "svg"


@np.errstate(over="ignore", invalid="ignore")  # numbers that run away are refused at the end
def read(content: Content) -> ReadInk:
    """Ink from every line and outline that is drawn, in order; a filled circle is a dot. Raises InkError."""
    assert content.root
    drawing = Drawing(content.root)
    drawing.draw(content.root, IDENTITY, Paint(), 0)
    if not drawing.subpaths:
        raise InkError("this SVG has no path, polyline or line in it that is drawn; text and pictures are no ink, so turn them into paths first")
    return from_subpaths(drawing.subpaths, content.root.get("data-unit") == UNIT, drawing.finished)


def from_subpaths(subpaths: list[Subpath], ours: bool, finished: bool) -> ReadInk:
    """Ink from subpaths, their curves made into points fine enough for the drawing's size."""
    if not subpaths:
        raise InkError("there is no ink in it")
    places = np.concatenate([part for subpath in subpaths for part in subpath])
    check_coordinates(places)
    size = float(np.ptp(places, axis=0).max())
    whole = subpaths if ours else joined(subpaths, TOUCHING * size)
    return in_model_units(flatten(whole, FLATNESS * size), 1.0 if ours else None, finished)


def joined(subpaths: list[Subpath], near: float) -> list[Subpath]:
    """The subpaths, those that begin where the one before ended as one: programs with pressure write each piece of a stroke for itself."""
    found: list[Subpath] = []
    for start, *segments in subpaths:
        pen = found[-1][-1][-1] if found else None
        closed = pen is not None and len(found[-1]) > 3 and np.abs(pen - found[-1][0][-1]).max() <= near
        if pen is not None and segments and len(found[-1]) > 1 and not closed and np.abs(start[-1] - pen).max() <= near:
            found[-1] += segments
        else:
            found.append([start, *segments])
    return found


class Drawing:
    """One walk through an SVG, in the order in which it is painted."""

    def __init__(self, root: Node) -> None:
        nodes = root.walk()
        self.sheet = StyleSheet(nodes)
        self.ids = {node.get("id"): node for node in reversed(nodes) if node.get("id")}
        self.paths = PathReader()
        self.known: dict[int, tuple[Declarations, Matrix]] = {}  # of elements, which may be used more than once
        self.visits = 0
        self.subpaths: list[Subpath] = []
        self.finished = True

    def draw(self, node: Node, outer: Matrix, paint: Paint, depth: int, used: Node | None = None) -> None:
        """Draw an element and what is in it. used: the use element that asked for it."""
        self.visits += 1
        if self.visits > MOST_ELEMENTS or depth > DEEPEST:
            raise InkError("what it uses is used again and again, more often than ink needs")
        if node.tag in UNDRAWN and not (node.tag == "symbol" and used):
            return
        if id(node) not in self.known:
            declared = self.sheet.of(node)
            given = declared.get("transform", node.get("transform"))
            self.known[id(node)] = declared, transform(given, declared.get("transform-origin", ""))
        declared, own = self.known[id(node)]
        paint, matrix = paint.of(declared), times(outer, own)
        if not paint.shown:
            return
        if node.tag in ("svg", "symbol") and (depth or "none" in node.get("preserveAspectRatio")):
            inner = shift(length(node, "x"), length(node, "y")) if depth else IDENTITY
            matrix = times(times(matrix, inner), view_box(node, used))
        elif node.tag == "use":
            target = self.ids.get(node.get("href").removeprefix("#"))
            if target is not None:
                self.draw(target, times(matrix, shift(length(node, "x"), length(node, "y"))), paint, depth + 1, node)
            return
        for child in node.children:
            self.draw(child, matrix, paint, depth + 1)
        shapes = shapes_of(node, paint, self.paths)
        if shapes:
            a, b, c, d, e, f = matrix
            turn, move = np.array([[a, b], [c, d]]), np.array([e, f])
            placed = [[segment @ turn + move for segment in shape] for shape in shapes]
            if node.get(GOES_ON) and self.subpaths:
                self.subpaths[-1] += placed.pop(0)[1:]
            self.subpaths += placed
            self.finished = node.get("data-pen") != "down"
