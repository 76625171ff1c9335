"""The story as a page of its own: what `hwmodel.site` writes."""

from __future__ import annotations

from hwmodel.cells.atlas import CellMap
from hwmodel.views import story_parts as parts
from hwmodel.views.cell_view import CENTRED, view_bytes
from hwmodel.views.ink_view import NOT_ONE, ink_bytes
from hwmodel.views.standalone import AloneView, Section, alone_page
from hwmodel.views.story import Story


def story_page(story: Story, known: CellMap) -> str:
    """The front page's story as HTML that needs no server."""
    lines = ink_bytes(parts.line_panels(story), parts.LINES_PX, parts.LINES_THICKNESS, chosen=NOT_ONE, play=True)
    forks = tuple(parts.fork_bytes(story, number) for number in range(len(story.moments)))
    cells = view_bytes(parts.recording(story, known), parts.CELLS, f"cells-{story.checkpoint}")
    held = ink_bytes(parts.held_panels(story), parts.HELD_PX, parts.LINES_THICKNESS, chosen=NOT_ONE)
    first = {"cell": parts.strongest(known)["x"], "step": 0, "order": parts.SORTED, "band": None, "scale": CENTRED}
    sections = [
        Section("", parts.LEAD, AloneView("ink_view", parts.LINES, (lines,))),
        Section(parts.FORK_HEADING, parts.FORK_PROSE, AloneView("futures_view", parts.FORK, forks)),
        Section(parts.CELL_HEADING, parts.cell_prose(known), AloneView("cell_view", parts.CELLS, (cells,), first)),
        Section(parts.ORDER_HEADING, parts.order_prose(known)),
        Section(parts.HELD_HEADING, "", AloneView("ink_view", parts.HELD, (held,)), parts.held_prose(story)),
    ]
    return alone_page(parts.TITLE, sections, parts.story_actions(story, known))
