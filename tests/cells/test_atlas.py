"""The shipped order and roles: written, read, refused, and there for every checkpoint."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from hwmodel.cells.article_claims import findings, top_first
from hwmodel.cells.atlas import UNNAMED_ROLES, CellMap, load_cell_map, map_path, report, role_agreement, save_cell_map
from hwmodel.cells.mapping import COUNT, choose_lines, make_cell_map, read_lines
from hwmodel.cells.ordering import METHODS
from hwmodel.cells.roles import NO_ROLE, ROLE_KEYS, ROLES
from hwmodel.data.lines import save_lines
from hwmodel.ink.strokes import Strokes
from hwmodel.map_cells import main
from hwmodel.network.checkpoint import Checkpoint, save_checkpoint
from hwmodel.network.model import HandwritingModel
from hwmodel.network.shipped import CheckpointError
from hwmodel.views.cell_view import RowNames
from tests.support.lines import made_up_lines, wavy_offsets
from tests.support.models import small_model, small_text_model

CELLS = 36


@pytest.fixture(scope="module")
def checkpoint() -> Checkpoint[HandwritingModel]:
    return Checkpoint("small", small_model(CELLS, components=2), "abc", {})


@pytest.fixture(scope="module")
def cell_map(checkpoint: Checkpoint[HandwritingModel]) -> CellMap:
    return make_cell_map(checkpoint, [Strokes(wavy_offsets(80, seed)) for seed in range(12)], [""] * 12, "12 made-up lines")


def test_a_map_survives_a_round_trip(cell_map: CellMap, tmp_path: Path) -> None:
    save_cell_map(map_path("small", tmp_path), cell_map)
    again = load_cell_map("small", "abc", tmp_path)
    np.testing.assert_array_equal(again.order.permutation, cell_map.order.permutation)
    np.testing.assert_array_equal(again.order.sign, cell_map.order.sign)
    for one, other in zip(vars(again.roles).values(), vars(cell_map.roles).values(), strict=True):
        np.testing.assert_array_equal(one, other)
    assert (again.table, again.lines, again.order.quality) == (cell_map.table, cell_map.lines, cell_map.order.quality)
    for method in METHODS:
        assert sorted(again.other_order(method).permutation) == list(range(CELLS))
    np.testing.assert_array_equal(again.other_order("tsne").permutation, again.order.permutation)
    assert again.usual is not None and cell_map.usual is not None
    for one, other in zip(vars(again.usual).values(), vars(cell_map.usual).values(), strict=True):
        np.testing.assert_array_equal(one, other)
    assert again.moving == CELLS - again.usual.steady.sum()
    assert role_agreement(again, cell_map) == pytest.approx(1.0)


def test_an_older_map_does_not_say_what_is_usual(cell_map: CellMap, tmp_path: Path) -> None:
    assert cell_map.usual is not None
    save_cell_map(map_path("small", tmp_path), cell_map)
    again = load_cell_map("small", "abc", tmp_path).usual
    assert again is not None
    np.testing.assert_array_equal(again.reach, cell_map.usual.reach)
    rewritten(map_path("small", tmp_path), usual_median=None, usual_reach=None, usual_steady=None)
    assert load_cell_map("small", "abc", tmp_path).usual is None


def rewritten(path: Path, **change: np.ndarray | None) -> None:
    """Change arrays of a file, or leave them out (None)."""
    with np.load(path) as stored:
        arrays = dict(stored) | change
    np.savez(path, **{name: array for name, array in arrays.items() if array is not None})


def test_a_map_from_before_the_usual_values_is_read_without_them(cell_map: CellMap, tmp_path: Path) -> None:
    path = map_path("small", tmp_path)
    save_cell_map(path, cell_map)
    rewritten(path, usual_median=None, usual_reach=None, usual_steady=None)
    again = load_cell_map("small", "abc", tmp_path)
    assert again.usual is None and again.moving == CELLS


def test_usual_values_of_other_cells_are_refused(cell_map: CellMap, tmp_path: Path) -> None:
    path = map_path("small", tmp_path)
    save_cell_map(path, cell_map)
    rewritten(path, usual_median=np.zeros(3, np.float32), usual_reach=np.ones(3, np.float32), usual_steady=np.zeros(3, bool))
    with pytest.raises(CheckpointError, match="what is usual is known of 3 cells"):
        load_cell_map("small", "abc", tmp_path)


def older_map(cell_map: CellMap, path: Path, *missing: str) -> None:
    """A map that was made before some roles were there."""
    kept = [number for number, key in enumerate(ROLE_KEYS) if key not in missing]
    figures = np.stack((cell_map.roles.effect, cell_map.roles.low, cell_map.roles.high))[:, kept]
    name = np.array([kept.index(number) if number in kept else NO_ROLE for number in cell_map.roles.name], np.int8)
    save_cell_map(path, cell_map)
    rewritten(path, effects=figures, name=name, role_keys=np.array(ROLE_KEYS)[kept])


@pytest.mark.parametrize("missing", ["direction", "word_position", "stroke_start"])
def test_a_role_that_was_added_since_is_not_measured_and_the_others_stay(cell_map: CellMap, tmp_path: Path, missing: str) -> None:
    older_map(cell_map, map_path("small", tmp_path), missing)
    again, at = load_cell_map("small", "abc", tmp_path), ROLE_KEYS.index(missing)
    assert again.roles.measured.tolist() == [key != missing for key in ROLE_KEYS]
    assert (again.roles.strength[at] == 0).all() and not (again.roles.name == at).any()
    np.testing.assert_array_equal(np.delete(again.roles.effect, at, 0), np.delete(cell_map.roles.effect, at, 0))
    others = cell_map.roles.name != at
    np.testing.assert_array_equal(again.roles.name[others], cell_map.roles.name[others])
    assert f"{ROLES[at].name:22}  not measured" in report(again)
    assert len(findings(again.roles, again.order)) and np.isfinite(top_first(again.roles)).all()
    assert len(RowNames.of(again.roles).evidence) == CELLS
    assert 0 < role_agreement(again, cell_map) < 1


def test_a_role_that_is_no_more_is_left_out(cell_map: CellMap, tmp_path: Path) -> None:
    save_cell_map(map_path("small", tmp_path), cell_map)
    rewritten(map_path("small", tmp_path), role_keys=np.array(["mood", *ROLE_KEYS[1:]]))
    again = load_cell_map("small", "abc", tmp_path)
    assert not again.roles.measured[0] and again.roles.measured[1:].all() and not (again.roles.name == 0).any()


def test_a_map_that_names_no_roles_has_the_first_ten(cell_map: CellMap, tmp_path: Path) -> None:
    older_map(cell_map, map_path("small", tmp_path), *(key for key in ROLE_KEYS if key not in UNNAMED_ROLES))
    rewritten(map_path("small", tmp_path), role_keys=None)
    first = [ROLE_KEYS.index(key) for key in UNNAMED_ROLES]
    np.testing.assert_array_equal(load_cell_map("small", "abc", tmp_path).roles.effect[first], cell_map.roles.effect[first])


def test_a_map_whose_roles_do_not_fit_is_refused(cell_map: CellMap, tmp_path: Path) -> None:
    save_cell_map(map_path("small", tmp_path), cell_map)
    rewritten(map_path("small", tmp_path), role_keys=np.array(ROLE_KEYS[:4]))
    with pytest.raises(CheckpointError, match="4 roles of 36 cells"):
        load_cell_map("small", "abc", tmp_path)


def test_every_method_and_role_is_in_the_report(cell_map: CellMap) -> None:
    told = report(cell_map)
    assert all(name in told for name in METHODS.values()) and all(role.name in told for role in ROLES)


def test_a_map_of_other_weights_is_refused(cell_map: CellMap, tmp_path: Path) -> None:
    save_cell_map(map_path("small", tmp_path), cell_map)
    with pytest.raises(CheckpointError, match="made for other weights"):
        load_cell_map("small", "other", tmp_path)


def test_a_missing_or_broken_map_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"has no cell map.*python -m hwmodel.map_cells"):
        load_cell_map("small", folder=tmp_path)
    map_path("small", tmp_path).write_bytes(b"PK nothing")
    with pytest.raises(CheckpointError, match="broken"):
        load_cell_map("small", folder=tmp_path)


def test_the_command_writes_the_map_beside_the_checkpoint(
    checkpoint: Checkpoint[HandwritingModel], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_checkpoint(tmp_path / "small.safetensors", checkpoint.model, {})
    save_lines(tmp_path / "lines.npz", made_up_lines(4 * COUNT, 30))
    assert main([str(tmp_path / "small.safetensors"), "--lines", str(tmp_path / "lines.npz")]) == 0
    assert "one-dimensional t-SNE" in capsys.readouterr().out
    assert len(load_cell_map("small", folder=tmp_path).order.permutation) == CELLS


def test_too_few_lines_are_named() -> None:
    with pytest.raises(ValueError, match=f"needs {COUNT} lines, but there are"):
        choose_lines(made_up_lines(), "validation", None)
    with pytest.raises(ValueError, match=f"needs {COUNT} lines with a text that can be trusted, but there are 0"):
        choose_lines(made_up_lines(4 * COUNT), "validation", None, told=True)


def test_a_text_networks_cells_are_read_while_it_is_told_what_the_lines_say() -> None:
    model, inks = small_text_model(), [Strokes(wavy_offsets(steps, steps)) for steps in (30, 50)]
    one, other = (read_lines(model, inks, texts).traces for texts in (["abc", "cab"], ["cab", "cab"]))
    assert np.abs(one[0].cell - other[0].cell).max() > 1e-4
    np.testing.assert_allclose(one[1].cell, other[1].cell, atol=1e-6)


@pytest.mark.parametrize("path", sorted(map_path("x").parent.glob("*.cells.npz")), ids=lambda path: path.name)
def test_a_shipped_map_fits_its_checkpoint_and_loads_at_once(path: Path) -> None:
    from hwmodel.network.checkpoint import load_any_checkpoint

    name = path.name.removesuffix(".cells.npz")
    shipped = load_cell_map(name, load_any_checkpoint(name).fingerprint)
    with np.load(path) as stored:
        assert set(stored["role_keys"]) <= set(ROLE_KEYS)
    assert shipped.roles.measured.all() and shipped.usual is not None
    assert sorted(shipped.order.permutation) == list(range(500))
    assert shipped.order.quality > 0.172  # the article's, on its own weights
    best = min(_seconds(lambda: load_cell_map(name)) for _ in range(5))
    assert best < 0.02  # 5 ms where the processor is ours alone


def _seconds(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before
