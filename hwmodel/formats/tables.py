"""Ink as a table of points.

Ours has the columns stroke, "x (model unit)", "y (model unit)" and pen_up (1 on a stroke's last point). Also read: any table with the columns
x and y, parted by whatever programs part columns by, with strokes told by their numbers, by flags, events or pressure, or by empty rows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable

import numpy as np

from hwmodel.formats.column_names import columns_of, plain
from hwmodel.formats.content import Content
from hwmodel.formats.point_table import strokes_of
from hwmodel.formats.reading import UNIT, InkError, ReadInk, in_model_units
from hwmodel.formats.sketch_rows import sketch
from hwmodel.ink.limits import MAX_POINTS
from hwmodel.ink.strokes import Strokes, to_polylines

MOST_ROWS = 3 * MAX_POINTS  # with those where the pen is in the air
MOST_COLUMNS = 1000
LONGEST_HEADER = 2000  # characters of a comment that may name the columns
COMMENTS = ("#", "//", "%")
OUR_X, OUR_Y = f"x ({UNIT})", f"y ({UNIT})"


def looks_like(content: Content) -> bool:
    """Whatever is no XML: what is wrong with it, its first row says."""
    return content.root is None


def write(strokes: Strokes) -> bytes:
    """One row a point."""
    rows = [f"stroke,{OUR_X},{OUR_Y},pen_up"]
    polylines = to_polylines(strokes)
    for i, line in enumerate(polylines):
        last = len(line) - 1 if strokes.finished or i < len(polylines) - 1 else len(line)
        rows += [f"{i},{float(x)!r},{float(y)!r},{int(j == last)}" for j, (x, y) in enumerate(line)]
    return ("\n".join(rows) + "\n").encode()


def read(content: Content) -> ReadInk:
    """Ink from a table of points. Raises InkError."""
    names, rows, numbers = table(content.text)
    columns = columns_of(names)
    if columns is None:
        return without_header(names, rows)
    lower = [name.strip().lower() for name in names]
    ours = OUR_X in lower and OUR_Y in lower
    polylines, finished = strokes_of(names, columns, rows, numbers)
    return in_model_units(polylines, 1.0 if ours else None, finished)


def table(text: str) -> tuple[list[str], list[list[str]], list[int]]:
    """The names in the first row, the rows below it, and where in the file each of them stands. Raises InkError."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", MOST_ROWS + 1)
    if len(lines) > MOST_ROWS:
        raise InkError(f"it has more than {MOST_ROWS:,} rows; at most {MAX_POINTS:,} points can be read, so cut it to fewer lines of writing")
    begin, given = header_at(lines)
    delimiter = given or max(",;\t|", key=lines[begin].count)
    header = lines[begin].lstrip("#% ")
    if max(header.count(delimiter), len(header.split(maxsplit=MOST_COLUMNS + 1))) > MOST_COLUMNS:
        raise InkError(f"its first row has more than {MOST_COLUMNS:,} fields; expected the names of a table's columns, x and y among them")
    blank = not header.count(delimiter)
    split = str.split if blank else reader(delimiter)
    names = [name.strip() for name in split(header)]
    rows, numbers = [], []
    for i, line in enumerate(lines[begin + 1 :], start=begin + 2):
        if line.lstrip().startswith(COMMENTS):
            continue
        row = split(line)
        if row and len(row) != len(names) and not (len(row) == len(names) + 1 and not row[-1].strip()):
            raise InkError(f"row {i} has {len(row)} fields where the first row names {len(names)}; was the file cut?")
        rows.append(row[: len(names)] if row else [""] * len(names))
        numbers.append(i)
    if sum(not any(row) for row in rows) > len(rows) / 3:  # an empty line after each: no gaps
        numbers = [i for i, row in zip(numbers, rows, strict=True) if any(row)]
        rows = [row for row in rows if any(row)]
    return names, rows, numbers


def header_at(lines: list[str]) -> tuple[int, str]:
    """Which line names the columns, and the delimiter where a line "sep=;" gives it. A comment names them where numbers follow it at once."""
    given, comment = "", -1
    for i, line in enumerate(lines):
        if line.lower().startswith("sep=") and len(line) > 4:
            given = line[4]
        elif line.lstrip().startswith(COMMENTS):
            comment = i
        elif line.strip():
            named = (
                comment >= 0 and len(lines[comment]) < LONGEST_HEADER and columns_of(re.split(r"[,;\t|\s]+", lines[comment].lstrip("#%/ ").strip()))
            )
            return (comment if named and re.match(r"\s*[-+.\d]", line) else i), given
    raise InkError("there are only comments in it, and no ink")


def reader(delimiter: str) -> Callable[[str], list[str]]:
    """What parts a line at a delimiter, quotes minded. Raises InkError where it cannot."""

    def split(line: str) -> list[str]:
        try:
            return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
        except csv.Error as error:
            raise InkError(f"this is no table of points ({error})") from error

    return split


def without_header(names: list[str], rows: list[list[str]]) -> ReadInk:
    """Ink from a table of x, y and a mark on each stroke's last point. Raises InkError, which says how a table's first row must read."""
    try:
        places = np.array([[float(field) for field in row] for row in (names, *rows)])
    except ValueError:
        places = np.empty((0, 0))
    if places.ndim == 2 and places.shape[1:] == (3,) and places[-1, 2] == 1 and not (places[1:, 2] * places[:-1, 2]).any():
        polylines = sketch(places)
        if polylines is not None:
            return in_model_units(polylines)
    lower = [plain(name) for name in names]
    missing = " and ".join(axis for axis in ("x", "y") if axis not in lower) or "x and y"
    expected = "a table's first row must name the columns x and y, and stroke or pen_up"
    raise InkError(f"this is neither XML nor JSON, and as a table it lacks {missing}; {expected}, but it is {' '.join(names)[:60]!r}")
