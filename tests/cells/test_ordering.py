from __future__ import annotations

import numpy as np
import pytest

from hwmodel.cells.article_claims import top_first
from hwmodel.cells.mapping import halves
from hwmodel.cells.ordering import METHODS, Moments, neighbour_correlation, order_cells, window_features
from hwmodel.cells.recording import record_lines
from hwmodel.cells.roles import Read, measure_roles
from hwmodel.cells.trace import CellTrace
from hwmodel.data.lines import load_lines
from hwmodel.ink.strokes import Strokes
from tests.conftest import SHARED, needs_shared
from tests.support.reference import WEIGHTS, reference_model

CELLS = 40
IAM = "data/iam_ondb_lines.npz"


def shuffled_waves(seed: int, lines: int = 4, steps: int = 200) -> list[CellTrace]:
    """Cells that follow one another along a wave, some turned over, in a shuffled order that is always the same; lines and noise are the seed's."""
    fixed = np.random.default_rng(5)
    place, sign = fixed.permutation(CELLS), fixed.choice((-1.0, 1.0), CELLS)
    rng = np.random.default_rng(seed)
    traces = []
    for _ in range(lines):
        time = np.cumsum(rng.uniform(0.1, 0.4, steps))[:, None]
        cell = (0.5 + np.sin(time - 2 * np.pi * place / CELLS) + 0.2 * rng.normal(size=(steps, CELLS))) * sign
        traces.append(CellTrace(np.tanh(cell), cell.astype(np.float32)))
    return traces


@pytest.fixture(scope="module")
def traces() -> list[CellTrace]:
    return shuffled_waves(0)


TOP = np.random.default_rng(5).permutation(CELLS).astype(float)  # the true place: larger belongs to the top


@pytest.mark.parametrize("method", METHODS)
def test_order_is_a_permutation(traces: list[CellTrace], method: str) -> None:
    order = order_cells(traces, TOP, method=method, perplexity=5)
    assert sorted(order.permutation) == list(range(CELLS)) and set(order.sign) <= {-1, 1}
    np.testing.assert_array_equal(order.permutation[order.ranks], np.arange(CELLS))


@pytest.mark.parametrize("method", ["hierarchical", "tsne"])
def test_neighbours_do_alike_on_lines_the_order_was_not_made_from(traces: list[CellTrace], method: str) -> None:
    other = shuffled_waves(1)
    made, own = order_cells(traces, TOP, other, method, perplexity=5), order_cells(traces, TOP, other, "network")
    assert made.quality > own.quality + 0.3
    assert made.quality == pytest.approx(neighbour_correlation(made.permutation, made.sign, other))


@pytest.mark.parametrize("method", ["pca", "spectral", "hierarchical", "tsne"])
def test_the_top_is_where_it_should_be(traces: list[CellTrace], method: str) -> None:
    for top in (TOP, -TOP):
        order = order_cells(traces, top, method=method, perplexity=5)
        assert np.corrcoef(order.ranks, top)[0, 1] < 0


def test_cells_turned_over_are_turned_back(traces: list[CellTrace]) -> None:
    order = order_cells(traces, TOP, method="pca")
    assert all((order.apply(trace.cell).mean(axis=0) > 0).all() for trace in traces)


def test_same_seed_gives_the_same_order_and_another_seed_another() -> None:
    """Of cells that have no order, as those of a wave find theirs from any start."""
    noise = np.random.default_rng(0).normal(size=(200, CELLS)).astype(np.float32)
    one, same, other = (order_cells([CellTrace(noise, noise)], TOP, perplexity=5, seed=seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(one.permutation, same.permutation)
    assert (one.permutation != other.permutation).any()


def test_progress_rises_to_one_and_what_it_raises_ends_the_work(traces: list[CellTrace]) -> None:
    seen: list[float] = []
    order_cells(traces, TOP, perplexity=5, progress=seen.append)
    assert seen == sorted(seen) and seen[0] == 0 and seen[-1] == 1

    def stop(done: float) -> None:
        if done > 0:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        order_cells(traces, TOP, perplexity=5, progress=stop)


def test_windows_are_sorted_as_numbers() -> None:
    values = np.array([10, 9, -2, -10, 1, 0.5, 3, 2, 2, 100], np.float32)[:, None]
    features = window_features(values)[:, 0]
    np.testing.assert_allclose(features[:10], [-10, -2, 1, 9, 10, 0.5, 2, 2, 3, 100])
    assert len(features) == 20 and -10 < features[10] < 0.5  # blurred with the other window


def test_moments_give_numpys_correlations(traces: list[CellTrace]) -> None:
    together = np.concatenate([trace.cell for trace in traces])
    np.testing.assert_allclose(Moments.of(traces).correlation(), np.corrcoef(together, rowvar=False), atol=1e-4)


def test_a_cell_that_never_moves_gets_a_row_too(traces: list[CellTrace]) -> None:
    still = [CellTrace(trace.hidden, np.where(np.arange(CELLS) == 3, 0.25, trace.cell).astype(np.float32)) for trace in traces]
    for method in METHODS:
        order = order_cells(still, TOP, method=method, perplexity=5)
        assert sorted(order.permutation) == list(range(CELLS)) and np.isfinite(order.quality)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"method": "tarot"}, "no method 'tarot'"), ({"perplexity": 20}, "perplexity must be"), ({"traces": []}, "not one step")],
)
def test_what_makes_no_sense_is_refused(traces: list[CellTrace], wrong: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        order_cells(**{"traces": traces, "top": TOP, "perplexity": 5} | wrong)


@needs_shared(WEIGHTS)
@needs_shared(IAM)
def test_our_order_passes_the_articles_on_its_own_weights() -> None:
    """Its published order reaches .172 there; unsorted cells .010 and the spectral order .158. Lines: 12 to sort by, 12 others to judge by."""
    lines = load_lines(SHARED / IAM)
    inks = [Strokes(lines.offsets(i)[:400]) for i in lines.choose("validation")[:24]]
    read = record_lines(reference_model(), inks)
    sorting, judging = read[:12], read[12:]
    top = top_first(measure_roles(*halves(Read(inks[:12], sorting))))
    quality = {method: order_cells(sorting, top, judging, method).quality for method in ("network", "spectral", "tsne")}
    assert abs(quality["network"]) < 0.03
    assert quality["spectral"] == pytest.approx(0.158, abs=0.04)
    assert quality["tsne"] > 0.25
