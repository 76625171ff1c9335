import pytest

from hwmodel.training.legibility import edits, error_rate


@pytest.mark.parametrize(
    ("found", "wanted", "count"), [("", "", 0), ("abc", "abc", 0), ("", "abc", 3), ("abcd", "abc", 1), ("kitten", "sitting", 3), ("ab", "ba", 2)]
)
def test_edits_are_the_fewest(found: str, wanted: str, count: int) -> None:
    assert edits(found, wanted) == edits(wanted, found) == count


def test_the_rate_is_of_all_characters_together() -> None:
    assert error_rate(["abcdefghi", "x"], ["abcdefghi", "y"]) == pytest.approx(0.1)
    assert error_rate([], []) == 0
