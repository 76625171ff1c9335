from __future__ import annotations

import numpy as np

from hwmodel.cells.decoding import Decoded
from hwmodel.training.known_letters import CLASSES, FREE, TOLD, UNTRAINED, WHERE, classes_at, in_a_sentence


def test_letters_have_their_classes_capitals_those_of_small_ones_and_what_is_beyond_the_text_none() -> None:
    found = classes_at("aB 7", np.arange(-1, 5))
    assert found.tolist() == [-1, 0, 1, CLASSES.index(" "), len(CLASSES), -1]


def test_what_is_known_better_and_what_less_well_is_named_with_its_figures() -> None:
    comes, *others = WHERE
    told = {comes: Decoded(0.4, 0.2)} | dict.fromkeys(others, Decoded(0.3, 0.2))
    free = {comes: Decoded(0.21, 0.2)} | dict.fromkeys(others, Decoded(0.35, 0.2))
    known = {TOLD: told, FREE: free, UNTRAINED: dict.fromkeys(WHERE, Decoded(0.19, 0.2))}
    more, less = in_a_sentence(known).split(". What they do less of is to keep ")
    assert all(share in more for share in ("40.0%", "21.0%", "19.0%"))
    assert comes not in less and all(f"{where} (30.0% of the steps against 35.0%)" in less for where in others)
    assert in_a_sentence(known | {FREE: told}).endswith("There is no letter that they know less of.")
