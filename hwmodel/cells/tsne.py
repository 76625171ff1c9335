"""t-SNE on a line (van der Maaten and Hinton 2008) for some hundred points, exact, from a start that is kept. numpy only.

Letters: H points. Beside the paper: neighbours' places attract at their plain strength from the beginning, because more would undo the start.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

ITERATIONS = 1500
BETWEEN_REPORTS = 25  # iterations
MOMENTUM = (0.5, 0.8)  # at first, and after EARLY iterations, as in the paper
EARLY = 250
LEAST_RATE = 50.0
SLOWEST = 0.01  # of the factor on each point's rate
TRIES = 64  # at most, to find a point's bandwidth
CLOSE = 1e-5  # nats of entropy
TINY = 1e-12

Progress = Callable[[float], None]  # called with the share that is done; what it raises ends the work


def places_on_a_line(distances: np.ndarray, start: np.ndarray, perplexity: float, progress: Progress = lambda done: None) -> np.ndarray:
    """(H,) float32 places of points with distances (H, H), beginning at `start` (H,)."""
    attraction = joint(affinities(distances.astype(np.float64) ** 2, perplexity)).astype(np.float32)
    place, step, factor = start.astype(np.float32), np.zeros(len(start), np.float32), np.ones(len(start), np.float32)
    rate = max(len(start) / 4, LEAST_RATE)
    for iteration in range(ITERATIONS):
        if iteration % BETWEEN_REPORTS == 0:
            progress(iteration / ITERATIONS)
        gradient = gradient_at(place, attraction)
        # a point that goes on in its direction goes faster, one that swings goes slower (Jacobs 1988)
        factor = np.maximum(np.where(gradient * step < 0, factor + 0.2, factor * 0.8), SLOWEST).astype(np.float32)
        step = MOMENTUM[iteration >= EARLY] * step - rate * factor * gradient
        place = place + step
    progress(1.0)
    return place


def affinities(squares: np.ndarray, perplexity: float) -> np.ndarray:
    """(H, H): row i is how likely i would choose each other point as its neighbour, under a Gaussian of squared distances (H, H) whose bandwidth
    makes its entropy the logarithm of the perplexity."""
    others = ~np.eye(len(squares), dtype=bool)
    nearest = squares.min(axis=1, where=others, initial=np.inf, keepdims=True)
    rest = np.where(others, squares - nearest, 0)  # the nearest at 0: the same choice, and no row of zeros
    precision, low, high = np.ones(len(squares)), np.zeros(len(squares)), np.full(len(squares), np.inf)
    for _ in range(TRIES):
        weight = np.exp(-rest * precision[:, None]) * others
        total = weight.sum(axis=1)
        entropy = np.log(total) + precision * (rest * weight).sum(axis=1) / total
        wide = entropy > np.log(perplexity)
        if (np.abs(entropy - np.log(perplexity)) < CLOSE).all():
            break
        low, high = np.where(wide, precision, low), np.where(wide, high, precision)
        precision = np.where(np.isinf(high), precision * 2, (low + high) / 2)
    return np.asarray(weight / total[:, None])


def joint(conditional: np.ndarray) -> np.ndarray:
    """(H, H) symmetric, with a sum of 1."""
    both = conditional + conditional.T
    return np.asarray(np.maximum(both / both.sum(), TINY))


def gradient_at(place: np.ndarray, attraction: np.ndarray) -> np.ndarray:
    """(H,) of the divergence between the attraction (H, H) and the neighbourhoods of places (H,) under Student's t of one degree of freedom."""
    apart = place[:, None] - place
    near = 1 / (1 + apart * apart)
    np.fill_diagonal(near, 0)
    return np.asarray(4 * ((attraction - near / near.sum()) * near * apart).sum(axis=1))
