"""What the Distill article says of its sorted cells, and what our measurements say of ours. Free of torch.

Carter et al. 2016 looked at the picture; here every sentence has a number beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hwmodel.cells.ordering import CellOrder
from hwmodel.cells.roles import ROLE_KEYS, ROLES, CellRoles

AGREES = 2 / 3  # a band has a role where its cells beat others in so many pairs
CLEAR = 0.5  # a single cell has a role from this strength on (see CellRoles.strength)
OF = 500  # the article's ranks are out of so many


@dataclass(frozen=True)
class Sentence:
    """One thing the article says, in our words."""

    says: str
    roles: tuple[str, ...]  # any of these
    ranks: tuple[int, int] | None = None  # first and last of the article's rows, from 1; None: one cell somewhere


SENTENCES = (
    Sentence("The cells at the top follow the direction and the curve of the pen.", ("direction", "turn", "turn_size"), (11, 70)),
    Sentence("The cells at the bottom follow the lifting of the pen.", ("lift_now", "lift_next", "stroke_start"), (427, 500)),
    Sentence("In the middle there is a cell that knows how far along the line the pen is.", ("x",)),
    Sentence("There is one that knows how high or low the pen is.", ("y",)),
    Sentence("There is one that knows how far the pen has come in the word.", ("word_position",)),
)


@dataclass(frozen=True)
class Finding:
    """The same, of our network."""

    sentence: Sentence
    words: str
    agrees: bool
    cell: int  # to jump to
    band: tuple[int, int] | None = None  # rows, from 0


def findings(roles: CellRoles, order: CellOrder, moving: int | None = None) -> list[Finding]:
    """Our answer to each of SENTENCES, of the cells as the order shows them. Its rows count up to `moving`, where those that hardly move begin."""
    roles, rows = roles.shown_with(order.sign), len(order.permutation) if moving is None else moving
    return [_band(sentence, roles, order, rows) if sentence.ranks else _cell(sentence, roles, order) for sentence in SENTENCES]


def top_first(roles: CellRoles) -> np.ndarray:
    """(H,) larger for cells that belong to the top of an order, by the article's first two sentences: see `order_cells`."""
    top, bottom = SENTENCES[:2]
    return np.asarray(_strength(top, roles) - _strength(bottom, roles))


def _strength(sentence: Sentence, roles: CellRoles) -> np.ndarray:
    """(H,) how strongly each cell has one of the sentence's roles."""
    return np.asarray(roles.strength[[ROLE_KEYS.index(key) for key in sentence.roles]].max(axis=0))


def _band(sentence: Sentence, roles: CellRoles, order: CellOrder, rows: int) -> Finding:
    assert sentence.ranks is not None
    first, last = round((sentence.ranks[0] - 1) / OF * rows), round(sentence.ranks[1] / OF * rows) - 1
    strength = _strength(sentence, roles)[order.permutation]  # by rank
    inside, outside = strength[first : last + 1], np.delete(strength, np.s_[first : last + 1])
    wins = float((inside[:, None] > outside).mean() + 0.5 * (inside[:, None] == outside).mean())
    words = f"A cell of rows {first + 1} to {last + 1} is stronger in this than one elsewhere in {wins:.0%} of all pairs"
    named = np.flatnonzero(np.isin(roles.name, [ROLE_KEYS.index(key) for key in sentence.roles]))
    if wins >= AGREES or not len(named):
        return Finding(sentence, words + ".", wins >= AGREES, int(order.permutation[first]), (first, last))
    low, high = (round(rank) for rank in np.quantile(order.ranks[named], (0.25, 0.75)))
    words += f"; half of the {len(named)} cells with such a name are in rows {low + 1} to {high + 1}."
    return Finding(sentence, words, False, int(order.permutation[low]), (low, high) if high > low else None)


def _cell(sentence: Sentence, roles: CellRoles, order: CellOrder) -> Finding:
    role = ROLE_KEYS.index(sentence.roles[0])
    strength = _strength(sentence, roles)
    cell = int(np.argmax(strength))
    if not roles.measured[role]:
        return Finding(sentence, "That was not measured for these weights.", False, cell)
    effect, low, high = (float(values[role, cell]) for values in (roles.effect, roles.low, roles.high))
    where = f"Our strongest is cell {cell}, row {order.ranks[cell] + 1}"
    words = f"{where}: {ROLES[role].measure} {effect:.2f} ({low:.2f} to {high:.2f})".replace("-", "−")
    return Finding(sentence, words + ".", bool(strength[cell] >= CLEAR), cell)
