"""The futures from one point, grouped into branches by where they go, and the next step's mixture behind them.

Letters: N samples, S steps, K components.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from hwmodel.cells.recording import known_states
from hwmodel.cells.trace import CellTrace, WindowTrace
from hwmodel.futures.grouping import LEAST_SHARE, LEAST_SILHOUETTE, MARKS, MOST_BRANCHES, NEARLY_BEST, silhouette, ward
from hwmodel.futures.values import GRID, Branch, Fan, Futures, NextStep
from hwmodel.ink.strokes import Strokes
from hwmodel.network.mixture import nll, split_params
from hwmodel.network.model import HandwritingModel
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.laws import Sharpness


def group(futures: Futures) -> Fan:
    """The futures of one point in branches."""
    if len(futures.points) != 1:
        raise ValueError(f"branches are of the futures from one point, got {len(futures.points)} points")
    marks = marks_along(futures)
    distances = np.sqrt(((marks[:, None] - marks[None]) ** 2).sum(axis=-1).mean(axis=-1))  # (N, N) root mean square, model units
    label = _labels(marks.reshape(len(marks), -1), distances)
    order = np.argsort(-np.bincount(label), kind="stable")
    label = np.argsort(order)[label]  # the largest becomes 0
    branches = []
    for k in range(len(order)):
        members = np.flatnonzero(label == k)
        typical = members[distances[np.ix_(members, members)].sum(axis=1).argmin()]
        branches.append(Branch(len(members) / len(label), float(futures.lifted[0, members].mean()), int(typical)))
    return Fan(futures, label, tuple(branches))


def follow(strokes: Strokes, fan: Fan, branch: int) -> Strokes:
    """The ink up to the point the fan starts from, and then along a branch's typical future until the pen lifts."""
    future = fan.futures
    typical = fan.branches[branch].typical
    return strokes.first(int(future.points[0]) + 1).followed_by(future.offsets[0, typical, : future.lengths[0, typical]])


def marks_along(futures: Futures) -> np.ndarray:
    """(N, MARKS, 2) float32: places of one point's futures after equal numbers of steps; one that has lifted the pen stays where it did."""
    steps = futures.offsets.shape[2]
    at = np.linspace(0, steps - 1, MARKS).round().astype(np.int64)
    held = np.minimum(at, futures.lengths[0][:, None] - 1)  # (N, MARKS)
    return np.take_along_axis(futures.paths[0], held[..., None], axis=1)


def _labels(features: np.ndarray, distances: np.ndarray) -> NDArray[np.int64]:
    """A branch (N,) for each future: Ward's clustering of features (N, F) into the most branches whose mean silhouette is nearly the best."""
    best, label = 0.0, np.zeros(len(features), np.int64)
    for _, tried in sorted(ward(features, min(MOST_BRANCHES, len(features) - 1)).items()):
        if np.bincount(tried).min() < LEAST_SHARE * len(features) or not distances.any():
            continue
        score = silhouette(distances, tried)
        best = max(best, score)
        if score >= max(NEARLY_BEST * best, LEAST_SILHOUETTE):
            label = tried
    return label


@torch.inference_mode()
def next_step(
    model: HandwritingModel | TextModel, trace: CellTrace, point: int, sharpness: Sharpness, grid: int = GRID, window: WindowTrace | None = None
) -> NextStep:
    """The mixture after one point, sharpened as the futures are; a text network's by its `window`'s record too."""
    scale, shift = torch.from_numpy(sharpness.affine(model.config.components))
    raw = model.output(torch.from_numpy(known_states(model, trace, window)[point])) * scale + shift
    params = split_params(raw)
    pi, mu, sigma = params.pi.numpy(), params.mu.numpy(), params.sigma.numpy()
    centre = pi @ mu
    # two standard deviations of the whole mixture to each side hold nearly all of it
    reach = 2 * np.sqrt((pi @ (sigma**2 + (mu - centre) ** 2)).max()) + 0.05
    at = torch.from_numpy(np.linspace(-reach, reach, grid, dtype=np.float32))
    y, x = torch.meshgrid(at + float(centre[1]), at + float(centre[0]), indexing="ij")
    density = (-nll(raw, torch.stack((x, y, torch.zeros_like(x)), dim=-1)).xy).exp().numpy()
    left, top = (float(c) - float(reach) for c in centre)
    return NextStep(pi, mu, sigma, params.rho.numpy(), float(params.eos_logit.sigmoid()), density, left, top, 2 * float(reach))
