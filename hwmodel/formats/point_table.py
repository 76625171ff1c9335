"""From rows that hold a point each to strokes: by stroke numbers, pen flags, events, pressure, or rows that are empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from hwmodel.formats.column_names import Columns, columns_of
from hwmodel.formats.reading import InkError, PointCount, number
from hwmodel.ink.strokes import Polyline

Row = Sequence[str]
BLANK = {"", "nan", "null", "none", "na", "n/a", "-"}
TRUE, FALSE = {"true", "yes", "t"}, {"false", "no", "f"}
DECIMAL_COMMA = re.compile(r"[-+]?\d*,\d+(?:[eE][-+]?\d+)?")
EVENTS = (("move", "move|drag|draw|update"), ("up", "up|end|cancel|leave|release|lost|out$"), ("down", "down|start|begin|press|touch$"))


def of_records(records: Sequence[dict[str, Any]]) -> list[Polyline]:
    """The strokes of JSON objects that hold a point each. Raises InkError."""
    names = list(dict.fromkeys(str(name) for record in records[:100] for name in record))
    columns = columns_of(names)
    if columns is None:
        raise InkError(f"its points have the parts {', '.join(names)[:60]}; expected x and y")
    rows = [["" if (value := record.get(name)) is None else str(value) for name in names] for record in records]
    return strokes_of(names, columns, rows, range(1, len(rows) + 1))[0]


def strokes_of(names: Sequence[str], columns: Columns, rows: Sequence[Row], numbers: Sequence[int]) -> tuple[list[Polyline], bool]:
    """Strokes (n, 2) of a table's rows, and whether the last one is finished. numbers: where each row stands in the file. Raises InkError."""
    gaps = [row[columns.x].lower() in BLANK and row[columns.y].lower() in BLANK for row in rows]
    keys = [tuple(row[i].strip() for i in columns.strokes) for row in rows]
    writes, lifts = pen(names, columns, rows, gaps, keys, numbers)
    lines: list[list[tuple[float, float]]] = [[]]
    count, before, lifted = PointCount(), None, False
    for row, i, gap, key, written, lift in zip(rows, numbers, gaps, keys, writes, lifts, strict=True):
        if gap or not written or (key and is_no_stroke(key)):
            lifted = True
            continue
        if lines[-1] and (lifted or key != before):
            lines.append([])
        count.add()
        lines[-1].append((value(row[columns.x], f"x in row {i}"), value(row[columns.y], f"y in row {i}")))
        before, lifted = key, lift
    found = [np.reshape(line, (-1, 2)) for line in lines if line]
    if len(found) == 1 and not columns.tell_strokes:
        check_other_columns(names, columns, rows)
    marked = columns.up is not None or columns.end is not None
    return found, lifted or not marked


def pen(
    names: Sequence[str], columns: Columns, rows: Sequence[Row], gaps: Sequence[bool], keys: Sequence[tuple[str, ...]], numbers: Sequence[int]
) -> tuple[list[bool], list[bool]]:
    """For each row: the pen writes there, and it lifts after it. Raises InkError."""
    writes, lifts = [True] * len(rows), [False] * len(rows)

    def flags(column: int) -> list[bool]:
        pairs = zip(rows, gaps, numbers, strict=True)
        return [not gap and flag(row[column], f"{names[column][:30]} in row {i}") for row, gap, i in pairs]

    if columns.end is not None:
        lifts = flags(columns.end)
    if columns.up is not None:
        up = flags(columns.up)
        runs = any(a and b and key == other for a, b, key, other in zip(up, up[1:], keys, keys[1:], strict=False))
        if runs:  # several in a row: the pen in the air, not dots
            writes = [not high for high in up]
        else:
            lifts = [a or b for a, b in zip(up, lifts, strict=True)]
    if columns.down is not None:
        down = flags(columns.down)
        if any(down):
            check_flags(names[columns.down], down)
            writes = [a and b for a, b in zip(writes, down, strict=True)]
    if columns.event is not None:
        seen = by_events([row[columns.event] for row in rows])
        if seen:
            writes = [a and b for a, b in zip(writes, seen[0], strict=True)]
            lifts = [a or b for a, b in zip(lifts, seen[1], strict=True)]
    pressure = columns.pressure
    if pressure is not None and not columns.tell_strokes:
        pressed = [
            not gap and value(row[pressure] or "0", f"{names[pressure][:30]} in row {i}") > 0 for row, gap, i in zip(rows, gaps, numbers, strict=True)
        ]
        writes = pressed if any(pressed) else writes  # a mouse gives 0 throughout
    return writes, lifts


def by_events(words: Sequence[str]) -> tuple[list[bool], list[bool]] | None:
    """Where a log of a pointer says that it writes, and that it lifts; None where the words are no events."""
    meant = [next((name for name, pattern in EVENTS if re.search(pattern, word.strip().lower()[:30])), "") for word in words]
    if "move" not in meant and not {"up", "down"} <= set(meant):
        return None
    touching = "down" not in meant
    writes: list[bool] = []
    lifts: list[bool] = []
    for i, word in enumerate(meant):
        if word == "down":
            if lifts and writes[-1]:
                lifts[i - 1] = True
            touching = True
        writes.append(touching and word != "")
        lifts.append(word == "up")
        touching = touching and (word != "up" or "down" not in meant)
    return writes, lifts


def is_no_stroke(key: tuple[str, ...]) -> bool:
    """A stroke's number that says there is none: empty, or below 0."""
    return all(part.lower() in BLANK or re.fullmatch(r"-\d+(\.0*)?", part) for part in key)


def flag(text: str, where: str) -> bool:
    """1 or True. Raises InkError."""
    word = text.strip().lower()
    return word in TRUE or (word not in FALSE and word not in BLANK and value(word, where) > 0)


def value(text: str, where: str) -> float:
    """A number with a decimal point or comma. Raises InkError."""
    plain = text.strip()
    return number(plain.replace(",", ".") if DECIMAL_COMMA.fullmatch(plain) else plain, where)


def check_flags(name: str, down: Sequence[bool]) -> None:
    """Raises InkError where a flag is never set twice in a row: it marks the beginnings of strokes, or something else."""
    runs = [len(list(group)) for written, group in groupby(down) if written]
    if max(runs) == 1 and sum(down) < len(down) / 2 and len(down) > 3:
        raise InkError(f"its column {name[:30]!r} is set at single points only, so that there are no strokes; it must be set wherever the pen writes")


def check_other_columns(names: Sequence[str], columns: Columns, rows: Sequence[Row]) -> None:
    """Raises InkError where a column that is not known counts on as a stroke's number does: all would become one long stroke."""
    known = {columns.x, columns.y, columns.pressure}
    for i, name in enumerate(names):
        if i not in known and counts_on([row[i].strip() for row in rows], re.compile(r"\d{1,6}").fullmatch):
            raise InkError(f"its column {name[:30]!r} counts on like a stroke's number; name it stroke if it is one, or leave it out")


def counts_on(texts: Sequence[str], is_whole: Callable[[str], object]) -> bool:
    """Whole numbers that stay or grow by one, two rows or more each in the mean."""
    if len(texts) < 4 or not all(is_whole(text) for text in texts):
        return False
    steps = np.diff([int(text) for text in texts])
    return bool(np.isin(steps, (0, 1)).all() and 0 < steps.sum() <= len(texts) / 2 - 1)
