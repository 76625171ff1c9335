"""What else the network could have written: many short continuations from the state after every point of a line.

Letters: P points that futures start from, N samples, S steps, H cells, K components.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from hwmodel.cells.recording import CellTrace, record_cells
from hwmodel.ink.strokes import Strokes
from hwmodel.network.many_rows import ManyRows, fast_precision
from hwmodel.network.model import HandwritingModel
from hwmodel.sampling.laws import Sharpness, graves
from hwmodel.sampling.lines import draw, noise

CHUNK_ROWS = 1000  # go through all steps together: enough for fast products, few enough to stop soon and to need little memory


@dataclass(frozen=True, eq=False)
class Futures:
    """N futures of S steps from each of P points of a line.

    `points` (P,) int64: a future of point t starts from the state after offset t was read, so at row t + 1 of `Strokes.points`, and its step s is an
    answer to offset t + 1 + s. `offsets` (P, N, S, 3) float32 as in `Strokes`.
    """

    points: np.ndarray
    offsets: np.ndarray

    @cached_property
    def paths(self) -> np.ndarray:
        """(P, N, S, 2) float32: where the pen is after each step, from the point it started at, in model units."""
        return self.offsets[..., :2].cumsum(axis=2, dtype=np.float32)

    @cached_property
    def lifted(self) -> np.ndarray:
        """(P, N) bool: the pen lifts within the S steps."""
        return np.asarray((self.offsets[..., 2] > 0.5).any(axis=2))

    @cached_property
    def lengths(self) -> np.ndarray:
        """(P, N) int64: steps until the pen lifts, that one included; S where it does not. A future is drawn no further."""
        return np.asarray(np.where(self.lifted, (self.offsets[..., 2] > 0.5).argmax(axis=2) + 1, self.offsets.shape[2]))

    @property
    def ends(self) -> np.ndarray:
        """(P, N, 2) float32: where each future's drawing ends, from the point it started at, in model units."""
        return np.take_along_axis(self.paths, self.lengths[..., None, None] - 1, axis=2)[:, :, 0]


def sample_futures(
    model: HandwritingModel,
    strokes: Strokes,
    n_samples: int = 50,
    n_steps: int = 8,
    bias: float = 0.5,
    seed: int = 0,
    points: Sequence[int] | None = None,
    progress: Callable[[float], object] | None = None,
) -> Futures:
    """Futures from the state after every point of the ink, or after the given ones.

    What comes from a point depends on (seed, point, n_samples) only: not on which other points are asked for, and longer futures begin as shorter
    ones do. `progress` is called with the share that is done; to stop, raise from it. Raises ValueError where the ink has no such point.
    """
    if not len(strokes):
        raise ValueError("futures need ink of at least one pen movement, got none; draw something first")
    return draw_futures(model, record_cells(model, strokes), n_samples, n_steps, bias, seed, points, progress)


@torch.inference_mode()
def draw_futures(
    model: HandwritingModel,
    trace: CellTrace,
    n_samples: int,
    n_steps: int,
    bias: float,
    seed: int,
    points: Sequence[int] | None = None,
    progress: Callable[[float], object] | None = None,
    precision: torch.dtype | None = None,
) -> Futures:
    """`sample_futures` from cells that are recorded already, its products in `precision` (None: see `fast_precision`)."""
    chosen = np.arange(len(trace)) if points is None else np.asarray(points, np.int64)
    if n_samples < 1 or n_steps < 1:
        raise ValueError(f"futures need at least one sample and one step, got {n_samples} x {n_steps}")
    if len(chosen) and not (chosen.min() >= 0 and chosen.max() < len(trace)):
        raise ValueError(f"futures start from points 0 to {len(trace) - 1} of this ink, got {chosen.min()} to {chosen.max()}")
    offsets = np.empty((len(chosen), n_samples, n_steps, 3), np.float32)
    rows = ManyRows(model, 0, torch.float32)
    per_chunk = max(1, CHUNK_ROWS // n_samples)
    for begin in range(0, len(chosen), per_chunk):
        chunk = chosen[begin : begin + per_chunk]
        if rows.rows != len(chunk) * n_samples:
            rows = ManyRows(model, len(chunk) * n_samples, precision or fast_precision())
        # Always as many states: a product of another shape is rounded differently, and a point alone is to give what it gives among others.
        hidden = torch.from_numpy(trace.hidden[np.resize(chunk, per_chunk)])
        raw, recurrent = (product[: len(chunk)] for product in (model.output(hidden), rows.recur(hidden)))
        random = torch.stack([noise((seed, int(point)), n_steps * n_samples).view(n_steps, n_samples, 4) for point in chunk], dim=1)
        drawn = _draw_chunk(rows, raw, recurrent, torch.from_numpy(trace.cell[chunk]), random, graves(bias))
        offsets[begin : begin + per_chunk] = drawn.numpy()
        if progress:
            progress((begin + len(chunk)) / len(chosen))
    return Futures(chosen, offsets)


def _draw_chunk(rows: ManyRows, raw: Tensor, recurrent: Tensor, cell: Tensor, random: Tensor, sharpness: Sharpness) -> Tensor:
    """Offsets (P, N, S, 3) from P states: their raw outputs (P, 1 + 6K), `ManyRows.recur` (P, 4H) and cell states (P, H). Random numbers are
    (S, P, N, 4)."""
    steps, points, samples, _ = random.shape
    offsets = torch.empty(steps, points * samples, 3)
    offsets[0] = draw(raw[:, None].expand(-1, samples, -1), random[0], sharpness).flatten(0, 1)
    for step in range(1, steps):
        raw = rows.branch(recurrent, cell, offsets[0]) if step == 1 else rows.go_on(offsets[step - 1])
        offsets[step] = draw(raw, random[step].flatten(0, 1), sharpness)
    return offsets.view(steps, points, samples, 3).permute(1, 2, 0, 3)


def turns(futures: Futures, strokes: Strokes) -> np.ndarray:
    """How far each future ends to the side of where the pen really was after as many steps: (P, N) float32, radians in (-pi, pi].

    The angle is the one at the point the future starts from. y grows downwards, so positive is to the right of the way the pen went, and negative to
    its left. NaN where the ink does not go on that far, or where the pen or the future is back at its start, so that there is no direction.
    """
    start = futures.points[:, None] + 1
    then = start + futures.lengths
    places = strokes.points
    real = places[np.minimum(then, len(strokes))] - places[start]  # (P, N, 2)
    ends = futures.ends
    across = real[..., 0] * ends[..., 1] - real[..., 1] * ends[..., 0]
    along = (real * ends).sum(axis=-1)
    known = (then <= len(strokes)) & real.any(axis=-1) & ends.any(axis=-1)
    return np.where(known, np.arctan2(across, along), np.nan).astype(np.float32)
