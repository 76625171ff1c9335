from pathlib import Path

import numpy as np
import pytest

from hwmodel.data.unipen.format import Segment, SegmentError, part_ranges, read_documents, read_points, segment_points
from tests.support.made_up_unipen import TEXTS, WORDS, row_of, wave, write_distribution


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_distribution(tmp_path / "unipen")


def test_documents_are_read_with_their_nested_includes(small: Path) -> None:
    page, words = read_documents(small, "zzz")
    assert (page.name, page.writer, page.about["X_POINTS_PER_INCH"]) == ("zzz/page.dat", "zzz/ann", "300")
    assert [segment.label for segment in page.segments][:5] == [*TEXTS, 'five "dozen" liquor jars']
    assert "said again" not in [segment.label for segment in page.segments]
    lifts = [component.pen_down for component in page.components]
    assert lifts == [True] * 17 + [True, False] * 4 + [True]
    np.testing.assert_array_equal(page.components[0].points * (1, -1), row_of(TEXTS[0], 100, 500)[0])
    assert len(words.components) == len(WORDS) and words.segments[0].level == "7"


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("1 2\n3 4", [[1, 2], [3, 4]]),
        ("1 2 3 4\n5 6 7 8", [[1, 2, 3, 4], [5, 6, 7, 8]]),
        ("1 2\nnonsense\n3 4 5\n6", [[1, 2], [3, 4]]),
        ("note\n1.5 -2e1", [[1.5, -20]]),
        ("1 2\n3", [[1, 2]]),
        ("", np.empty((0, 2))),
    ],
)
def test_blocks_of_points_are_read_whatever_is_between_them(text: str, points: object) -> None:
    np.testing.assert_array_equal(read_points(text), points)


def test_ranges_of_components() -> None:
    assert list(part_ranges("12-17, 3:2-5:40,7")) == [(12, 0, 17, None), (3, 2, 5, 40), (7, 0, 7, None)]


def test_a_segment_is_its_pen_down_parts(small: Path) -> None:
    page, words = read_documents(small, "zzz")
    assert [len(stroke) for stroke in segment_points(page, page.segments[4])] == [len(wave(w, 0, 0)) for w in ("five", "dozen", "liquor", "jars")]
    (part,) = segment_points(words, words.segments[-1])
    np.testing.assert_array_equal(part, words.components[0].points[5:41])


@pytest.mark.parametrize(
    ("label", "why"),
    [("withheld words", "withheld"), ("never mind", "marked as bad"), ("XXX", "without a label"), ("too far", "parts that are missing")],
)
def test_faulty_segments_say_why(small: Path, label: str, why: str) -> None:
    page = next(read_documents(small, "zzz"))
    (segment,) = [segment for segment in page.segments if segment.label == label]
    with pytest.raises(SegmentError, match=why):
        segment_points(page, segment)
    with pytest.raises(SegmentError, match="without a label"):
        segment_points(page, Segment("8", "0", None, "?"))
