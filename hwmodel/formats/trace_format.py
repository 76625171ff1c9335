"""What the values of an InkML trace mean (W3C InkML 2011, sections 3 and 4): trace formats and the contexts that name them; and a trace's values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hwmodel.formats.reading import InkError, PointCount, number
from hwmodel.formats.safe_xml import Node
from hwmodel.ink.strokes import Polyline

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
VALUE = re.compile(rf"\s*([!'\"]?)\s*([-+]?#[0-9a-fA-F]+|{NUMBER}|[*?TF])")
MOST_REFERENCES = 10  # from one context to the next


@dataclass(frozen=True)
class TraceFormat:
    """The channels of a trace's points."""

    names: tuple[str, ...] = ("X", "Y")
    fewest: int = 2  # values a point: the channels behind these are intermittent
    signs: tuple[int, int] = (1, 1)  # of x and y: -1 where the channel grows to the left, or upwards
    declared: bool = False  # where it is not, more values than two may stand in a point, and are left alone

    @property
    def places(self) -> tuple[int, int]:
        """The columns of x and y."""
        return self.names.index("X"), self.names.index("Y")

    @property
    def tip(self) -> int | None:
        """The column that says whether the pen's tip touches."""
        return self.names.index("S") if "S" in self.names else None


def declared_format(node: Node) -> TraceFormat:
    """The format that a traceFormat element declares. Raises InkError where x or y is missing."""
    regular = [child for child in node.children if child.tag == "channel"]
    inner = [channel for child in node.children if child.tag == "intermittentChannels" for channel in child.children]
    now_and_then = [channel for channel in inner if channel.tag == "channel"]
    names = tuple(channel.get("name") for channel in (*regular, *now_and_then))
    if not {"X", "Y"} <= set(names):
        raise InkError(f"its traces have the channels {', '.join(names)[:80] or 'without a name'}; X and Y are needed")
    signs = {channel.get("name"): -1 if channel.get("orientation") == "-ve" else 1 for channel in regular}
    return TraceFormat(names, len(regular), (signs.get("X", 1), signs.get("Y", 1)), True)


class Formats:
    """The trace formats of one InkML file, by the element that names them."""

    def __init__(self, root: Node) -> None:
        nodes = root.walk()
        self.ids = {node.get("id"): node for node in reversed(nodes) if node.get("id")}
        self.first = next((node for node in nodes if node.tag == "traceFormat"), None)
        self.known: dict[int, TraceFormat] = {}

    def named(self, reference: str) -> Node | None:
        """The element that a reference such as #id names."""
        return self.ids.get(reference.rpartition("#")[2]) if reference else None

    def of(self, context: Node | None) -> TraceFormat:
        """The format in a context, which may be a traceFormat itself; where none is named, the file's first is meant, as most programs have it."""
        node = self.looked_up(context) or self.first
        if node is None:
            return TraceFormat()
        if id(node) not in self.known:
            self.known[id(node)] = declared_format(node)
        return self.known[id(node)]

    def looked_up(self, context: Node | None) -> Node | None:
        """The traceFormat element of a context."""
        for _ in range(MOST_REFERENCES):
            if context is None or context.tag == "traceFormat":
                return context
            for child in context.children:
                if child.tag == "traceFormat":
                    return child
            named = self.named(context.get("traceFormatRef"))
            if named:
                return named
            sources = [self.named(context.get("inkSourceRef")), *(child for child in context.children if child.tag == "inkSource")]
            for source in filter(None, sources):
                for child in source.children:
                    if child.tag == "traceFormat":
                        return child
            context = self.named(context.get("contextRef"))
        raise InkError(f"its contexts name one another more than {MOST_REFERENCES} times in a row")


def strokes_of(text: str, channels: TraceFormat, which: str, count: PointCount, rows: PointCount) -> list[Polyline]:
    """Places (n, 2) of one trace's text, one array for each time that the pen's tip touched. count, rows: points so far, those in the air in rows
    only. Raises InkError."""
    rows.add(text.count(",") + 1)
    lines: list[list[tuple[float, float]]] = [[]]
    for x, y, touching in points_of(text, channels, which):
        if touching:
            count.add()
            lines[-1].append((x, y))
        elif lines[-1]:
            lines.append([])
    return [np.reshape(line, (-1, 2)) * channels.signs for line in lines if line]


def points_of(text: str, channels: TraceFormat, which: str) -> Iterator[tuple[float, float, bool]]:
    """x, y and whether the tip touches, point by point; values stand as they are, as differences (') or as differences of those (\")."""
    width, columns, tip = len(channels.names), channels.places, channels.tip
    order = [0, 0]  # of x and y: 0 a value, 1 its difference, 2 the difference's difference; kept until changed
    value, speed, touching = [0.0, 0.0], [0.0, 0.0], True
    rows = [row for row in (" ".join(part.split()) for part in text.split(",")) if row]
    for row in rows:
        fields = VALUE.findall(row)
        right = channels.fewest <= len(fields) <= width if channels.declared else len(fields) == 2 or (len(fields) > 2 and len(rows) > 1)
        if VALUE.sub("", row).strip() or not right:
            raise InkError(f"a point of {which} is {row[:40]!r}; expected {width} numbers, and commas between points; a traceFormat names more")
        for axis, column in enumerate(columns):
            prefix, written = fields[column]
            order[axis] = "!'\"".index(prefix) if prefix else order[axis]
            if written == "*":
                continue
            given = whole(written) if "#" in written else number(written, f"a value of {which}")
            if order[axis] == 0:
                value[axis], speed[axis] = given, given - value[axis]
            else:
                speed[axis] = given + speed[axis] * (order[axis] == 2)
                value[axis] += speed[axis]
        if tip is not None and tip < len(fields) and fields[tip][1] not in "*?":
            touching = fields[tip][1] == "T" or (fields[tip][1] != "F" and number(fields[tip][1], f"S of {which}") > 0)
        yield value[0], value[1], touching


def whole(written: str) -> float:
    """A hexadecimal value such as #1F; more digits than a place can have become infinity, which is refused with the places."""
    sign = -1.0 if written.startswith("-") else 1.0
    digits = written.partition("#")[2]
    return sign * (float(int(digits, 16)) if len(digits) < 200 else float("inf"))
