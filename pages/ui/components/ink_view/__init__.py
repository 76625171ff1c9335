"""Lines of ink in the browser: painted, coloured, and played as they were written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from hwmodel.ink.strokes import Strokes
from pages.ui.components.loader import component, pack


@dataclass(frozen=True)
class Panel:
    """One line of ink."""

    strokes: Strokes
    label: str  # which line this is
    note: str  # what stands below it
    row: str = ""  # in a grid, what its row is called


@dataclass(frozen=True)
class Colouring:
    """What the ink's colour stands for."""

    palette: Mapping[str, Sequence[str]]  # by theme, `light` and `dark`
    spread: bool  # one ramp over the levels 0-255, or else a list of colours that is repeated
    levels: list[np.ndarray]  # (T,) uint8 for each panel: a level for each offset
    legend: dict[str, str] | None = None  # what, low and high, in words


def ink_view(
    panels: Sequence[Panel],
    key: str,
    on_pick: Callable[[int], None],
    px_per_unit: float,
    thickness: float,
    colouring: Colouring | None = None,
    columns: Sequence[str] = (),
    chosen: int = 0,
    play: bool = False,
) -> None:
    """Draw lines one below the other or, where `columns` are named, as a grid; `on_pick` is called back with the panel that was clicked.

    `thickness` in pixels. With `play`, ink that is new writes itself.
    """
    header: dict[str, Any] = {
        "panels": [{"label": panel.label, "note": panel.note, "row": panel.row, "count": len(panel.strokes) + 1} for panel in panels],
        "px_per_unit": px_per_unit,
        "thickness": thickness,
        "columns": list(columns),
        "chosen": chosen,
        "play": play,
    }
    if colouring:
        header |= {"palette": dict(colouring.palette), "spread": colouring.spread, "legend": colouring.legend}
    levels = colouring.levels if colouring else [np.zeros(len(panel.strokes), np.uint8) for panel in panels]
    data = pack(
        header,
        points=np.concatenate([panel.strokes.points for panel in panels]).astype(np.float32),
        kind=np.concatenate([np.r_[False, panel.strokes.joined] for panel in panels]).astype(np.uint8),
        level=np.concatenate([np.r_[level[:1], level] for level in levels]),
    )
    component("ink_view")(data=data, key=key, on_picked_change=lambda: on_pick(int(st.session_state[key]["picked"])))
