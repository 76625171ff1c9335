import numpy as np
import pytest

import hwmodel.training.legibility
from hwmodel.ink.strokes import Strokes
from hwmodel.sampling.endings import WRITTEN
from hwmodel.sampling.laws import graves
from hwmodel.sampling.text_lines import WrittenText
from hwmodel.training.legibility import Legibility, edits, error_rate, legibility, ranked, write_samples
from hwmodel.training.marks import Marks
from hwmodel.training.recogniser import Recogniser
from tests.support.lines import wavy_offsets
from tests.support.models import small_text_model


@pytest.mark.parametrize(
    ("found", "wanted", "count"), [("", "", 0), ("abc", "abc", 0), ("", "abc", 3), ("abcd", "abc", 1), ("kitten", "sitting", 3), ("ab", "ba", 2)]
)
def test_edits_are_the_fewest(found: str, wanted: str, count: int) -> None:
    assert edits(found, wanted) == edits(wanted, found) == count


def test_the_rate_is_of_all_characters_together() -> None:
    assert error_rate(["abcdefghi", "x"], ["abcdefghi", "y"]) == pytest.approx(0.1)
    assert error_rate([], []) == 0


def sample(text: str, finished: bool) -> WrittenText:
    strokes = Strokes(wavy_offsets(80, len(text)))
    return WrittenText(text, strokes, np.zeros(80), np.zeros((80, len(text))), WRITTEN if finished else "it left the line upwards")


def test_the_likeliest_sample_comes_first_and_unfinished_ones_last(monkeypatch: pytest.MonkeyPatch) -> None:
    samples = [sample("a", True), sample("ab", False), sample("abc", True), sample("abcd", True)]
    monkeypatch.setattr(hwmodel.training.legibility, "text_nats", lambda recogniser, lines, texts: np.array([3.0, 0.1, 1.0, np.inf]))
    assert [one.text for one in ranked(Recogniser(), samples)] == ["abc", "a", "abcd", "ab"]


def test_of_samples_that_are_as_legible_the_one_with_its_dots_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    lost, kept = sample("ij", True), sample("ij", True)
    monkeypatch.setattr(hwmodel.training.legibility, "text_nats", lambda recogniser, lines, texts: np.array([1.0, 1.2]))
    monkeypatch.setattr(hwmodel.training.legibility, "marks", lambda strokes, text, letters: Marks(2 if strokes is kept.strokes else 1, 2, 0, 0))
    assert ranked(Recogniser(), [lost, kept]) == [kept, lost]


def test_the_first_sample_of_a_text_is_the_same_alone_and_among_several() -> None:
    alone, several = (write_samples(small_text_model(), ["ab", "c"], count, graves(1)) for count in (1, 2))
    for (one,), (first, second) in zip(alone, several, strict=True):
        assert one.text == first.text == second.text
        assert np.allclose(one.strokes.offsets, first.strokes.offsets, atol=1e-4) and len(first.strokes) > 2
        assert not np.allclose(first.strokes.offsets[:2], second.strokes.offsets[:2], atol=1e-4)


def test_a_line_fails_where_more_than_half_is_wrong_or_it_was_not_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hwmodel.training.legibility, "read_lines", lambda recogniser, lines: ["abcd", "abxx", "xxxd", "abcd"])
    found = legibility(Recogniser(), [], ["abcd"] * 4, [True, True, True, False])
    assert found == Legibility(errors=5 / 16, failures=0.5)
