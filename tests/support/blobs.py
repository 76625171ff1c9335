"""What the browser makes of the bytes that it is sent."""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np


def unpack(blob: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What pages/ui/components/shared/packing.js does: header and arrays."""
    (length,) = struct.unpack_from("<I", blob)
    header = json.loads(blob[4 : 4 + length])
    body = blob[4 + length :]
    arrays = {
        name: np.frombuffer(body, place["dtype"], int(np.prod(place["shape"])), place["offset"]).reshape(place["shape"])
        for name, place in header["arrays"].items()
    }
    return header, arrays
