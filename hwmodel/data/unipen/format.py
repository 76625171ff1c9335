"""The files of the UNIPEN distribution (Guyon et al. 1994, doi 10.1109/ICPR.1994.576870; train_r01_v07): data/LEVEL/DONOR/** name segments of the
pen tracks in include/**.

Traps: components are counted over every pen-down and pen-up block that is not empty, whatever is in it; parts that were withheld are zeros, but
count. Includes may include others. Some files name a column order that their data does not have, or have text between numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

LEVELS = ("8", "7", "6")  # texts, words, and words in other arrangements
SEGMENT = re.compile(r'^\.SEGMENT[ \t]+(\S+)[ \t]+([0-9:,\- \t]+?)[ \t]+(?:([^\s"]+)[ \t]+)?"((?:[^"\\]|\\.)*)"', re.MULTILINE | re.DOTALL)
INCLUDE = re.compile(r"^\.INCLUDE\s+(\S+)", re.MULTILINE)
KEYWORD = re.compile(r"\n[ \t]*\.(?=[A-Z])")
NO_LABEL = {"", "?", "*"}


class SegmentError(ValueError):
    """A segment that cannot be used; the message is the reason, the same words for all such segments."""


@dataclass(frozen=True)
class Component:
    """One block of points (n, 2 or more) between two lifts of the pen; x, y in device units, y upwards, then whatever else was recorded."""

    pen_down: bool
    points: np.ndarray


@dataclass(frozen=True)
class Segment:
    """A part of a document with a label, as the donor gave it."""

    level: str  # one of LEVELS
    parts: str  # which components, such as "12-17" or "3:0-5:40,7"
    quality: str | None
    label: str


@dataclass(frozen=True)
class Document:
    """One data file with all that it includes."""

    donor: str
    name: str  # its path below data/LEVEL
    about: dict[str, str]  # the last value of each keyword of one line, such as WRITER_ID
    components: tuple[Component, ...]
    segments: tuple[Segment, ...]

    @property
    def writer(self) -> str:
        """Donor and writer; the document stands for a writer who is not named."""
        return f"{self.donor}/{self.about.get('WRITER_ID', self.name)}"


def donors(root: Path) -> list[str]:
    """Everyone who gave texts or words, in order."""
    return sorted({path.name for level in LEVELS for path in (root / "data" / level).glob("*") if path.is_dir()})


def read_documents(root: Path, donor: str) -> Iterator[Document]:
    """A donor's documents; one that stands in several levels is one document with the segments of all."""
    files: dict[str, dict[str, Path]] = {}
    for level in LEVELS:
        base = root / "data" / level
        for path in sorted((base / donor).rglob("*"), key=str):
            if path.is_file():
                files.setdefault(str(path.relative_to(base)), {})[level] = path
    for name, paths in files.items():
        texts = {level: read_text(path) for level, path in paths.items()}
        about: dict[str, str] = {}
        components: list[Component] = []
        for included in INCLUDE.findall(next(iter(texts.values()))):
            read_include(root / "include", included, about, components)
        yield Document(donor, name, about, tuple(components), tuple(read_segments(texts)))


def read_text(path: Path) -> str:
    """A file's text with one kind of line ends."""
    return path.read_bytes().decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")


def read_segments(texts: dict[str, str]) -> Iterator[Segment]:
    """The segments of all levels; what a second level says again of the same parts is left away."""
    seen = set()
    for level, text in texts.items():
        for kind, parts, quality, label in SEGMENT.findall(text):
            if (kind, parts) not in seen:
                seen.add((kind, parts))
                yield Segment(level, parts, quality or None, re.sub(r"\\(.)", r"\1", label.replace("\n", " ")).strip())


def read_include(folder: Path, name: str, about: dict[str, str], components: list[Component]) -> None:
    """Adds what an included file says to `about` and `components`; a few files are missing from the distribution, and are passed over."""
    path = folder / name
    if not path.is_file():
        return
    for block in KEYWORD.split("\n" + read_text(path))[1:]:
        keyword = re.match(r"[A-Z_0-9]+", block)[0]  # type: ignore[index]  # KEYWORD looks for a capital
        body = block[len(keyword) :]
        if keyword in ("PEN_DOWN", "PEN_UP"):
            points = read_points(body.strip())
            if len(points):
                components.append(Component(keyword == "PEN_DOWN", points))
        elif keyword == "INCLUDE":
            read_include(folder, body.split()[0], about, components)
        elif body.strip():
            about[keyword] = body.strip().partition("\n")[0].strip()


def read_points(text: str) -> np.ndarray:
    """A block's points, as many columns as its first line has; where anything is not a number, x and y of the lines that begin with two."""
    try:
        columns = len(text.partition("\n")[0].split())
        return np.array([float(word) for word in text.split()]).reshape(-1, columns if columns > 1 else 2)
    except ValueError:
        return np.reshape([pair for pair in map(first_two, text.split("\n")) if pair], (-1, 2))


def first_two(line: str) -> tuple[float, float] | None:
    """x and y of a line that begins with them."""
    try:
        x, y = line.split()[:2]
        return float(x), float(y)
    except ValueError:
        return None


def segment_points(document: Document, segment: Segment) -> list[np.ndarray]:
    """The points (n, 2 or more) of a segment's strokes, its pen-up parts left out. Raises SegmentError."""
    if "XXX" in segment.label.upper() or segment.label in NO_LABEL:
        raise SegmentError("segments without a label")
    if segment.quality == "BAD":
        raise SegmentError("segments marked as bad")
    strokes = []
    for first, first_point, last, last_point in part_ranges(segment.parts):
        if last >= len(document.components):
            raise SegmentError("segments of parts that are missing")
        for i in range(first, last + 1):
            component = document.components[i]
            start = first_point if i == first else 0
            end = last_point + 1 if i == last and last_point is not None else None
            if component.pen_down and len(component.points[start:end]):
                strokes.append(component.points[start:end])
    if not strokes or any(not stroke[:, :2].any() for stroke in strokes):
        raise SegmentError("segments that were withheld (blanked to zeros)")
    return strokes


def part_ranges(parts: str) -> Iterator[tuple[int, int, int, int | None]]:
    """First component, its first point, last component and its last point (None: to its end) of each range in "12-17" or "3:0-5:40,7"."""
    for part in filter(None, parts.replace(" ", "").split(",")):
        first, _, last = part.partition("-")
        (first_component, _, first_point), (last_component, _, last_point) = first.partition(":"), (last or first).partition(":")
        yield int(first_component), int(first_point or 0), int(last_component), int(last_point) if last_point else None
