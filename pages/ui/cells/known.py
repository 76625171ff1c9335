"""Cells shown as what is known of a network's cells says: sorted and named."""

from __future__ import annotations

from hwmodel.cells.atlas import CellMap
from hwmodel.cells.telling import telling_cell
from hwmodel.cells.trace import CellTrace, WindowTrace
from hwmodel.ink.strokes import Strokes
from hwmodel.network.shipped import CheckpointError
from hwmodel.views.cell_view import STATES, Recording, RowNames
from pages.ui import cached
from pages.ui.components.cell_view import Choice
from pages.ui.shell import address

TSNE = address.options("order")[1]


def known_map(checkpoint: str) -> CellMap | None:
    """What is known of the cells; None where it was not measured for these weights, as the page Cell order says."""
    try:
        return cached.cell_map(checkpoint)
    except CheckpointError:
        return None


def sorted_recording(
    known: CellMap | None, strokes: Strokes, trace: CellTrace, what: str = STATES[0], window: WindowTrace | None = None
) -> tuple[Recording, Choice]:
    """A trace of some ink as one picture, and what is chosen in it at first: a telling cell. In the network's own order where nothing is known."""
    if known is None:
        return Recording.of(strokes, trace, what, window=window), Choice()
    recording = Recording.of(strokes, trace, what, RowNames.of(known.roles), {TSNE: known.order}, known.usual, window=window)
    return recording, Choice(telling_cell(known.roles), order=TSNE)
