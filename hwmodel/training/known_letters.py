"""Which letters can be read off the cells: off those of a network that is told the text, of one that is not, and of one that has learnt nothing."""

from __future__ import annotations

import numpy as np

from hwmodel.cells.decoding import Decoded, decode
from hwmodel.cells.recording import record_lines, record_text_lines
from hwmodel.data.lines import Lines
from hwmodel.network.model import HandwritingModel
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.told import letters_of
from hwmodel.training.recogniser_trainer import written
from hwmodel.training.trainer import initialise

LINES = 180  # at most, evenly over their lengths
AT_ONCE = 30
CLASSES = "abcdefghijklmnopqrstuvwxyz "  # capitals count as small letters; what is none of these is one class more
WHERE = {"the letter that comes": 1, "the letter being written": 0, "the letter before": -1, "the letter before that": -2}
TOLD, FREE, UNTRAINED = "told the text", "not told", "untrained"
Known = dict[str, dict[str, Decoded]]  # of a network, and of a letter


def known_letters(told: TextModel, free: HandwritingModel, lines: Lines, split: str) -> Known:
    """How well each letter of WHERE can be decoded from the cell states, at every step of held-out lines. Where the pen is in the text the window of
    the first network says, for all. Raises ValueError where there are no such lines."""
    inks, texts = written([lines], told.config.alphabet, LINES, split)
    nothing = HandwritingModel(free.config)
    initialise(nothing, 0)
    nothing.eval().requires_grad_(False)
    cells: dict[str, list[np.ndarray]] = {TOLD: [], FREE: [], UNTRAINED: []}
    letters: list[np.ndarray] = []
    for first in range(0, len(inks), AT_ONCE):
        some, say = inks[first : first + AT_ONCE], texts[first : first + AT_ONCE]
        for ink, text, (trace, window) in zip(some, say, record_text_lines(told, some, say), strict=True):
            cells[TOLD].append(trace.cell)
            letters.append(letters_of(text, ink, np.concatenate(([0.0], window.progress[:-1]))))
        for name, model in ((FREE, free), (UNTRAINED, nothing)):
            cells[name] += [trace.cell for trace in record_lines(model, some)]
    wanted = {where: [classes_at(text, each + step) for text, each in zip(texts, letters, strict=True)] for where, step in WHERE.items()}
    return {name: {where: decode(values, classes) for where, classes in wanted.items()} for name, values in cells.items()}


def classes_at(text: str, places: np.ndarray) -> np.ndarray:
    """The class (T,) int64 of the character at each place (T,) of a text; -1 beyond its ends."""
    codes = np.array([found if (found := CLASSES.find(character)) >= 0 else len(CLASSES) for character in text.lower()], np.int64)
    return np.where((places >= 0) & (places < len(codes)), codes[np.clip(places, 0, len(codes) - 1)], -1)


def in_a_sentence(known: Known) -> str:
    """What can be read off the cells now that the text is told, and what less well than without it."""
    told, free, untrained = known[TOLD], known[FREE], known[UNTRAINED]
    comes = next(iter(WHERE))
    more = (
        f"At {told[comes].right:.1%} of the steps {comes} can be read off its cells, at {free[comes].right:.1%} off those of the network that is "
        f"told nothing, and at {untrained[comes].right:.1%} off those of an untrained one."
    )
    shares = {where: (told[where].right, free[where].right) for where in WHERE}
    less = [f"{where} ({one:.1%} of the steps against {other:.1%})" for where, (one, other) in shares.items() if one < other]
    return f"{more} What they do less of is to keep {' and '.join(less)}." if less else f"{more} There is no letter that they know less of."
