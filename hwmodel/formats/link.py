"""Short ink as text that fits in a link, and back: quantised, delta-coded, compressed, in url-safe base64."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterator

import numpy as np

from hwmodel.ink.limits import MAX_POINTS, check_reach
from hwmodel.ink.strokes import Strokes
from hwmodel.ink.units import WHITEBOARD_UNITS

LINK_LIMIT = 1800  # characters: longer links get cut by mail programs and chats
VERSION = 1


class LinkError(ValueError):
    """Text that no ink can be read from; the message is for the reader."""


def pack(strokes: Strokes) -> str | None:
    """The ink as url-safe text, its points rounded to 1/40 of a model unit, or None where it is too long for a link."""
    places = np.rint(strokes.points * WHITEBOARD_UNITS).astype(np.int64)
    ups = np.flatnonzero(strokes.pen_up)
    numbers = [VERSION, len(strokes), len(ups), *np.diff(ups, prepend=0), *zigzag(places[0]), *zigzag(np.diff(places, axis=0).ravel())]
    text = base64.urlsafe_b64encode(zlib.compress(bytes(varints(numbers)), 9)).decode().rstrip("=")
    return text if len(text) <= LINK_LIMIT else None


def unpack(text: str) -> Strokes:
    """The ink that `pack` made the text of. Raises LinkError."""
    if len(text) > LINK_LIMIT:
        raise LinkError(f"The ink in this link is {len(text)} characters long; at most {LINK_LIMIT} can be read. Was something pasted behind it?")
    try:
        inflate = zlib.decompressobj()
        body = inflate.decompress(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True), 6 * MAX_POINTS)
        if not inflate.eof:
            raise ValueError("cut short, or too long")
        numbers = read_varints(body)
        version, steps, lifts = numbers[:3]
        if version != VERSION or steps > MAX_POINTS or len(numbers) != 3 + lifts + 2 + 2 * steps:
            raise ValueError("it does not count up")
        places = unzigzag(np.array(numbers[3 + lifts :], np.int64)).reshape(-1, 2)
        offsets = np.zeros((steps, 3), np.float32)
        offsets[:, :2] = places[1:] / WHITEBOARD_UNITS
        offsets[np.cumsum(numbers[3 : 3 + lifts], dtype=np.int64), 2] = 1
        strokes = Strokes(offsets, (places[0, 0] / WHITEBOARD_UNITS, places[0, 1] / WHITEBOARD_UNITS))
    except (ValueError, IndexError, OverflowError, binascii.Error, zlib.error) as error:
        raise LinkError(
            "The ink in this link cannot be read: it was cut short or changed on its way. Ask for the link again, or for the ink as a file."
        ) from error
    try:
        check_reach(strokes)
    except ValueError as error:
        raise LinkError(f"The ink in this link cannot be read: {error}.") from error
    return strokes


def zigzag(values: np.ndarray) -> np.ndarray:
    """Whole numbers as whole numbers from zero up, small ones staying small: 0, -1, 1, -2 become 0, 1, 2, 3."""
    return np.where(values < 0, -2 * values - 1, 2 * values)


def unzigzag(values: np.ndarray) -> np.ndarray:
    """What `zigzag` was given."""
    return np.where(values % 2, -(values + 1) // 2, values // 2)


def varints(numbers: list[int]) -> Iterator[int]:
    """Bytes of whole numbers from zero up, seven bits a byte, the lowest first; a set eighth bit says that more follow."""
    for number in map(int, numbers):
        while number > 127:
            yield number & 127 | 128
            number >>= 7
        yield number


def read_varints(body: bytes) -> list[int]:
    """The numbers that `varints` made the bytes of. Raises ValueError where the last one is not whole or one is out of all reason."""
    numbers, number, shift = [], 0, 0
    for byte in body:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(number)
            number, shift = 0, 0
        elif shift > 35:
            raise ValueError("a number that large is no pen movement")
    if shift:
        raise ValueError("the last number is cut")
    return numbers
