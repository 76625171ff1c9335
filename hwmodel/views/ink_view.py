"""What the view of lines of ink is sent, as bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import numpy as np
from numpy.typing import NDArray

from hwmodel.ink.strokes import Strokes
from hwmodel.views.colours import mixed
from hwmodel.views.packing import pack

NOT_ONE = -1  # of the panels is chosen


@dataclass(frozen=True)
class Panel:
    """One line of ink."""

    strokes: Strokes
    label: str  # which line this is
    note: str  # what stands below it
    row: str = ""  # in a grid, what its row is called
    text: str = ""  # what the ink says, where that is known
    letters: np.ndarray | None = None  # (T,) uint16: which of the text's characters was being written at each offset


@dataclass(frozen=True)
class Colouring:
    """What the ink's colour stands for."""

    palette: Mapping[str, Sequence[str]]  # by theme, `light` and `dark`
    spread: bool  # one ramp over the levels 0-255, or else a list of colours that is repeated
    levels: list[np.ndarray]  # (T,) uint8 for each panel: a level for each offset
    legend: dict[str, str] | None = None  # what, low and high, in words

    def colours(self, levels: np.ndarray, paper: str = "light") -> tuple[str, ...]:
        """The colours (T,) of levels, as #rrggbb, on light or dark paper."""
        palette = tuple(self.palette[paper])
        of_levels = [mixed(palette, level / 255) if self.spread else palette[level % len(palette)] for level in range(256)]
        return tuple(of_levels[level] for level in levels.tolist())


class PanelHeader(TypedDict):
    """A panel in words, and how many points it has of the arrays."""

    label: str
    note: str
    row: str
    text: str
    count: int


class InkHeader(TypedDict):
    """The contract with pages/ui/components/ink_view/data.js, which says what each is."""

    name: str
    panels: list[PanelHeader]
    px_per_unit: float
    thickness: float
    columns: list[str]
    chosen: int
    play: bool
    one_by_one: bool
    palette: NotRequired[Mapping[str, Sequence[str]]]
    spread: NotRequired[bool]
    legend: NotRequired[dict[str, str] | None]


class InkArrays(TypedDict):
    """The arrays of the same contract: the points of all panels, one after the other."""

    points: NDArray[np.float32]  # (points, 2)
    inked: NDArray[np.uint8]  # (points,) 1 where ink joins a point to the one before
    level: NDArray[np.uint8]  # (points,)
    letter: NDArray[np.uint16]  # (points,) of the panel's text


def ink_bytes(
    panels: Sequence[Panel],
    px_per_unit: float,
    thickness: float,
    colouring: Colouring | None = None,
    columns: Sequence[str] = (),
    chosen: int = 0,
    play: bool = False,
    one_by_one: bool = False,
    name: str = "",
) -> bytes:
    """The blob of the view, under a name where others lend it what it shows; other arguments as in `pages.ui.components.ink_view.ink_view`."""
    header: InkHeader = {
        "name": name,
        "panels": [
            {"label": panel.label, "note": panel.note, "row": panel.row, "text": panel.text, "count": len(panel.strokes) + 1} for panel in panels
        ],
        "px_per_unit": px_per_unit,
        "thickness": thickness,
        "columns": list(columns),
        "chosen": chosen,
        "play": play,
        "one_by_one": one_by_one,
    }
    if colouring:
        header |= {"palette": dict(colouring.palette), "spread": colouring.spread, "legend": colouring.legend}
    levels = colouring.levels if colouring else [np.zeros(len(panel.strokes), np.uint8) for panel in panels]
    letters = [np.zeros(len(panel.strokes)) if panel.letters is None else panel.letters for panel in panels]
    arrays: InkArrays = {
        "points": np.concatenate([panel.strokes.points for panel in panels]).astype(np.float32),
        "inked": np.concatenate([np.r_[False, panel.strokes.joined] for panel in panels]).astype(np.uint8),
        "level": with_first(levels).astype(np.uint8),
        "letter": with_first(letters).astype(np.uint16),
    }
    return pack(header, **arrays)


def with_first(values: Sequence[np.ndarray]) -> np.ndarray:
    """Of each point, one line after the other, what is told of each offset: a line's first point has what its first offset has."""
    return np.concatenate([np.r_[each[:1] if len(each) else [0], each] for each in values])
