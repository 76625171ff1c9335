"""Bands of neighbouring rows in which most cells follow one kind of thing. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hwmodel.cells.roles import ROLE_KEYS, CellRoles

KINDS = {  # what a band is called -> the roles of its cells
    "direction and curve": ("direction", "turn", "turn_size", "speed"),
    "place in the line": ("x",),
    "height": ("y",),
    "place in the word": ("word_position",),
    "pen lifts": ("lift_now", "lift_next", "stroke_start"),
}
STEADY = "steady"
AROUND = 17  # rows in which a row's neighbours are counted
LEAST_SHARE = 0.35  # of them have a role of the band's kind
LEAST_ROWS = 10
MOST_GAP = 12  # rows between two parts of one band


@dataclass(frozen=True)
class Band:
    """Rows `first` to `last`, counted from 0."""

    label: str
    first: int
    last: int


def bands(roles: CellRoles, permutation: np.ndarray, steady: np.ndarray | None = None) -> tuple[Band, ...]:
    """The bands of an order (H,), the cell in each row, from top to bottom. `steady` (H,) bool: cells that hardly move, a band
    of their own where they stand at the end."""
    name = roles.name[permutation]
    moving = len(name) if steady is None else len(name) - int(steady.sum())
    at_end = steady is not None and bool(steady[permutation[moving:]].all())
    name = name[:moving] if at_end else name
    has = np.stack([np.isin(name, [ROLE_KEYS.index(key) for key in keys]) for keys in KINDS.values()])
    share = np.stack([np.convolve(each, np.ones(AROUND) / AROUND, "same") for each in has])
    kind = np.where(share.max(axis=0) >= LEAST_SHARE, share.argmax(axis=0), -1)
    found = []
    for number, label in enumerate(KINDS):
        rows = np.flatnonzero((kind == number) & has[number])
        for part in np.split(rows, np.flatnonzero(np.diff(rows) > MOST_GAP) + 1):
            if len(part) and part[-1] - part[0] + 1 >= LEAST_ROWS:
                found.append(Band(label, int(part[0]), int(part[-1])))
    if at_end and len(permutation) - moving > 1:
        found.append(Band(STEADY, moving, len(permutation) - 1))
    return tuple(sorted(found, key=lambda band: band.first))
