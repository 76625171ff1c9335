import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest

from hwmodel.data.__main__ import main
from hwmodel.data.iam import read_iam, splits
from hwmodel.data.lines import load_lines
from tests.conftest import SHARED, needs_shared

RAW = "data/iam_ondb_raw_part.tar.xz"
LINES = "data/iam_ondb_lines.npz"


def write_line(root: Path, name: str, *strokes: list[tuple[int, int]]) -> None:
    """One line's file, as the distribution has it."""
    path = root / "lineStrokes" / name[:3] / name[:7] / f"{name}.xml"
    path.parent.mkdir(parents=True, exist_ok=True)
    points = ("".join(f'<Point x="{x}" y="{y}" time="1.0"/>' for x, y in stroke) for stroke in strokes)
    body = "".join(f'<Stroke colour="black" start_time="1.0" end_time="2.0">{each}</Stroke>' for each in points)
    head = '<?xml version="1.0" encoding="ISO-8859-1"?><WhiteboardCaptureSession><WhiteboardDescription/>'
    path.write_text(f"{head}<StrokeSet>{body}</StrokeSet></WhiteboardCaptureSession>", "utf-8")


def write_text(root: Path, form: str, text: str) -> None:
    """A form's transcription."""
    path = root / "ascii" / form[:3] / form[:7] / f"{form}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("latin-1"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A distribution of three forms, one of them held out, with some faults."""
    root = tmp_path / "iam"
    write_line(root, "a01-000u-01", [(800, 400), (810, 420)], [(850, 390)], [(860, 400), (861, 401)])
    write_line(root, "a01-000u-02", [(100, 100), (90, 90)])
    write_text(root, "a01-000u", "OCR:\r\n\r\nsomething else\r\n\r\nCSR:\r\n\r\none two\r\nthr\xe9\xe9\r\n")
    write_line(root, "a01-020z-01", [(1, 2), (3, 4)])
    write_line(root, "a01-020z-02", [(1, 2), (3, 4)])
    write_text(root, "a01-020z", "CSR:\n\nonly one line\n")
    write_line(root, "b01-000-01", [(5, 5)])
    write_line(root, "b01-000-02", [(5, 5), (40_000, 5)])
    (root / "lineStrokes/b01/b01-000/b01-000-03.xml").write_text("<WhiteboardCaptureSession><StrokeSet>", "utf-8")
    write_line(root, "b01-000-04", [(5, 5), (6, 6)])
    return root


def test_points_strokes_and_texts_become_lines(small: Path) -> None:
    lines, _ = read_iam(small)
    assert lines.names.tolist() == ["a01-000u-01", "a01-000u-02", "a01-020z-01", "a01-020z-02", "b01-000-04"]
    assert lines.lengths.tolist() == [5, 2, 2, 2, 2]
    assert lines.xy[:7].tolist() == [[0, 0], [10, 20], [50, -10], [60, 0], [61, 1], [0, 0], [-10, -10]]
    assert lines.pen_up[:7].tolist() == [0, 1, 1, 0, 1, 0, 1]
    assert lines.texts.tolist() == ["one two", "thréé", "only one line", "", ""]


def test_whole_forms_are_held_out(small: Path) -> None:
    assert read_iam(small)[0].split.tolist() == ["train", "train", "validation", "test", "train"]
    assert splits(["a01-020z-06", "a01-020z-07", "a01-020-06"]).tolist() == ["validation", "test", "train"]


def test_the_account_says_what_was_left_out_and_why(small: Path) -> None:
    _, account = read_iam(small)
    assert account.kept["lines"] == 5 and account.kept["points"] == 13 and account.kept["forms"] == 3
    assert account.kept["forms with another number of lines in their text than of files"] == 2
    assert account.left_out == {
        "lines of less than two points": 1,
        "lines with a point more than 32767 units away": 1,
        "lines whose XML is broken": 1,
    }
    assert "left out:\n       1  lines of less than two points" in account.text()


def test_the_command_reads_a_folder_and_an_archive(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = tmp_path / "iam.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(small, "lineStrokes-all")
    for number, raw in enumerate((small, archive)):
        out = tmp_path / f"{number}.npz"
        assert main(["iam", str(raw), str(out)]) == 0
        printed = capsys.readouterr().out
        assert "5  lines" in printed and "lines whose XML is broken" in printed
        assert np.array_equal(load_lines(out).xy, read_iam(small)[0].xy)


def test_a_wrong_folder_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.txt").write_text("no archive", "utf-8")
    for raw, says in (("nowhere", "there is no"), (".", "there is no folder 'lineStrokes'"), ("note.txt", "no archive that can be read")):
        assert main(["iam", str(tmp_path / raw), str(tmp_path / "out.npz")]) == 2
        assert says in capsys.readouterr().err
    assert not (tmp_path / "out.npz").exists()


@needs_shared(RAW)
@needs_shared(LINES)
def test_the_raw_part_gives_the_stored_lines_to_the_last_point(tmp_path: Path) -> None:
    """25 forms, 204 lines, 117,910 points."""
    assert main(["iam", str(SHARED / RAW), str(tmp_path / "part.npz")]) == 0
    part, stored = load_lines(tmp_path / "part.npz"), load_lines(SHARED / LINES)
    forms = {name.rpartition("-")[0] for name in part.names}
    chosen = np.flatnonzero([name.rpartition("-")[0] in forms for name in stored.names])
    assert len(forms) == 25 and len(chosen) == len(part) == 204
    points = np.concatenate([np.arange(stored.starts[i], stored.starts[i + 1]) for i in chosen])
    for name in ("names", "split", "lengths", "texts"):
        assert np.array_equal(getattr(part, name), getattr(stored, name)[chosen]), name
    assert np.array_equal(part.xy, stored.xy[points]) and np.array_equal(part.pen_up, stored.pen_up[points])


@needs_shared(LINES)
def test_the_splits_are_those_of_the_stored_lines() -> None:
    stored = load_lines(SHARED / LINES)
    assert np.array_equal(splits(stored.names.tolist()), stored.split)


def test_lines_of_ones_own_get_a_validation_split_by_themselves() -> None:
    many = [f"x{form:02d}-000-{line:02d}" for form in range(25) for line in range(4)]
    found = splits(many)
    assert set(found) == {"train", "validation"} and (found == "validation").sum() == 8
    assert {name[:3] for name, split in zip(many, found, strict=True) if split == "validation"} == {"x05", "x15"}
    assert splits(many[:8]).tolist() == ["train"] * 4 + ["validation"] * 4
    assert splits(many[:4]).tolist() == ["train", "train", "train", "validation"]
    assert splits(many[:1]).tolist() == ["train"]


@pytest.mark.parametrize("nested", [False, True])
def test_a_zip_as_mirrors_have_it_is_read(small: Path, tmp_path: Path, nested: bool) -> None:
    """As folders, or with the parts' own archives in it."""
    archive, out = tmp_path / "mirror.zip", tmp_path / "out.npz"
    with zipfile.ZipFile(archive, "w") as file:
        for part in ("lineStrokes", "ascii"):
            if nested:
                with tarfile.open(tmp_path / f"{part}-all.tar.gz", "w:gz") as tar:
                    tar.add(small / part, part)
                file.write(tmp_path / f"{part}-all.tar.gz", f"iam/data/{part}-all.tar.gz")
            else:
                for path in (small / part).rglob("*.*"):
                    file.write(path, f"archive/{part}-all/{path.relative_to(small)}")
    assert main(["iam", str(archive), str(out)]) == 0
    assert load_lines(out).names.tolist() == read_iam(small)[0].names.tolist()


def test_a_broken_zip_is_refused_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = tmp_path / "mirror.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("lineStrokes/a.xml", "x" * 900)
    archive.write_bytes(archive.read_bytes().replace(b"xxxx", b"xxxy", 1))
    assert main(["iam", str(archive), str(tmp_path / "out.npz")]) == 2
    assert "no archive that can be read" in capsys.readouterr().err
