"""What the live sheet is sent, as bytes: the engine, the cells' order and colours, and the ink that is on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from hwmodel.cells.ordering import CellOrder
from hwmodel.cells.usual import Usual
from hwmodel.ink.strokes import Strokes
from hwmodel.ink.units import X_HEIGHT
from hwmodel.views.colours import ACTIVATION_RAMP, SIDES
from hwmodel.views.engine import PEN_NUMBERS, EngineParts, PenNumbers
from hwmodel.views.futures_view import FULL_TURN
from hwmodel.views.packing import pack


class LiveHeader(TypedDict):
    """The contract with pages/ui/components/live_sheet/data.js, which says what each is."""

    fingerprint: str
    weights: str
    worker: str
    pen: PenNumbers
    x_height: float
    bias: float
    sides: Mapping[str, Sequence[str]]
    full_turn: float
    ramp: Mapping[str, Sequence[str]]
    sent: str | None
    start: tuple[float, float]


class LiveArrays(TypedDict):
    """The arrays of the same contract."""

    kernel: NDArray[np.uint8]  # (bytes,)
    permutation: NDArray[np.int16]  # (H,)
    sign: NDArray[np.int8]  # (H,)
    centre: NDArray[np.float32]  # (H,)
    reach: NDArray[np.float32]  # (H,)
    offsets: NDArray[np.float32]  # (T, 3)


def live_bytes(
    parts: EngineParts,
    weights: str,
    fingerprint: str,
    order: CellOrder,
    usual: Usual,
    ink: Strokes | None,
    sent: str | None,
    bias: float,
) -> bytes:
    """All that the sheet needs but the weights, which it fetches at the address `weights`; a page that has begun the engine of these weights needs
    neither that nor the engine's parts. `sent` is the name under which it sent this ink up.
    A cell's colours are about what is usual for it."""
    header: LiveHeader = {
        "fingerprint": fingerprint,
        "weights": weights,
        "worker": parts.worker,
        "pen": PEN_NUMBERS,
        "x_height": X_HEIGHT,
        "bias": bias,
        "sides": SIDES,
        "full_turn": float(FULL_TURN),
        "ramp": ACTIVATION_RAMP,
        "sent": sent,
        "start": (float(ink.start[0]), float(ink.start[1])) if ink else (0.0, 0.0),
    }
    arrays: LiveArrays = {
        "kernel": np.frombuffer(parts.kernel, np.uint8),
        "permutation": order.permutation.astype(np.int16),
        "sign": order.sign.astype(np.int8),
        "centre": usual.median.astype(np.float32),
        "reach": usual.reach.astype(np.float32),
        "offsets": ink.offsets if ink else np.zeros((0, 3), np.float32),
    }
    return pack(header, **arrays)
