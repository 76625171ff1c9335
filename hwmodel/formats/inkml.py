"""Ink as XML: W3C InkML (2011) out and in, IAM-OnDB's lineStrokes in; and XML read so that no file can do harm."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import numpy as np

from hwmodel.formats.reading import UNIT, InkError, ReadInk, check_count, in_model_units, number
from hwmodel.ink.strokes import Strokes, to_polylines
from hwmodel.ink.units import WHITEBOARD_UNITS

NAMESPACE = "http://www.w3.org/2003/InkML"
VALUE = re.compile(r"\s*([!'\"]?)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[*?TF]|#[0-9a-fA-F]+)")


def parse_xml(text: str) -> Element:
    """The root element, its names without their namespaces. Raises InkError where it is broken or declares anything of its own.

    Declarations are what XML's known attacks are made of (entities that multiply or read files, attributes by default), and no ink needs them.
    """
    if re.search(r"<!(ENTITY|ATTLIST|ELEMENT)", text):
        raise InkError("it declares XML entities or elements of its own, which are not read for safety; save it as plain XML")
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError) as error:
        raise InkError(f"this is no valid XML, or it was cut short ({error})") from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def write_inkml(strokes: Strokes) -> str:
    """One trace a stroke, in model units; an unfinished last stroke is marked as one that goes on."""
    traces = [", ".join(f"{float(x)!r} {float(y)!r}" for x, y in line) for line in to_polylines(strokes)]
    marks = [""] * (len(traces) - 1) + ["" if strokes.finished else ' continuation="begin"']
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<ink xmlns="{NAMESPACE}">',
            f'  <annotation type="unit">{UNIT}</annotation>',
            '  <traceFormat><channel name="X" type="decimal"/><channel name="Y" type="decimal"/></traceFormat>',
            *(f"  <trace{mark}>{trace}</trace>" for mark, trace in zip(marks, traces, strict=True)),
            "</ink>\n",
        )
    )


def read_inkml(root: Element) -> ReadInk:
    """Ink from the traces of an InkML file, its hovering left out. Raises InkError."""
    channels = [channel.attrib for channel in root.findall(".//traceFormat[1]/channel")] or [{"name": "X"}, {"name": "Y"}]
    names = [channel.get("name", "") for channel in channels]
    if not {"X", "Y"} <= set(names):
        raise InkError(f"its traces have the channels {', '.join(names)}; X and Y are needed")
    columns = [names.index("X"), names.index("Y")]
    signs = [-1 if channels[column].get("orientation") == "-ve" else 1 for column in columns]
    polylines: list[np.ndarray] = []
    finished = True
    for i, trace in enumerate(root.iter("trace"), start=1):
        if trace.get("type") == "penUp":
            continue
        points = trace_points("".join(trace.itertext()), len(names), columns, i) * signs
        continuation = trace.get("continuation")
        if continuation in ("middle", "end") and polylines:
            points = np.concatenate((polylines.pop(), points))
        polylines.append(points)
        finished = continuation not in ("begin", "middle")
        check_count(sum(map(len, polylines)))
    ours = any(note.get("type") == "unit" and note.text == UNIT for note in root.iter("annotation"))
    return in_model_units(polylines, 1.0 if ours else None, finished)


def trace_points(text: str, channels: int, columns: list[int], trace: int) -> np.ndarray:
    """x and y (n, 2) of one trace's text; values may be given as they are, as differences (') or as differences of those (\")."""
    order = [0] * channels  # 0 a value, 1 its difference, 2 the difference's difference; kept until changed
    value, speed = np.zeros(channels), np.zeros(channels)
    points = []
    for row in filter(None, (" ".join(part.split()) for part in text.split(","))):
        fields = VALUE.findall(row)
        if VALUE.sub("", row).strip() or not max(columns) < len(fields) <= channels:
            raise InkError(f"a point of trace {trace} is {row[:40]!r}; expected {channels} numbers, and commas between points")
        for column in columns:
            prefix, written = fields[column]
            order[column] = "!'\"".index(prefix) if prefix else order[column]
            if written == "*":
                continue
            given = number(written, f"a value of trace {trace}")
            if order[column] == 0:
                value[column], speed[column] = given, given - value[column]
            else:
                speed[column] = given + speed[column] * (order[column] == 2)
                value[column] += speed[column]
        points.append(value[columns])
    return np.reshape(points, (-1, 2))


def read_line_strokes(root: Element) -> ReadInk:
    """Ink from a line of IAM-OnDB, which is in whiteboard units. Raises InkError."""
    polylines = []
    for stroke in root.iter("Stroke"):
        points = [[number(p.get(axis), f"{axis} of a Point") for axis in ("x", "y")] for p in stroke.iter("Point")]
        polylines.append(np.reshape(points, (-1, 2)))
    return in_model_units(polylines, WHITEBOARD_UNITS)
