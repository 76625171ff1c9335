"""Arrays as bytes for the browser, where they are read without a copy."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np

TOP = 254  # the highest level: even, so that the middle of a scale is a level of its own and a sign is turned by TOP - level
KEPT_TOP, KEPT_TOP_OF_GATES = 126, 62  # the same in a file that is kept; gates and candidates change faster, and take more bytes a level


def pack(header: Mapping[str, object], **arrays: np.ndarray) -> bytes:
    """One blob of a JSON header and arrays, each aligned to 4 bytes; `unpack` in pages/ui/components/shared/packing.js takes it apart."""
    body, places = b"", {}
    for name, array in arrays.items():
        places[name] = {"dtype": array.dtype.name, "shape": array.shape, "offset": len(body)}
        body += np.ascontiguousarray(array).tobytes()
        body += b"\0" * (-len(body) % 4)
    head = json.dumps({**header, "arrays": places}, ensure_ascii=False, separators=(",", ":")).encode()
    head += b" " * (-(4 + len(head)) % 4)
    return struct.pack("<I", len(head)) + head + body


def unpack(blob: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The header, with the places of the arrays, and the arrays of a blob."""
    (length,) = struct.unpack_from("<I", blob)
    header, body = json.loads(blob[4 : 4 + length]), blob[4 + length :]
    arrays = {
        name: np.frombuffer(body, place["dtype"], int(np.prod(place["shape"])), place["offset"]).reshape(place["shape"])
        for name, place in header["arrays"].items()
    }
    return header, arrays


def to_levels(values: np.ndarray, low: np.ndarray, high: np.ndarray, top: int = TOP) -> np.ndarray:
    """Values (T, H) as levels (H, T) uint8, from 0 at the cell's `low` (H,) to `top` at its `high` (H,): a byte is all that a colour needs."""
    return np.asarray(np.rint((values - low) * (top / np.maximum(high - low, 1e-9))).T.astype(np.uint8))
