from itertools import pairwise

import numpy as np
import pytest

from hwmodel.data.unipen.composing import Word, base_line, compose, least_gap, real_gaps
from hwmodel.data.unipen.cutting import gaps
from hwmodel.data.unipen.scaling import TARGET_X_HEIGHT
from tests.support.made_up_unipen import WORDS, X_HEIGHT, row_of, wave


def made_up_words(count: int = 80, writers: int = 2) -> list[Word]:
    """Normalised words by a few writers, none of them in a line."""
    factor = TARGET_X_HEIGHT / X_HEIGHT
    inks = [[wave(WORDS[i % 60], 400 * (i % 5), 300 * i) * factor] for i in range(count)]
    return [Word(f"zzz/{i % writers}", "page", range(i, i + 1), WORDS[i % 60], ink, False) for i, ink in enumerate(inks)]


def test_composed_lines_are_of_one_writer_and_use_each_word_once() -> None:
    words = made_up_words()
    lines = list(compose(words))
    for writer in ("zzz/0", "zzz/1"):
        used = sorted(word for line in lines if line.writer == writer for word in line.words)
        theirs = sorted(word.text for word in words if word.writer == writer)
        assert len(used) >= len(theirs) - 1 and set(used) <= set(theirs)
    for line in lines:
        assert len(line.words) == len(line.ink) >= 2


def test_composed_lines_have_real_gaps_and_an_uneven_base_line() -> None:
    words = made_up_words(400)
    inner, bases, lengths = [], [], []
    for line in list(compose(words))[:-2]:
        extents = [(stroke[:, 0].min(), stroke[:, 0].max()) for stroke in line.ink]
        inner += [(after[0] - before[1]) / TARGET_X_HEIGHT for before, after in pairwise(extents)]
        bases += [np.median(stroke[:, 1][stroke[:, 1] > np.percentile(stroke[:, 1], 90)]) / TARGET_X_HEIGHT for stroke in line.ink]
        lengths.append((extents[-1][1] - extents[0][0]) / TARGET_X_HEIGHT)
    assert np.median(inner) == pytest.approx(2.3, rel=0.1) and np.std(np.log(inner)) == pytest.approx(0.3, rel=0.2) and min(inner) >= 0.6
    assert np.std(bases) == pytest.approx(0.07, rel=0.3) and abs(np.mean(bases)) < 0.1
    assert min(lengths) > 20 and max(lengths) < 60


def test_the_same_seed_composes_the_same_lines() -> None:
    words = made_up_words()
    first, same, other = ([line.words for line in compose(words, seed)] for seed in (1, 1, 2))
    assert first == same != other


def test_gaps_are_learned_from_real_lines() -> None:
    factor = TARGET_X_HEIGHT / X_HEIGHT
    rows = [row_of(" ".join(["word"] * 12), 0, 400 * i) for i in range(4)]
    words = [
        Word("zzz/0", f"page{i}", range(2 * j, 2 * j + 1), "word", [stroke * factor], True)
        for i, row in enumerate(rows)
        for j, stroke in enumerate(row)
    ]
    np.testing.assert_allclose(real_gaps(words), [2.0])
    assert real_gaps(words[:12]).tolist() == [2.3]  # too few to know
    assert list(compose(words)) == []  # words of lines are not used a second time


def test_a_words_base_line_leaves_out_what_hangs_below() -> None:
    factor = TARGET_X_HEIGHT / X_HEIGHT
    letters = [wave("aaa", 0, 100) * factor, wave("aaa", 200, 100) * factor]
    tail = np.array([[50.0, 60], [55, 180], [60, 100]]) * factor
    level = 100 * factor
    assert base_line(Word("w", "d", range(1), "aaaaaa", letters, False)) == pytest.approx(level, abs=2)
    assert base_line(Word("w", "d", range(1), "aaagaaa", [*letters, tail], False)) == pytest.approx(level, abs=2)
    assert base_line(Word("w", "d", range(1), "i", [np.zeros((1, 2))], False)) is None


def test_gaps_between_words_are_wider_than_those_within() -> None:
    factor = TARGET_X_HEIGHT / X_HEIGHT
    printed = [Word("w", "d", range(1), "abc", [wave(letter, 60 * i, 0) * factor for i, letter in enumerate("abc")], False)] * 4
    inside = [gap / TARGET_X_HEIGHT for gap, _ in gaps(printed[0].ink)]
    assert least_gap(printed) == pytest.approx(1.3 * max(inside) + 0.4, rel=0.1)
    assert least_gap(printed[:1]) == 0.6
