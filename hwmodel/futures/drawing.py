"""What else the network could have written: many short continuations from the state after every point of a line.

Letters: P points that futures start from, N samples, S steps, H cells, K components.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from hwmodel.cells.recording import known_states, record_cells
from hwmodel.cells.trace import CellTrace, WindowTrace
from hwmodel.futures.values import Futures
from hwmodel.ink.strokes import Strokes
from hwmodel.network.many_rows import ManyRows, ManyToldRows, fast_precision, many_rows
from hwmodel.network.model import HandwritingModel
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.laws import Sharpness, graves
from hwmodel.sampling.lines import draw, noise

CHUNK_ROWS = 1000  # go through all steps together: enough for fast products, few enough to stop soon and to need little memory


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

    >>> from hwmodel.ink.shapes import shape
    >>> from hwmodel.network.checkpoint import load_checkpoint
    >>> sample_futures(load_checkpoint("unipen").model, shape("Zigzag"), n_samples=20, points=[3, 9]).paths.shape
    (2, 20, 8, 2)
    """
    if not len(strokes):
        raise ValueError("futures need ink of at least one pen movement, got none; draw something first")
    return draw_futures(model, record_cells(model, strokes), n_samples, n_steps, bias, seed, points, progress)


@torch.inference_mode()
def draw_futures(
    model: HandwritingModel | TextModel,
    trace: CellTrace,
    n_samples: int,
    n_steps: int,
    bias: float,
    seed: int,
    points: Sequence[int] | None = None,
    progress: Callable[[float], object] | None = None,
    precision: torch.dtype | None = None,
    window: WindowTrace | None = None,
) -> Futures:
    """`sample_futures` from cells that are recorded already, its products in `precision` (None: see `fast_precision`); of a text network, the
    window's record too."""
    chosen = np.arange(len(trace)) if points is None else np.asarray(points, np.int64)
    if n_samples < 1 or n_steps < 1:
        raise ValueError(f"futures need at least one sample and one step, got {n_samples} x {n_steps}")
    if len(chosen) and not (chosen.min() >= 0 and chosen.max() < len(trace)):
        raise ValueError(f"futures start from points 0 to {len(trace) - 1} of this ink, got {chosen.min()} to {chosen.max()}")
    offsets = np.empty((len(chosen), n_samples, n_steps, 3), np.float32)
    known, texts = known_states(model, trace, window), window.text.split("\n") if window else []
    rows = many_rows(model, 0, torch.float32)
    per_chunk = max(1, CHUNK_ROWS // n_samples)
    for begin in range(0, len(chosen), per_chunk):
        chunk = chosen[begin : begin + per_chunk]
        if rows.rows != len(chunk) * n_samples:
            rows = many_rows(model, len(chunk) * n_samples, precision or fast_precision())
        if window and isinstance(rows, ManyToldRows):
            rows.tell([texts[line] for line in window.line[chunk]], torch.from_numpy(window.kappa[chunk]))
        # Always as many states: a product of another shape is rounded differently, and a point alone is to give what it gives among others.
        states = torch.from_numpy(known[np.resize(chunk, per_chunk)])
        raw, recurrent = (product[: len(chunk)] for product in (model.output(states), rows.recur(states)))
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
    offsets[0] = draw(raw[:, None], random[0], sharpness).flatten(0, 1)
    for step in range(1, steps):
        raw = rows.branch(recurrent, cell, offsets[0]) if step == 1 else rows.go_on(offsets[step - 1])
        offsets[step] = draw(raw, random[step].flatten(0, 1), sharpness)
    return offsets.view(steps, points, samples, 3).permute(1, 2, 0, 3)
