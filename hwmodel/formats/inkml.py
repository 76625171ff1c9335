"""Ink as W3C InkML (2011), out and in."""

from __future__ import annotations

from xml.sax.saxutils import escape

import numpy as np

from hwmodel.formats.content import Content
from hwmodel.formats.reading import UNIT, InkError, PointCount, ReadInk, in_model_units
from hwmodel.formats.safe_xml import DEEPEST, MOST_ELEMENTS, Node
from hwmodel.formats.trace_format import Formats, strokes_of
from hwmodel.ink.strokes import Polyline, Strokes, to_polylines

NAMESPACE = "http://www.w3.org/2003/InkML"


def write(strokes: Strokes, text: str = "") -> bytes:
    """One trace a stroke, in model units; an unfinished last stroke is marked as one that goes on. What the ink says is an annotation, `truth`."""
    traces = [", ".join(f"{float(x)!r} {float(y)!r}" for x, y in line) for line in to_polylines(strokes)]
    marks = [""] * (len(traces) - 1) + ["" if strokes.finished else ' continuation="begin"']
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<ink xmlns="{NAMESPACE}">',
            f'  <annotation type="unit">{UNIT}</annotation>',
            *([f'  <annotation type="truth">{escape(text)}</annotation>'] if text else []),
            '  <context><traceFormat><channel name="X" type="decimal"/><channel name="Y" type="decimal"/></traceFormat></context>',
            *(f"  <trace{mark}>{trace}</trace>" for mark, trace in zip(marks, traces, strict=True)),
            "</ink>\n",
        )
    ).encode()


def looks_like(content: Content) -> bool:
    return content.root_tag == "ink"


def read(content: Content) -> ReadInk:
    """Ink from the traces of an InkML file, its hovering left out. Raises InkError."""
    assert content.root
    return Reader(content.root).ink()


class Reader:
    """One walk through an InkML file, in its order: contexts change what traces mean, traces go on from others, views draw what was defined."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.formats = Formats(root)
        self.defined = {id(node) for child in root.children if child.tag == "definitions" for node in child.walk()}
        self.strokes: list[list[Polyline]] = []  # each in the pieces it was continued by
        self.place_of: dict[str, int] = {}  # where a trace's stroke stands in `strokes`, by the trace's id
        self.finished = True
        self.points, self.rows, self.visits = PointCount(), PointCount(MOST_ELEMENTS), 0

    def ink(self) -> ReadInk:
        self.children(self.root, None, 0)
        notes = (child for child in self.root.children if child.tag == "annotation")
        ours = any(note.get("type") == "unit" and note.text == UNIT for note in notes)
        return in_model_units([np.concatenate(pieces) for pieces in self.strokes], 1.0 if ours else None, self.finished)

    def children(self, node: Node, context: Node | None, depth: int) -> None:
        """Draw what stands in an element, in the context that holds there."""
        for child in node.children:
            if child.tag in ("context", "traceFormat"):
                context = child
            elif child.tag != "definitions":
                self.draw(child, context, depth)

    def draw(self, node: Node, context: Node | None, depth: int) -> None:
        """Draw a trace, a group, or what a view names in the definitions: what it names elsewhere is drawn there already."""
        self.visits += 1
        if self.visits > MOST_ELEMENTS or depth > DEEPEST:
            raise InkError("its traceViews name one another without an end")
        context = self.formats.named(node.get("contextRef")) or context
        if node.tag == "trace":
            self.trace(node, context)
        elif node.tag == "traceView" and node.get("traceDataRef"):
            named = self.formats.named(node.get("traceDataRef"))
            if named is not None and id(named) in self.defined:
                if node.get("from") or node.get("to"):
                    raise InkError("a traceView in it draws a part of a trace, which is not read; save its traces as they are")
                self.draw(named, context, depth + 1)
        else:
            self.children(node, context, depth + 1)

    def trace(self, node: Node, context: Node | None) -> None:
        """Draw one trace: a stroke of its own, several where its tip was lifted, or more of an earlier one."""
        if node.get("type") == "penUp":
            return
        which = f"trace {node.get('id') or len(self.strokes) + 1}"[:40]
        lines = strokes_of(node.text, self.formats.of(context), which, self.points, self.rows)
        continuation = node.get("continuation")
        if lines and continuation in ("middle", "end") and self.strokes:
            prior = node.get("priorRef").rpartition("#")[2]
            place = self.place_of.get(prior, len(self.strokes) - 1)
            self.strokes[place].append(lines.pop(0))
        else:
            place = len(self.strokes)
        self.strokes += [[line] for line in lines]
        self.place_of[node.get("id")] = place if not lines else len(self.strokes) - 1
        self.finished = continuation not in ("begin", "middle")
