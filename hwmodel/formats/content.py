"""A file as the readers meet it: its bytes, and what they say as text and as XML, each found once and only where a reader asks."""

from __future__ import annotations

import codecs
import re
import zlib
from functools import cached_property

from hwmodel.formats.reading import MAX_BYTES, InkError
from hwmodel.formats.safe_xml import Node, parse_xml

GZIP = b"\x1f\x8b"
# The encodings that XML files name in earnest. Python knows others, some of which take minutes, or run programs of their own.
NAMED_ENCODING = re.compile(
    r"(iso-?8859-?\d+|windows-?\d+|cp-?\d+|latin-?\d|(us-)?ascii|shift[-_]jis|euc-(jp|kr)|gb\w+|big5|koi8-\w|utf-16([lb]e)?)", re.I
)


class Content:
    """The bytes of a file; what was packed by gzip is unpacked."""

    def __init__(self, data: bytes) -> None:
        self.data = unpacked(data) if data.startswith(GZIP) else data

    @cached_property
    def text(self) -> str:
        """Without blanks at its ends. Raises InkError where it is no text, or empty."""
        text = decode(self.data).strip()
        if not text:
            raise InkError("the file is empty")
        return text

    @cached_property
    def root(self) -> Node | None:
        """The root element, None where it is no XML. Raises InkError where it is broken XML."""
        return parse_xml(self.text) if self.text.startswith("<") else None

    @property
    def root_tag(self) -> str | None:
        """The root element's name, None where it is no XML."""
        return self.root.tag if self.root else None


def unpacked(data: bytes) -> bytes:
    """What gzip packed, at most MAX_BYTES of it. Raises InkError."""
    try:
        inflate = zlib.decompressobj(wbits=31)
        body = inflate.decompress(data, MAX_BYTES + 1)
    except zlib.error as error:
        raise InkError("it begins like a gzip file and cannot be unpacked; was it cut short?") from error
    if len(body) > MAX_BYTES:
        raise InkError(f"it unpacks to more than {MAX_BYTES / 1e6:g} MB, the most that can be read, so cut it to fewer lines of writing")
    if not inflate.eof:
        raise InkError("it is a gzip file that was cut short")
    return body


def decode(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or the encoding an XML file names. Raises InkError where it is no text."""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        named = re.match(rb"<\?xml[^>]{,200}encoding=[\"']([\w.-]{1,40})[\"']", data)
        name = named[1].decode() if named else ""
        try:
            text = data.decode(name if NAMED_ENCODING.fullmatch(name) else "")
        except (LookupError, UnicodeError):
            raise InkError("this is no text file, and of the binary ones only ink as .npy and .xopp is read; save it as text in UTF-8") from None
    if "\0" in text:
        raise InkError("this is no text file, or UTF-16 without its mark; save it as UTF-8")
    return text
