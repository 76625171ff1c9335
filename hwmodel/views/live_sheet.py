"""What the live sheet is sent, as bytes: the engine, the cells' order and colours, and the ink that is on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from hwmodel.cells.ordering import CellOrder
from hwmodel.ink.strokes import Strokes
from hwmodel.ink.units import X_HEIGHT
from hwmodel.views.colours import BRBG, SIDES
from hwmodel.views.engine import PEN_NUMBERS, EngineParts, PenNumbers
from hwmodel.views.futures_view import FULL_TURN
from hwmodel.views.packing import pack

FULL_COLOUR = 99  # percentile of a cell's distances from its median that has a ramp's last colour


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
    ramp: Sequence[str]
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


def scale_of(cell: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Each cell's median (H,) over steps (T, H), and how far from there it goes but for its farthest hundredth; 1 for a cell that never moves."""
    centre = np.median(cell, axis=0).astype(np.float32)
    reach = np.percentile(np.abs(cell - centre), FULL_COLOUR, axis=0).astype(np.float32)
    return centre, np.where(reach > 0, reach, 1).astype(np.float32)


def live_bytes(
    parts: EngineParts,
    weights: str,
    fingerprint: str,
    order: CellOrder,
    scale: tuple[NDArray[np.float32], NDArray[np.float32]],
    ink: Strokes | None,
    sent: str | None,
    bias: float,
) -> bytes:
    """All that the sheet needs but the weights, which it fetches at the address `weights`. `sent` is the name under which it sent this ink up."""
    header: LiveHeader = {
        "fingerprint": fingerprint,
        "weights": weights,
        "worker": parts.worker,
        "pen": PEN_NUMBERS,
        "x_height": X_HEIGHT,
        "bias": bias,
        "sides": SIDES,
        "full_turn": float(FULL_TURN),
        "ramp": BRBG,
        "sent": sent,
        "start": (float(ink.start[0]), float(ink.start[1])) if ink else (0.0, 0.0),
    }
    arrays: LiveArrays = {
        "kernel": np.frombuffer(parts.kernel, np.uint8),
        "permutation": order.permutation.astype(np.int16),
        "sign": order.sign.astype(np.int8),
        "centre": scale[0].astype(np.float32),
        "reach": scale[1].astype(np.float32),
        "offsets": ink.offsets if ink else np.zeros((0, 3), np.float32),
    }
    return pack(header, **arrays)
