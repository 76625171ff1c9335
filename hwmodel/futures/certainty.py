"""How sure the network is along a line: what its futures agree on, what the next step could be, and what really came.

Letters: T steps, P points, N samples, K components.
"""

from __future__ import annotations

import numpy as np
import torch

from hwmodel.cells.trace import CellTrace
from hwmodel.futures.values import Certainty, Futures
from hwmodel.ink.strokes import Strokes
from hwmodel.network.likelihood import surprise
from hwmodel.network.mixture import nll
from hwmodel.network.model import HandwritingModel
from hwmodel.sampling.laws import Sharpness
from hwmodel.sampling.lines import draw, noise

DRAWS = 100  # that the entropy is the mean over: its standard error is then about a tenth of a nat
CHUNK_POINTS = 200  # whose draws are in memory together
LEAST_SHARE = 0.15  # of the futures, that must go the rarer way for a fork
LEAST_GAP = 0.5  # model units between the two ways' ends; a letter x is about three high
LEAST_CUT = 0.8  # see `cut_in_two`: 0.64 is one bell curve, 0.75 an even spread, 1 two spots


def certainty(model: HandwritingModel, strokes: Strokes, trace: CellTrace, futures: Futures, seed: int = 0) -> Certainty:
    """How sure the network is after each point that the futures start from."""
    came = np.append(surprise(model, [strokes])[0].sum(axis=-1), np.float32(np.nan))
    ends = futures.ends
    return Certainty(
        points=futures.points,
        spread=spread(ends),
        entropy=next_step_entropy(model, trace.hidden[futures.points], seed),
        lifts=futures.lifted.mean(axis=1, dtype=np.float32),
        surprise=came[futures.points + 1],
        forks=find_forks(ends),
    )


def spread(ends: np.ndarray) -> np.ndarray:
    """Root mean square distance (P,) of ends (P, N, 2) from their mean."""
    return np.asarray(np.sqrt(((ends - ends.mean(axis=1, keepdims=True)) ** 2).sum(axis=-1).mean(axis=1)))


@torch.inference_mode()
def next_step_entropy(model: HandwritingModel, hidden: np.ndarray, seed: int = 0) -> np.ndarray:
    """Nats (P,) of the next offset after hidden states (P, H).

    A mixture's entropy has no formula: this is the mean surprise of `DRAWS` draws from it, with the same random numbers at each point, so that the
    curve is smooth.
    """
    random = noise(seed, DRAWS)
    parts = []
    for chunk in torch.from_numpy(hidden).split(CHUNK_POINTS):
        raw = model.output(chunk)[:, None].expand(-1, DRAWS, -1)
        parts.append(torch.stack(nll(raw, draw(raw, random, Sharpness()))).sum(dim=0).mean(dim=1))
    return torch.cat(parts).numpy()


def cut_in_two(ends: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The best cut of each point's ends (P, N, 2) in two, across the direction they differ most in.

    Returns how much of the variance in that direction is between the two parts (0 to 1), the smaller part's share, and the distance of the parts'
    means in model units, each (P,). This is Otsu's threshold (1979) on one axis. All ends in one place count as not cut: 0, 0.5, 0.
    """
    centred = ends - ends.mean(axis=1, keepdims=True)
    _, axes = np.linalg.eigh(np.einsum("pni,pnj->pij", centred, centred))
    along = np.sort(np.einsum("pni,pi->pn", centred, axes[..., -1]), axis=1)
    samples = along.shape[1]
    low = np.arange(1, samples)  # how many ends are below the cut
    sums = along.cumsum(axis=1)[:, :-1]
    gap = -sums / (samples - low) - sums / low  # between the means; all ends sum to zero
    between = low * (samples - low) / samples**2 * gap**2
    best = between.argmax(axis=1) if samples > 1 else np.zeros(len(along), np.int64)
    rows, variance = np.arange(len(along)), (along**2).mean(axis=1)
    explained = np.divide(between[rows, best], variance, out=np.zeros_like(variance), where=variance > 1e-12)
    share = np.minimum(low[best], samples - low[best]) / samples
    return explained, np.where(variance > 1e-12, share, 0.5), np.where(variance > 1e-12, gap[rows, best], 0.0)


def find_forks(ends: np.ndarray, apart: int = 6) -> np.ndarray:
    """Rows (F,) of ends (P, N, 2) where the futures part into two ways: two groups with a gap between them, the rarer one not too rare.

    Of rows nearer to each other than `apart` only the clearest counts.
    """
    if ends.shape[1] < 2:
        return np.zeros(0, np.int64)
    explained, share, gap = cut_in_two(ends)
    clear = np.where((explained >= LEAST_CUT) & (share >= LEAST_SHARE) & (gap >= LEAST_GAP), explained * gap, 0.0)
    found: list[int] = []
    for row in np.argsort(-clear, kind="stable"):
        if clear[row] > 0 and all(abs(row - other) >= apart for other in found):
            found.append(int(row))
    return np.array(sorted(found), np.int64)
