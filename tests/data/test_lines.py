from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hwmodel.data.lines import Lines, load_lines, save_lines
from tests.conftest import SHARED, needs_shared


def two_lines() -> Lines:
    return Lines(
        names=np.array(["a-01", "b-01"]),
        split=np.array(["train", "validation"]),
        lengths=np.array([3, 2], np.int32),
        xy=np.array([[0, 0], [40, -20], [5000, 0], [0, 0], [4, 8]], np.int16),
        pen_up=np.array([0, 1, 1, 0, 1], np.uint8),
        texts=np.array(["one", ""]),
        writers=np.array(["w/1", "w/2"]),
        kind=np.array(["written", "composed"]),
        text_exact=np.array([True, False]),
    )


def test_offsets_are_clipped_differences_in_model_units_without_the_first_point() -> None:
    lines = two_lines()
    assert lines.offsets(0).tolist() == [[1.0, -0.5, 1.0], [25.0, 0.5, 1.0]]
    np.testing.assert_allclose(lines.offsets(1), [[0.1, 0.2, 1.0]])


def test_lines_survive_a_round_trip(tmp_path: Path) -> None:
    for number, lines in enumerate((two_lines(), replace(two_lines(), writers=None, kind=None, text_exact=None))):
        path = tmp_path / f"{number}.npz"
        save_lines(path, lines)
        back = load_lines(path)
        for name in ("names", "split", "lengths", "xy", "pen_up", "texts", "writers", "kind", "text_exact"):
            expected, got = getattr(lines, name), getattr(back, name)
            assert (expected is got is None) or (expected.dtype == got.dtype and np.array_equal(expected, got)), name


def test_choosing_by_split_and_kind() -> None:
    lines = two_lines()
    assert lines.choose().tolist() == [0, 1]
    assert lines.choose("validation").tolist() == [1]
    assert lines.choose("train", "composed").tolist() == []
    with pytest.raises(ValueError, match="no line has split 'test'; there are train, validation"):
        lines.choose("test")
    with pytest.raises(ValueError, match="no line is of kind 'typed'"):
        lines.choose(kind="typed")
    with pytest.raises(ValueError, match="no line is of kind 'written'"):
        replace(lines, kind=None).choose(kind="written")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"lengths": np.array([3, 3])}, "add up to 6 points"),
        ({"pen_up": np.zeros(4, np.uint8)}, r"and pen_up \(4,\)"),
        ({"texts": np.array(["one"])}, "texts has 1 rows for 2 lines"),
        ({"writers": np.array(["one"])}, "writers has 1 rows for 2 lines"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(change: dict, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replace(two_lines(), **change)


def test_files_that_are_no_lines_files_are_named(tmp_path: Path) -> None:
    text, array, other, cut = (tmp_path / name for name in ("text.npz", "array.npz", "other.npz", "cut.npz"))
    text.write_text("not at all", "utf-8")
    with array.open("wb") as stored:
        np.save(stored, np.arange(3))
    np.savez(other, names=np.array(["a"]))
    save_lines(cut, two_lines())
    cut.write_bytes(cut.read_bytes()[:-100])
    for path, says in ((text, "is no npz file"), (array, "is no npz file"), (cut, "is no npz file"), (other, "is no lines file: split, lengths")):
        with pytest.raises(ValueError, match=f"{path.name} {says}"):
            load_lines(path)
    with pytest.raises(FileNotFoundError):
        load_lines(tmp_path / "missing.npz")


@needs_shared("data/iam_ondb_lines.npz")
def test_the_iam_lines_are_those_of_the_article() -> None:
    lines = load_lines(SHARED / "data/iam_ondb_lines.npz")
    assert [len(lines.choose(split)) for split in ("train", "validation", "test")] == [10_828, 185, 678]
    forms = {split: {name.rsplit("-", 1)[0] for name in lines.names[lines.choose(split)]} for split in ("train", "validation", "test")}
    assert not forms["train"] & (forms["validation"] | forms["test"])
