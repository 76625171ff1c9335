"""Ink as files: InkML, JSON, CSV and SVG out; those and IAM-OnDB's lineStrokes XML in. Nothing is lost on the way out and back."""

from __future__ import annotations

import re
from collections.abc import Callable

from hwmodel.formats.inkml import parse_xml, read_inkml, read_line_strokes, write_inkml
from hwmodel.formats.reading import MAX_BYTES, InkError, ReadInk, decode
from hwmodel.formats.svg import read_path_data, read_svg, write_svg
from hwmodel.formats.tables import read_csv, read_json, write_csv, write_json
from hwmodel.ink.strokes import Strokes

__all__ = ["WRITERS", "InkError", "ReadInk", "read_ink", "write_ink"]

WRITERS: dict[str, Callable[[Strokes], str]] = {"svg": write_svg, "inkml": write_inkml, "json": write_json, "csv": write_csv}
XML_READERS = {"ink": read_inkml, "svg": read_svg, "WhiteboardCaptureSession": read_line_strokes, "StrokeSet": read_line_strokes}
READABLE = "InkML, JSON, CSV, SVG or IAM-OnDB lineStrokes XML"


def write_ink(strokes: Strokes, format: str) -> bytes:
    """The ink as a file of a format named in WRITERS."""
    return WRITERS[format](strokes).encode()


def read_ink(data: bytes, filename: str) -> ReadInk:
    """Ink from a file's bytes, whatever its format; the name is for messages only. Raises InkError, a sentence for the reader."""
    try:
        if len(data) > MAX_BYTES:
            raise InkError(f"the file has {len(data) / 1e6:.1f} MB; at most {MAX_BYTES / 1e6:g} MB can be read, so cut it to fewer lines of writing")
        return read_text(decode(data).strip())
    except InkError as error:
        raise InkError(f"{filename}: {error}") from error


def read_text(text: str) -> ReadInk:
    """Ink from a file's text, told by how it begins."""
    if not text:
        raise InkError("the file is empty")
    if text[0] == "<":
        root = parse_xml(text)
        if root.tag not in XML_READERS:
            raise InkError(f"this is XML, but a {root.tag[:40]!r} and no ink; expected {READABLE}")
        return XML_READERS[root.tag](root)
    if text[0] in "{[":
        return read_json(text)
    if re.match(r"[Mm][\s,]*[-+.\d]", text):
        return read_path_data(text)
    return read_csv(text)
