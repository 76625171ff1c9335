from __future__ import annotations

import numpy as np

from hwmodel.cells.decoding import Decoded
from hwmodel.training.known_letters import CLASSES, FREE, TOLD, WHERE, classes_at, what_is_less


def test_letters_have_their_classes_capitals_those_of_small_ones_and_what_is_beyond_the_text_none() -> None:
    found = classes_at("aB 7", np.arange(-1, 5))
    assert found.tolist() == [-1, 0, 1, CLASSES.index(" "), len(CLASSES), -1]


def test_what_is_known_less_well_is_named_with_both_figures() -> None:
    comes, *others = WHERE
    told = {comes: Decoded(0.4, 0.2)} | dict.fromkeys(others, Decoded(0.3, 0.2))
    free = {comes: Decoded(0.2, 0.2)} | dict.fromkeys(others, Decoded(0.35, 0.2))
    sentence = what_is_less({TOLD: told, FREE: free})
    assert comes not in sentence and all(f"{where} (30.0% of steps against 35.0%)" in sentence for where in others)
    assert what_is_less({TOLD: told, FREE: told}) == "There is nothing that these cells do less of."
