"""An order of the cells in which neighbours do alike: one-dimensional t-SNE as in the Distill article, and other ways to compare it with.

Letters: T steps, H cells. Free of torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from hwmodel.cells.trace import CellTrace
from hwmodel.cells.tsne import Progress, places_on_a_line

WINDOW = 5  # steps whose values are sorted: their percentiles
BLUR = np.array([0.2, 0.4, 1.0, 0.4, 0.2])  # over neighbouring windows; both numbers are the article's
START = 20.0  # spread of the places at the start, near that at the end, so that cells stay in the part of the picture where their role puts them
JITTER = 0.1  # what the seed adds to the start, as a share of its spread
METHODS = {
    "network": "the network's own order",
    "pca": "first principal component",
    "spectral": "spectral",
    "hierarchical": "hierarchical, optimal leaf order",
    "tsne": "one-dimensional t-SNE",
}


@dataclass(frozen=True)
class CellOrder:
    """Which cell stands in which row, and which cells are shown with their sign turned."""

    permutation: np.ndarray  # (H,) int: the cell at each rank; rank 0 is the top row
    sign: np.ndarray  # (H,) int8, 1 or -1, by cell (not by rank)
    quality: float  # mean correlation of neighbouring cells after flips, on the lines `order_cells` was given to judge it by

    @property
    def ranks(self) -> np.ndarray:
        """(H,) int: the rank of each cell."""
        return np.argsort(self.permutation)

    def apply(self, values: np.ndarray) -> np.ndarray:
        """Values (..., H) by cell as values by rank, with the flips."""
        return np.asarray((values * self.sign)[..., self.permutation])


def network_order(cells: int) -> CellOrder:
    """The cells as the network numbers them, unflipped; no quality."""
    return CellOrder(np.arange(cells), np.ones(cells, np.int8), float("nan"))


def order_cells(
    traces: Sequence[CellTrace],
    top: np.ndarray,
    judge: Sequence[CellTrace] = (),
    method: str = "tsne",
    perplexity: float = 10.0,
    seed: int = 0,
    progress: Progress = lambda done: None,
    steady: np.ndarray | None = None,
) -> CellOrder:
    """An order made from the traces of some lines, and its quality on `judge`, lines it was not made from (on its own lines where there are none).

    `top` (H,) is larger for cells that belong to the top. t-SNE starts from the cells in its order (left to itself it puts groups of cells anywhere,
    with each seed elsewhere); the other methods are only turned the right way up by it. Cells that hardly move, where `steady` (H,) bool names them,
    stand together at the end, but in the network's own order. Raises ValueError for an unknown method, a perplexity that is not between 1 and a third
    of the cells, or no steps at all.

    >>> from hwmodel.cells.recording import record_cells
    >>> from hwmodel.ink.shapes import shape
    >>> from hwmodel.network.checkpoint import load_checkpoint
    >>> trace = record_cells(load_checkpoint("unipen").model, shape("Loops"))
    >>> order = order_cells([trace], top=np.arange(500), method="spectral")
    >>> order.apply(trace.cell).shape == trace.cell.shape
    True
    """
    sign, moments = flips(traces), Moments.of(traces)
    cells = len(sign)
    if method not in METHODS:
        raise ValueError(f"no method {method!r}; there are {', '.join(METHODS)}")
    if not 1 <= perplexity <= cells / 3:
        raise ValueError(f"perplexity must be between 1 and a third of the {cells} cells, got {perplexity:g}")
    if method == "network":
        place = np.arange(cells, dtype=float)
    elif method == "pca":
        place = first_component(moments.correlation() * np.outer(sign, sign))
    elif method == "spectral":
        place = fiedler_vector(moments.correlation() * np.outer(sign, sign))
    else:
        distances = window_distances(traces, sign, moments)
        place = leaf_places(distances) if method == "hierarchical" else tsne_places(distances, -top, perplexity, seed, progress)
    permutation = np.argsort(place, kind="stable")
    if method != "network" and np.corrcoef(np.arange(cells), top[permutation])[0, 1] > 0:
        permutation = permutation[::-1].copy()
    if method != "network" and steady is not None:
        permutation = permutation[np.argsort(steady[permutation], kind="stable")]
    return CellOrder(permutation, sign, neighbour_correlation(permutation, sign, judge or traces))


def flips(traces: Sequence[CellTrace]) -> np.ndarray:
    """(H,) int8: -1 for a cell whose sum over all steps is negative (the article's trick, on many lines instead of one)."""
    return np.where(sum(trace.cell.sum(axis=0, dtype=np.float64) for trace in traces) < 0, -1, 1).astype(np.int8)


def neighbour_correlation(permutation: np.ndarray, sign: np.ndarray, traces: Sequence[CellTrace]) -> float:
    """Mean correlation of cells of neighbouring rank over all steps of the traces, after flips."""
    correlation = Moments.of(traces).correlation() * np.outer(sign, sign)
    return float(correlation[permutation[:-1], permutation[1:]].mean())


@dataclass(frozen=True)
class Moments:
    """What means, deviations and correlations over all steps need."""

    steps: int
    total: np.ndarray  # (H,) float64
    products: np.ndarray  # (H, H) float64

    @classmethod
    def of(cls, traces: Sequence[CellTrace]) -> Moments:
        steps = sum(map(len, traces))
        if not steps:
            raise ValueError("there is not one step to compare cells by; write some ink first")
        return cls(steps, sum(t.cell.sum(axis=0, dtype=np.float64) for t in traces), sum((t.cell.T @ t.cell).astype(np.float64) for t in traces))

    @property
    def mean(self) -> np.ndarray:
        """(H,)"""
        return self.total / self.steps

    @property
    def deviation(self) -> np.ndarray:
        """(H,) standard deviation; a cell that never moves has a tiny one instead of 0."""
        return np.asarray(np.sqrt(np.maximum(np.diag(self.products) / self.steps - self.mean**2, 1e-12)))

    def correlation(self) -> np.ndarray:
        """(H, H) Pearson correlations."""
        covariance = self.products / self.steps - np.outer(self.mean, self.mean)
        return covariance / np.outer(self.deviation, self.deviation)


def window_features(values: np.ndarray) -> np.ndarray:
    """(2T', H) of values (T, H): each window of five steps sorted, which are its percentiles, and the same blurred over neighbouring windows.

    So two cells are alike if they take the same values at about the same time. T' is T cut to whole windows; sorting is by number (the article's
    code sorted as text).
    """
    windows = np.sort(values[: len(values) // WINDOW * WINDOW].reshape(-1, WINDOW, values.shape[1]), axis=1)
    padded = np.pad(windows, ((len(BLUR) // 2, len(BLUR) // 2), (0, 0), (0, 0)), mode="edge") if len(windows) else windows
    blurred = sum(weight * padded[k : k + len(windows)] for k, weight in enumerate(BLUR / BLUR.sum()))
    return np.concatenate((windows, blurred)).reshape(-1, values.shape[1])


def window_distances(traces: Sequence[CellTrace], sign: np.ndarray, moments: Moments) -> np.ndarray:
    """(H, H) root mean square difference of the cells' window features, each cell flipped and measured in its own standard deviations.

    (The article compares raw cells, and so puts quiet cells together and loud ones together, whatever they do.)
    """
    products, count = np.zeros((len(sign), len(sign))), 0
    for trace in traces:
        features = window_features(((trace.cell - moments.mean) * (sign / moments.deviation)).astype(np.float32))
        products += features.T @ features
        count += len(features)
    if not count:
        raise ValueError(f"an order needs a line of at least {WINDOW} steps")
    squares = np.diag(products)
    return np.sqrt(np.maximum(squares[:, None] + squares - 2 * products, 0) / count)


def first_component(correlation: np.ndarray) -> np.ndarray:
    """(H,) loading of each cell on the first principal component."""
    return np.linalg.eigh(correlation)[1][:, -1]


def fiedler_vector(correlation: np.ndarray) -> np.ndarray:
    """(H,) second eigenvector of the normalised graph Laplacian whose edges are the positive correlations."""
    affinity = np.maximum(correlation, 0)
    scale = affinity.sum(axis=0) ** -0.5
    laplacian = np.eye(len(affinity)) - affinity * np.outer(scale, scale)
    return np.asarray(scale * np.linalg.eigh(laplacian)[1][:, 1])


def leaf_places(distances: np.ndarray) -> np.ndarray:
    """(H,) place of each cell in the optimal leaf order (Bar-Joseph et al. 2001) of a Ward tree."""
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    condensed = squareform(distances, checks=False)
    return np.argsort(leaves_list(linkage(condensed, "ward", optimal_ordering=True)))


def tsne_places(distances: np.ndarray, start: np.ndarray, perplexity: float, seed: int, progress: Progress) -> np.ndarray:
    """(H,) place of each cell on the line of a one-dimensional t-SNE that begins with the cells in the order of `start` (H,)."""
    cells, normal = len(distances), NormalDist().inv_cdf
    place = np.array([normal(rank / (cells + 1)) for rank in average_ranks(start)]) + JITTER * np.random.default_rng(seed).normal(size=cells)
    return places_on_a_line(distances, START * place, perplexity, progress)


def average_ranks(values: np.ndarray) -> np.ndarray:
    """(H,) ranks from 1; equal values share the mean of theirs."""
    _, which, count = np.unique(values, return_inverse=True, return_counts=True)
    last = count.cumsum()
    return np.asarray((last - (count - 1) / 2)[which])
