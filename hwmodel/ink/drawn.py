"""How ink is drawn in a picture."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from hwmodel.ink.strokes import Polyline, Strokes, to_polylines

BLACK = "black"


class Run(NamedTuple):
    """A stroke, or a piece of one, in one colour."""

    line: Polyline  # (n, 2), from where the piece before ended
    colour: str
    goes_on: bool  # the piece before belongs to the same stroke


@dataclass(frozen=True)
class Drawn:
    """The pen that ink is drawn with."""

    width: float = 0.3  # model units
    colours: tuple[str, ...] | None = None  # #rrggbb, for each offset that of the ink that leads to its point; None: all black

    def runs(self, strokes: Strokes) -> list[Run]:
        """The strokes as `to_polylines` gives them, cut where the colour changes. Raises ValueError where there is not a colour for each offset."""
        if self.colours is None:
            return [Run(line, BLACK, False) for line in to_polylines(strokes)]
        if len(self.colours) != len(strokes):
            raise ValueError(f"expected a colour for each of {len(strokes)} offsets, got {len(self.colours)}")
        of_points = np.array([*self.colours[:1], *self.colours])
        of_strokes = [part for part in np.split(of_points, np.flatnonzero(strokes.pen_up) + 2) if len(part)]
        found = []
        for line, own in zip(to_polylines(strokes), of_strokes, strict=True):
            last = len(line) - 1
            edges = [0, *(np.flatnonzero(own[2 : last + 1] != own[1:last]) + 1).tolist(), last]
            found += [Run(line[begin : end + 1], str(own[min(begin + 1, last)]), begin > 0) for begin, end in pairwise(edges)]
        return found


PLAIN = Drawn()
