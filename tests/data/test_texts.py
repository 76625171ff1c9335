"""What is written, as lines of characters that a network knows."""

from __future__ import annotations

import pytest

from hwmodel.data.texts import ALPHABET, LONGEST, MOST_CHARACTERS, Writable, encode, lines_of, pad, tidy, unknown, writable


def test_characters_have_classes_and_those_outside_the_alphabet_the_first() -> None:
    assert encode("ab?a", "ab").tolist() == [1, 2, 0, 1]
    codes, lengths = pad([encode("ab", "ab"), encode("b", "ab")])
    assert codes.tolist() == [[1, 2], [2, 0]] and lengths.tolist() == [2, 1]


def test_a_transcripts_punctuation_stands_at_its_word() -> None:
    assert tidy(" Mr . Brown ( he said : no ) ! ") == "Mr. Brown (he said: no)!"


def test_unknown_characters_are_named_once_in_their_order() -> None:
    assert unknown("é1é2€a", "a12") == "é€"


def test_a_long_text_is_broken_between_words_and_nothing_is_lost() -> None:
    text = "the quick brown fox jumps over the lazy dog " * 5
    lines = lines_of(text, ALPHABET)
    assert " ".join(lines) == text.strip() and all(0 < len(line) <= LONGEST for line in lines)
    assert len(lines) <= len(text) // 30


def test_a_texts_own_lines_stay_and_empty_ones_go() -> None:
    assert lines_of("Dear Susan,\n\n  thank   you\r\nMary", ALPHABET) == ["Dear Susan,", "thank you", "Mary"]


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert lines_of("a" * 100, ALPHABET) == ["a" * 40, "a" * 40, "a" * 20]


def test_typographic_marks_become_those_that_are_written() -> None:
    assert lines_of("“It’s – so…”", ALPHABET) == ['"It\'s - so..."']


@pytest.mark.parametrize("blank", ["", "   ", "\n \t\n"])
def test_nothing_to_write_is_said(blank: str) -> None:
    with pytest.raises(ValueError, match="nothing to write"):
        lines_of(blank, ALPHABET)


STRANGE = {
    "na\u00efve": "DIAERESIS",
    "\U0001f600": "GRINNING FACE",
    "\u05e9\u05dc\u05d5\u05dd": "HEBREW LETTER SHIN",
    "a\x07b": "U\\+0007",
    "a\u202eb": "OVERRIDE",
}


@pytest.mark.parametrize(("text", "named"), STRANGE.items(), ids=STRANGE.values())
def test_characters_never_seen_are_named(text: str, named: str) -> None:
    with pytest.raises(ValueError, match=f"never seen .*{named}"):
        lines_of(text, ALPHABET)


def test_many_strange_characters_are_not_all_named() -> None:
    with pytest.raises(ValueError, match="and others; leave out") as caught:
        lines_of("".join(map(chr, range(0x400, 0x440))), ALPHABET)
    assert len(str(caught.value)) < 600


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(ValueError, match=r"has 10,000 characters; at most 4,000"):
        lines_of("a" * 10_000, ALPHABET)
    assert lines_of("a" * MOST_CHARACTERS, ALPHABET)


def test_what_the_network_never_saw_is_replaced_or_left_out_and_named() -> None:
    found = writable("Café – “naïve” Łódź\n😀 שלום Straße\u200f & \x07œuvre…", ALPHABET)
    assert found.text == 'Cafe - "naive" Lodz\n  Strasse and oeuvre...'
    assert found.replaced == {"é": "e", "ï": "i", "Ł": "L", "ó": "o", "ź": "z", "ß": "ss", "&": "and", "œ": "oe"}
    assert found.left_out == "😀שלום\u200f\x07"


def test_a_mark_set_beside_its_letter_is_left_out_without_a_word() -> None:
    assert writable("Cafe\u0301", ALPHABET) == Writable("Cafe", {}, "")
