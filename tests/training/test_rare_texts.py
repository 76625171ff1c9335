from string import ascii_lowercase, ascii_uppercase, digits

from hwmodel.data.texts import ALPHABET, LONGEST, unknown
from hwmodel.training.rare_texts import PANGRAMS, RARE_TEXTS


def test_a_hundred_texts_of_one_line_each_ask_for_every_letter_capital_and_digit() -> None:
    assert len(set(RARE_TEXTS)) == 100 and max(map(len, RARE_TEXTS)) <= LONGEST
    assert not unknown("".join(RARE_TEXTS), ALPHABET)
    assert set(ascii_lowercase + ascii_uppercase + digits) <= set("".join(RARE_TEXTS))
    assert [pangram for pangram in PANGRAMS if set(ascii_lowercase) - set(" ".join(pangram).lower())] == []
