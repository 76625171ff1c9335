"""The story as a page of its own: what `hwmodel.site` writes."""

from __future__ import annotations

from hwmodel.cells.atlas import CellMap
from hwmodel.network.shipped import CheckpointError
from hwmodel.views import story_parts as parts
from hwmodel.views.cell_view import CENTRED, view_bytes
from hwmodel.views.engine import EngineParts, engine_parts
from hwmodel.views.futures_anew import drawn_with
from hwmodel.views.ink_view import NOT_ONE, ink_bytes
from hwmodel.views.live_sheet import live_bytes
from hwmodel.views.standalone import COMPONENTS, AloneNetwork, AloneView, Section, alone_page
from hwmodel.views.story import BIAS, Story

SHEET = "story_sheet"  # key of the live sheet


def story_page(story: Story, known: CellMap, weights: bytes, licence: str) -> str:
    """The front page's story as HTML that needs no server, live: with its network's packed weights, whose licence is told in words. Raises
    CheckpointError for a map that is too old."""
    if known.usual is None:
        raise CheckpointError(
            f"the map of {story.checkpoint} does not say what is usual for its cells; make it anew with python -m hwmodel.map_cells"
        )
    told = f"The network in this page: {story.checkpoint}. Licence of its weights: {licence}."
    network = AloneNetwork(story.fingerprint, weights, engine_parts(COMPONENTS / "engine"), told)
    sheet = live_bytes(EngineParts("", b""), "", story.fingerprint, known.order, known.usual, None, None, BIAS)
    lines = ink_bytes(parts.line_panels(story), parts.LINES_PX, parts.LINES_THICKNESS, chosen=NOT_ONE, play=True)
    forks = tuple(parts.fork_bytes(story, number) for number in range(len(story.moments)))
    cells = view_bytes(parts.recording(story, known), parts.CELLS, f"cells-{story.checkpoint}")
    held = ink_bytes(parts.held_panels(story), parts.HELD_PX, parts.LINES_THICKNESS, chosen=NOT_ONE)
    first = {"cell": parts.strongest(known)["x"], "step": 0, "order": parts.SORTED, "band": None, "scale": CENTRED}
    sections = [
        Section("", parts.LEAD, AloneView("ink_view", parts.LINES, (lines,))),
        Section(parts.FORK_HEADING, parts.FORK_PROSE, AloneView("futures_view", parts.FORK, forks, drawn=drawn_with(BIAS, seed=0))),
        Section(parts.CELL_HEADING, parts.cell_prose(known), AloneView("cell_view", parts.CELLS, (cells,), first)),
        Section(parts.ORDER_HEADING, parts.order_prose(known)),
        Section(parts.HELD_HEADING, "", AloneView("ink_view", parts.HELD, (held,)), parts.held_prose(story)),
        Section(parts.HAND_HEADING, parts.HAND_PROSE, AloneView("live_sheet", SHEET, (sheet,))),
    ]
    return alone_page(parts.TITLE, sections, parts.story_actions(story, known), network)
