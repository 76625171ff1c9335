"""How sure the network is along a line: what its futures agree on, what the next step could be, and what really came.

Letters: T steps, P points, N samples, K components.
"""

from __future__ import annotations

import numpy as np
import torch

from hwmodel.cells.recording import known_states
from hwmodel.cells.trace import CellTrace, WindowTrace
from hwmodel.futures.values import Certainty, Futures
from hwmodel.ink.strokes import Strokes
from hwmodel.network.likelihood import nats_of
from hwmodel.network.mixture import nll
from hwmodel.network.model import HandwritingModel
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.laws import Sharpness
from hwmodel.sampling.lines import draw, noise

DRAWS = 100  # that the entropy is the mean over: its standard error is then about a tenth of a nat
CHUNK_POINTS = 200  # whose draws are in memory together


def certainty(
    model: HandwritingModel | TextModel, strokes: Strokes, trace: CellTrace, futures: Futures, seed: int = 0, window: WindowTrace | None = None
) -> Certainty:
    """How sure the network is after each point that the futures start from; a text network by its `window`'s record too."""
    known = known_states(model, trace, window)
    came = np.full(len(strokes) + 1, np.nan, np.float32)
    came[1:-1] = next_surprise(model, known[:-1], strokes.offsets[1:])
    if window:
        came[:-1][np.diff(window.line, prepend=0) > 0] = np.nan  # the way to another line, which was read from no state
    ends = futures.ends
    return Certainty(
        points=futures.points,
        spread=spread(ends),
        entropy=next_step_entropy(model, known[futures.points], seed),
        lifts=futures.lifted.mean(axis=1, dtype=np.float32),
        surprise=came[futures.points + 1],
    )


def spread(ends: np.ndarray) -> np.ndarray:
    """Root mean square distance (P,) of ends (P, N, 2) from their mean."""
    return np.asarray(np.sqrt(((ends - ends.mean(axis=1, keepdims=True)) ** 2).sum(axis=-1).mean(axis=1)))


@torch.inference_mode()
def next_surprise(model: HandwritingModel | TextModel, known: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Nats (P,) of offsets (P, 3), each after one of the states that `known_states` gives."""
    return np.asarray(nats_of(model.output(torch.from_numpy(known)).numpy(), offsets).sum(axis=-1))


@torch.inference_mode()
def next_step_entropy(model: HandwritingModel | TextModel, known: np.ndarray, seed: int = 0) -> np.ndarray:
    """Nats (P,) of the next offset after states of `known_states` (P, H or H + C).

    A mixture's entropy has no formula: this is the mean surprise of `DRAWS` draws from it, with the same random numbers at each point, so that the
    curve is smooth.
    """
    random = noise(seed, DRAWS)
    parts = []
    for chunk in torch.from_numpy(known).split(CHUNK_POINTS):
        raw = model.output(chunk)[:, None]
        parts.append(torch.stack(nll(raw, draw(raw, random, Sharpness()))).sum(dim=0).mean(dim=1))
    return torch.cat(parts).numpy()
