"""Whatever is in a cell map or a lines file: what its users can rely on, or one sentence."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hwmodel.cells.article_claims import findings, top_first
from hwmodel.cells.atlas import load_cell_map, map_path, report
from hwmodel.cells.ordering import METHODS
from hwmodel.cells.roles import ROLE_KEYS
from hwmodel.data.lines import load_lines
from hwmodel.network.shipped import CheckpointError
from hwmodel.views.cell_view import RowNames
from tests.support.changes import CHANGES, ENDS, JSON, PLAIN, Changes, changed

CELLS = 6
ABOUT: dict[str, Any] = {
    "fingerprint": "f",
    "lines": "made-up lines",
    "quality": 0.2,
    "table": [{"method": method, "quality": 0.1, "halves": 0.5, "seeds": None} for method in METHODS],
}
MAP = {
    "permutation": np.arange(CELLS, dtype=np.int16),
    "sign": np.ones(CELLS, np.int8),
    "permutations": np.tile(np.arange(CELLS, dtype=np.int16), (len(METHODS), 1)),
    "role_keys": np.array(ROLE_KEYS),
    "effects": np.full((3, len(ROLE_KEYS), CELLS), 0.4, np.float32),
    "preferred": np.zeros(CELLS, np.float32),
    "name": np.full(CELLS, -1, np.int8),
}
LINES = {
    "names": np.array(["a", "b"]),
    "split": np.array(["train", "validation"]),
    "lengths": np.array([3, 2], np.int32),
    "xy": np.zeros((5, 2), np.int16),
    "pen_up": np.array([0, 1, 1, 0, 1], np.uint8),
    "texts": np.array(["one", ""]),
}
ARRAYS = st.one_of(
    st.none(),
    st.builds(np.full, st.sampled_from([(), (2,), (5, 2), (CELLS,), (CELLS, CELLS), (3, len(ROLE_KEYS), CELLS)]), st.integers(-2, 99)),
    st.builds(np.array, st.lists(st.floats() | st.integers(-5, 5), max_size=CELLS)),
    st.builds(np.array, st.lists(st.text(max_size=2), max_size=CELLS)),
    st.builds(np.array, st.booleans()),
)
often = settings(max_examples=200, derandomize=True, deadline=None, database=None)


def packed(arrays: dict[str, Any]) -> bytes:
    """An npz of all arrays that are none of None."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **{name: array for name, array in arrays.items() if array is not None})
    return file.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("maps")


@often
@given(
    odd=st.dictionaries(st.sampled_from(sorted(MAP)), ARRAYS, max_size=2),
    about=st.just(ABOUT) | JSON | st.fixed_dictionaries({}, optional={name: JSON | PLAIN for name in ABOUT}).map(lambda odd: ABOUT | odd),
    changes=st.just([]) | CHANGES,
    end=st.just(10**6) | ENDS,
)
def test_an_odd_cell_map_is_a_map_or_one_sentence(folder: Path, odd: dict[str, Any], about: Any, changes: Changes, end: int) -> None:
    map_path("odd", folder).write_bytes(changed(packed({"about": np.array(json.dumps(about))} | MAP | odd), changes, end))
    try:
        cell_map = load_cell_map("odd", "f", folder, CELLS)
    except CheckpointError as error:
        assert len(str(error)) < 1000
        return
    for method in METHODS:
        assert sorted(cell_map.other_order(method).permutation) == list(range(CELLS))
    assert report(cell_map) and len(findings(cell_map.roles, cell_map.order)) and np.isfinite(top_first(cell_map.roles)).all()
    assert len(RowNames.of(cell_map.roles).evidence) == CELLS


def test_the_map_these_tests_change_is_a_good_one_and_of_these_cells(folder: Path) -> None:
    map_path("good", folder).write_bytes(packed({"about": np.array(json.dumps(ABOUT))} | MAP))
    assert load_cell_map("good", "f", folder, CELLS).order.quality == 0.2
    with pytest.raises(CheckpointError, match=r"it is of 6 cells, and the network has 500\); make it with"):
        load_cell_map("good", "f", folder, 500)


@often
@given(
    odd=st.dictionaries(st.sampled_from([*LINES, "writers", "kind", "text_exact", "collection", "licence"]), ARRAYS, max_size=2),
    changes=st.just([]) | CHANGES,
    end=st.just(10**6) | ENDS,
)
def test_an_odd_lines_file_is_lines_or_one_sentence(folder: Path, odd: dict[str, Any], changes: Changes, end: int) -> None:
    path = folder / "lines.npz"
    path.write_bytes(changed(packed(LINES | odd), changes, end))
    try:
        lines = load_lines(path)
    except ValueError as error:
        assert len(str(error)) < 1000
        return
    for index in lines.choose():
        assert np.isfinite(lines.offsets(int(index))).all()
