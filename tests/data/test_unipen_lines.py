import numpy as np
import pytest

from hwmodel.data.unipen.choosing import letter_shares, split_of, unfit_line, unfit_word
from hwmodel.data.unipen.cleaning import clean, cut_at_gaps
from hwmodel.data.unipen.cutting import cut_long, gaps, share_words, split_rows
from hwmodel.data.unipen.scaling import TARGET_STEP, TARGET_X_HEIGHT, WriterScale, measure_scale, normalise
from tests.support.made_up_unipen import TEXTS, X_HEIGHT, row_of, wave


def test_cleaning_turns_y_down_and_drops_what_no_pen_did() -> None:
    path = np.stack((np.arange(10.0, 30), np.arange(10.0, 30)), axis=1)
    spiked = np.insert(path, [5, 12], [[900, 900], [0, 0]], axis=0)
    repeated = np.repeat(path, 2, axis=0)
    for stroke in (path, spiked, repeated, np.column_stack((path, path))):
        (cleaned,) = clean([stroke])
        np.testing.assert_array_equal(cleaned, path * (1, -1))
    np.testing.assert_array_equal(clean([path], y_scale=2)[0], path * (1, -2))
    assert clean([np.zeros((3, 2))]) == []


def test_unmarked_lifts_are_cut() -> None:
    points = np.zeros((40, 4))
    points[:, 0], points[:, 2], points[:, 3] = np.arange(40), np.arange(40) * 5000, 100
    points[20:, 2] += 60_000
    points[20, 3] = 0
    assert [len(piece) for piece in cut_at_gaps(points)] == [20, 20]
    points[20, 3] = 100
    assert len(cut_at_gaps(points)) == 1


def test_rows_are_parted_and_late_dots_go_back() -> None:
    rows = [row_of("one two three", 0, 0), row_of("four five six", 0, 4 * X_HEIGHT), row_of("seven", 0, 8 * X_HEIGHT)]
    late_dot = wave("i", 400, -X_HEIGHT, 10)
    found = split_rows([*rows[0], *rows[1], *rows[2], late_dot], X_HEIGHT)
    assert [len(row) for row in found] == [4, 3, 1] and found[0][-1] is late_dot


def test_words_are_shared_by_width() -> None:
    words = ["a", "few", "words", "and", "then", "incomprehensibilities"]
    rows = [row_of("a few words and", 0, 0), row_of("then incomprehensibilities", 0, 300)]
    assert share_words(words, rows) == [words[:4], words[4:]]
    assert share_words(words, rows[:1]) == [words]
    assert share_words(["one"], rows) is None


def test_gaps_are_where_no_stroke_is() -> None:
    strokes = [np.array([[0.0, 0], [10, 0]]), np.array([[5.0, 0], [12, 0]]), np.array([[20.0, 0], [21, 0]])]
    assert gaps(strokes) == [(8, 16)]


def test_a_long_row_is_cut_between_words_and_keeps_all_ink() -> None:
    text = "some words of like length that go on for very much longer than lines"
    row = row_of(text, 0, 0)
    pieces = cut_long(row, text.split(), X_HEIGHT)
    assert len(pieces) == 2 and [word for _, words, _ in pieces for word in words] == text.split()
    assert [len(ink) for ink, _, _ in pieces] == [len(words) for _, words, _ in pieces] and all(agreed for _, _, agreed in pieces)
    assert len(cut_long(row[:4], text.split()[:4], X_HEIGHT)) == 1


def test_a_writers_ink_gets_our_size_and_sampling() -> None:
    inks = [row_of(text, 100, 100) for text in TEXTS]
    ink = [stroke for i in inks for stroke in normalise(i, measure_scale(inks, X_HEIGHT, 0.0))]
    heights = [np.ptp(stroke[:, 1]) for stroke in ink]
    steps = np.concatenate([np.hypot(*np.diff(stroke, axis=0).T) for stroke in ink])
    assert np.median(heights) == pytest.approx(TARGET_X_HEIGHT, rel=0.05)
    assert np.median(steps) == pytest.approx(TARGET_STEP, rel=0.05) and steps.min() >= 1


def test_resampling_keeps_the_ends_and_the_shape() -> None:
    ink = [wave("shape", 0, 0), np.array([[1.0, 2.0]]), np.array([[1.0, 2.0], [40.0, 2.0]]), np.array([[0.0, 0], [5, 5], [40, 0]])]
    scale = measure_scale([ink], X_HEIGHT, 0.0)
    for before, after in zip(ink, normalise(ink, scale), strict=True):
        before = before * (TARGET_X_HEIGHT / X_HEIGHT)
        np.testing.assert_allclose(after[[0, -1]], before[[0, -1]])
        near = np.hypot(*(after[:, None] - before[None]).transpose(2, 0, 1)).min(axis=1)
        assert near.max() < 0.2 * TARGET_X_HEIGHT or len(before) < 4


def test_a_blur_takes_the_grid_away() -> None:
    smooth = [np.stack((np.arange(400.0), 20 * np.sin(np.arange(400) / 20)), axis=1)]
    rough = [line + np.random.default_rng(0).normal(0, 0.5, line.shape) for line in smooth]
    turning = {}
    for least_blur in (0.0, 3.0):
        (line,) = normalise(rough, WriterScale(x_height=40, spacing=1.0, blur=least_blur))
        direction = np.unwrap(np.arctan2(*np.diff(line, axis=0).T))
        turning[least_blur] = np.abs(np.diff(direction)).mean()
    assert turning[3.0] < 0.5 * turning[0.0]


def test_letters_and_lower_case_are_counted() -> None:
    assert letter_shares("abCd 12") == (4 / 6, 3 / 4)
    assert letter_shares("") == (0, 0)


@pytest.mark.parametrize(
    ("words", "change", "why"),
    [
        ("the quick brown fox", lambda p: p, None),
        ("thequickbrownfox", lambda p: p, "of one word"),
        ("THE QUICK BROWN FOX", lambda p: p, "capitals"),
        ("t h e q u i ck", lambda p: p, "single letters"),
        ("the quick brown fox", lambda p: p * (0.1, 1), "shorter than five letters"),
        ("the quick brown fox", lambda p: p * (1, 6), "higher than one row"),
        ("the quick brown fox", lambda p: p * 0.4, "of another size"),
        ("the quick brown fox", lambda p: p + np.outer(p[:, 0], (0, 0.24)), "climb or fall"),
        ("ab fox", lambda p: p, "whose width does not fit"),
    ],
)
def test_lines_are_chosen_by_their_look_and_text(words: str, change: object, why: str | None) -> None:
    factor = TARGET_X_HEIGHT / X_HEIGHT
    unfit = unfit_line([change(stroke * factor) for stroke in row_of("the quick brown fox", 0, 0)], words.split(), "zzz")  # type: ignore[operator]
    assert unfit is None if why is None else unfit and why in unfit


def test_words_are_chosen_by_their_look_and_text() -> None:
    ink = [wave("word", 0, 0) * (TARGET_X_HEIGHT / X_HEIGHT)]
    assert unfit_word(ink, "word") is None
    assert unfit_word(ink, "1234") == "of digits, marks or capitals" == unfit_word(ink, "WORD")
    assert unfit_word(ink, "incomprehensibilities") == "whose size does not fit their text"
    jump = [np.concatenate((ink[0], ink[0][-1:] + 600, ink[0]))]
    assert unfit_word(jump, "word") == "with a jump inside a stroke"


def test_splits_follow_the_writers_name() -> None:
    assert split_of("aga/nikkshmn") == "validation" and split_of("lex/teglj1") == "test" and split_of("abm/ca0") == "train"
    shares = np.unique([split_of(f"donor/{i}") for i in range(3000)], return_counts=True)[1] / 3000
    assert np.allclose(shares, [0.06, 0.88, 0.06], atol=0.02)  # test, train, validation
