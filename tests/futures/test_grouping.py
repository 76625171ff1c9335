"""Groups and how well they stand apart, beside scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import silhouette_score

from hwmodel.futures.grouping import silhouette, ward


@pytest.mark.parametrize("seed", range(6))
def test_groups_and_their_silhouette_are_scikit_learns(seed: int) -> None:
    rng = np.random.default_rng(seed)
    features = np.repeat(rng.normal(0, 3, (4, 5)), [30, 9, 5, 2], axis=0) + rng.normal(0, 1, (46, 5))
    distances = np.hypot.reduce(features[:, None] - features[None], axis=-1)
    found = ward(features, 5)
    assert sorted(found) == [2, 3, 4, 5]
    for count, group in found.items():
        theirs = AgglomerativeClustering(count).fit_predict(features)
        np.testing.assert_array_equal(group[:, None] == group, theirs[:, None] == theirs)
        assert silhouette(distances, group) == pytest.approx(silhouette_score(distances, theirs, metric="precomputed"))


def test_things_that_are_all_the_same_stand_nowhere_apart() -> None:
    assert [set(group) for group in ward(np.zeros((4, 2)), 3).values()] == [{0, 1, 2}, {0, 1}]
    assert silhouette(np.zeros((4, 4)), np.array([0, 0, 1, 1])) == 0
    assert ward(np.zeros((1, 2)), 5) == {}
