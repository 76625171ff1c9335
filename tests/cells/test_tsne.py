"""t-SNE on a line."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy.stats import spearmanr
from sklearn.manifold import TSNE

from hwmodel.cells.tsne import affinities, places_on_a_line

RNG = np.random.default_rng(3)
BEND = np.sort(RNG.uniform(0, 1, 60))
POINTS = np.stack((np.cos(3 * BEND), np.sin(3 * BEND), 0.05 * RNG.normal(size=60)), axis=1)  # along a bow
DISTANCES = np.hypot.reduce(POINTS[:, None] - POINTS[None], axis=-1)
START = 20 * (BEND - BEND.mean()) + RNG.normal(0, 3, 60)


def test_points_along_a_bow_come_in_their_order() -> None:
    assert spearmanr(START, BEND).statistic < 0.97
    assert abs(spearmanr(places_on_a_line(DISTANCES, START, 8.0), BEND).statistic) > 0.98


def test_the_order_is_scikit_learns() -> None:
    ours = places_on_a_line(DISTANCES, START, 8.0)
    theirs = TSNE(
        1, perplexity=8, metric="precomputed", method="exact", init=START[:, None].astype(np.float32), early_exaggeration=1.0, max_iter=1500
    )
    assert spearmanr(ours, theirs.fit_transform(DISTANCES.copy())[:, 0]).statistic > 0.99


@pytest.mark.parametrize("perplexity", [2.0, 8.0, 19.0])
def test_every_point_has_as_many_neighbours_as_the_perplexity_says(perplexity: float) -> None:
    chosen = affinities(DISTANCES**2, perplexity)
    np.testing.assert_allclose(chosen.sum(axis=1), 1)
    entropy = -(chosen * np.log(np.maximum(chosen, 1e-300))).sum(axis=1)
    np.testing.assert_allclose(np.exp(entropy), perplexity, rtol=1e-4)
    assert not chosen.diagonal().any()


def test_points_in_one_place_and_far_ones_have_places_too() -> None:
    for distances in (np.zeros((20, 20)), 1e6 * DISTANCES, 1e-9 * DISTANCES):
        assert np.isfinite(places_on_a_line(distances, START[: len(distances)], 5.0)).all()


def test_it_can_be_stopped_soon() -> None:
    """Between two reports lies about a sixtieth of the work."""
    reports: list[float] = []
    began = time.process_time()
    places_on_a_line(DISTANCES, START, 8.0, reports.append)
    assert len(reports) > 50 and reports == sorted(reports) and time.process_time() - began < 5
