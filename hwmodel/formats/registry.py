"""Every format of ink files: one row here and one file beside it each. Uploader, downloads, errors and the README's table are made from the rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import hwmodel.formats.iam_xml as iam_xml
import hwmodel.formats.inkml as inkml
import hwmodel.formats.json_ink as json_ink
import hwmodel.formats.npy as npy
import hwmodel.formats.path_data as path_data
import hwmodel.formats.png as png
import hwmodel.formats.svc as svc
import hwmodel.formats.svg as svg
import hwmodel.formats.tables as tables
import hwmodel.formats.uji as uji
import hwmodel.formats.unipen as unipen
import hwmodel.formats.xournal as xournal
from hwmodel.formats.content import Content
from hwmodel.formats.reading import MAX_BYTES, InkError, ReadInk
from hwmodel.ink.drawn import Drawn
from hwmodel.ink.limits import MAX_POINTS
from hwmodel.ink.strokes import Strokes

__all__ = ["FORMATS", "READ", "WRITTEN", "Format", "InkError", "ReadInk", "extensions", "help_text", "read_ink", "write_ink", "written_as"]


@dataclass(frozen=True)
class Format:
    """What can be done with one kind of file."""

    name: str  # for people
    extensions: tuple[str, ...]  # without the dot; a file that is written gets the first
    media_type: str
    looks_like: Callable[[Content], bool] | None = None  # whether a file is one of these; the first row that says so reads it
    read: Callable[[Content], ReadInk] | None = None  # raises InkError, a sentence
    write: Callable[[Strokes], bytes] | None = None
    note: str = ""  # for the README's table: what of it is read
    write_told: Callable[[Strokes, str], bytes] | None = None  # as `write`, with what the ink says, where the format has a place for it
    draw: Callable[[Strokes, str, Drawn], bytes] | None = None  # the same of a picture, which has width and colours

    def to_bytes(self, strokes: Strokes, text: str | None = None, drawn: Drawn | None = None) -> bytes:
        """The ink as a file of this format, one of WRITTEN; `text` is what it says, where that is known, `drawn` how it looks, where that matters."""
        assert self.write, f"{self.name} is not written"
        if drawn and self.draw:
            return self.draw(strokes, text or "", drawn)
        return self.write_told(strokes, text) if text and self.write_told else self.write(strokes)


# In the order in which they are asked whether a file is theirs: a table of points is what is left.
FORMATS = (
    Format("numpy", ("npy",), "application/octet-stream", npy.looks_like, npy.read, note="a sketch as stroke-3 or stroke-5, without pickle"),
    Format(
        "SVG",
        ("svg",),
        "image/svg+xml",
        svg.looks_like,
        svg.read,
        svg.write,
        "lines and outlines, as far as they are drawn",
        svg.write,
        svg.write,
    ),
    Format("PNG", ("png",), "image/png", write=png.write_png, draw=png.draw_png),
    Format(
        "JSON",
        ("json", "ndjson", "jsonl", "excalidraw", "tldr"),
        "application/json",
        json_ink.looks_like,
        json_ink.read,
        json_ink.write,
        "ours; lists of strokes; QuickDraw, stroke-3, Fabric.js, signature_pad, Excalidraw, tldraw, MyScript",
        json_ink.write,
    ),
    Format(
        "InkML",
        ("inkml",),
        "application/inkml+xml",
        inkml.looks_like,
        inkml.read,
        inkml.write,
        "traces in their contexts, without hovering",
        inkml.write,
    ),
    Format("IAM-OnDB", ("xml",), "application/xml", iam_xml.looks_like, iam_xml.read, note="lineStrokes XML"),
    Format("Xournal++", ("xopp", "xoj"), "application/x-xopp", xournal.looks_like, xournal.read, note="the pens' strokes on all pages"),
    Format("SVG path data", ("txt",), "text/plain", path_data.looks_like, path_data.read, note="the text of a path's d attribute"),
    Format("SVC2004", ("svc", "txt"), "text/plain", svc.looks_like, svc.read, note="a signature"),
    Format("UNIPEN", ("dat", "txt"), "text/plain", unipen.looks_like, unipen.read, note="a single file, without what it includes"),
    Format("UJIpenchars", ("txt",), "text/plain", uji.looks_like, uji.read, note="the first character"),
    Format(
        "CSV",
        ("csv", "tsv", "txt"),
        "text/csv",
        tables.looks_like,
        tables.read,
        tables.write,
        "points with x and y, and what tells the strokes",
    ),
)
READ = tuple(format for format in FORMATS if format.read)
WRITTEN = tuple(format for format in FORMATS if format.write)


def extensions() -> list[str]:
    """The endings of files that are read, for an uploader, each once."""
    return list(dict.fromkeys(ending for format in READ for ending in format.extensions))


def help_text() -> str:
    """What a person may choose for reading, and how large."""
    return f"{names()}: up to {MAX_BYTES / 1e6:g} MB and {MAX_POINTS:,} points."


def names() -> str:
    """What is read, in words: A, B or C."""
    *most, last = (format.name for format in READ)
    return f"{', '.join(most)} or {last}"


def written_as(filename: str) -> Format:
    """The format of WRITTEN whose files end as this name does. Raises ValueError, a sentence that names the endings."""
    ending = filename.rpartition(".")[2].lower()
    for format in WRITTEN:
        if format.extensions[0] == ending:
            return format
    raise ValueError(f"{filename} ends in none of {', '.join(f'.{format.extensions[0]}' for format in WRITTEN)}")


def write_ink(strokes: Strokes, name: str, text: str | None = None, drawn: Drawn | None = None) -> bytes:
    """The ink as a file of the format of that name, one of WRITTEN; `text` and `drawn` as in `Format.to_bytes`."""
    for format in WRITTEN:
        if format.name == name:
            return format.to_bytes(strokes, text, drawn)
    raise KeyError(f"no format {name!r} is written; there are {', '.join(format.name for format in WRITTEN)}")


def read_ink(data: bytes, filename: str) -> ReadInk:
    """Ink from a file's bytes, whatever its format; the name is for messages only. Raises InkError, a sentence for the reader."""
    try:
        if len(data) > MAX_BYTES:
            raise InkError(f"the file has {len(data) / 1e6:.1f} MB; at most {MAX_BYTES / 1e6:g} MB can be read, so cut it to fewer lines of writing")
        return read_content(Content(data))
    except InkError as error:
        raise InkError(f"{filename}: {error}") from error


def read_content(content: Content) -> ReadInk:
    """Ink by the first reader that knows the file. Raises InkError."""
    for format in FORMATS:
        if format.looks_like and format.read and format.looks_like(content):
            return format.read(content)
    what = f"XML, but a {content.root_tag[:40]!r}" if content.root_tag else "a file"
    raise InkError(f"this is {what} and no ink; expected {names()}")
