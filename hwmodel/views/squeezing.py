"""Blobs of a view made ready for a file that is kept, in which every byte costs: the same header and arrays, with the large ones written so that gzip
finds little left in them. Nothing that is drawn is lost.
"""

from __future__ import annotations

import zlib
from base64 import b64encode

import numpy as np

from hwmodel.views.packing import pack, unpack

GZIP = 16 + zlib.MAX_WBITS  # the format, as zlib asks for it
STRATEGIES = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED, zlib.Z_RLE)  # numbers that are nearly chance are best not searched for repeats


def squeezed(blob: bytes) -> str:
    """A packed blob as base64 of gzip; `unsqueezed` in pages/ui/components/standalone/squeezed.js gives its header and arrays back.

    The futures' `paths` travel as `paths_mean` and `paths_rest`, the cells' `levels` as `level_steps`.
    """
    header, arrays = unpack(blob)
    header.pop("arrays")
    if "paths" in arrays:
        arrays |= _of_paths(arrays.pop("paths"), arrays["lengths"])
    if "levels" in arrays:
        arrays["level_steps"] = _of_levels(arrays.pop("levels"))
    return zipped(pack(header, **arrays))


def zipped(data: bytes) -> str:
    """Base64 of gzip, as short as it gets."""

    def compressed(strategy: int) -> bytes:
        packer = zlib.compressobj(9, zlib.DEFLATED, GZIP, 9, strategy)
        return packer.compress(data) + packer.flush()

    return b64encode(min(map(compressed, STRATEGIES), key=len)).decode()


def _of_levels(levels: np.ndarray) -> np.ndarray:
    """How far each level (H, T) uint8 is from the one before it and half of the step that led there, modulo 256."""
    known = levels.astype(np.int32)
    expected = np.zeros_like(known)
    expected[:, 1:] = known[:, :-1]
    expected[:, 2:] += (known[:, 1:-1] - known[:, :-2]) >> 1
    return (known - expected).astype(np.uint8)


def _of_paths(paths: np.ndarray, lengths: np.ndarray) -> dict[str, np.ndarray]:
    """Of paths (P, N, S, 2) int16 whose futures (P, N) have `lengths`: `paths_mean` (P, S, 2) int16, the mean movement of a point's futures at each
    step, and `paths_rest` (2, 2, drawn) uint8: how far each movement that is drawn is from that, less half of what the one before it was; of x and
    of y, low bytes and then high ones, signs folded into the lowest bit. All is modulo 2^16."""
    moves = np.diff(paths, axis=2, prepend=np.int16(0)).astype(np.int32)
    drawn = np.arange(paths.shape[2]) < lengths[..., None]  # (P, N, S)
    counts = np.maximum(drawn.sum(axis=1), 1)[..., None]
    mean = np.rint(np.where(drawn[..., None], moves, 0).sum(axis=1) / counts).astype(np.int32)  # (P, S, 2)
    expected = np.broadcast_to(mean[:, None], moves.shape).copy()
    expected[:, :, 1:] += (moves[:, :, :-1] - mean[:, None, :-1]) >> 1
    rest = (moves - expected)[drawn].astype(np.int16).T.astype(np.int32)  # (2, drawn), in the order of futures and steps
    folded = ((rest << 1) ^ (rest >> 15)).astype(np.uint16)
    return {"paths_mean": mean.astype(np.int16), "paths_rest": np.stack((folded & 255, folded >> 8)).astype(np.uint8)}
