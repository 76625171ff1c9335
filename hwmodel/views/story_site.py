"""The story as pages of its own: what `hwmodel.site` writes."""

from __future__ import annotations

from hwmodel.cells.atlas import CellMap
from hwmodel.network.shipped import CheckpointError
from hwmodel.views import article
from hwmodel.views import story_parts as parts
from hwmodel.views.cell_view import CENTRED, view_bytes
from hwmodel.views.engine import EngineParts, engine_parts
from hwmodel.views.futures_anew import drawn_with
from hwmodel.views.ink_view import NOT_ONE, ink_bytes
from hwmodel.views.live_sheet import live_bytes
from hwmodel.views.standalone import COMPONENTS, AloneNetwork, AloneView, Section, alone_page
from hwmodel.views.story import BIAS, Story

SHEET = "story_sheet"  # key of the live sheet


def site_pages(story: Story, known: CellMap, weights: bytes, licence: str, dashboard: str | None = None) -> dict[str, str]:
    """HTML by the name of its file: the front page's story, live, with its network's packed weights, whose licence is told in words; and an article
    with two of its views in frames, which are files beside it, or where there is an address those of a running dashboard. Raises CheckpointError for
    a map that is too old."""
    if known.usual is None:
        raise CheckpointError(f"the map of {story.checkpoint} does not say what is usual for a cell; make it anew with python -m hwmodel.map_cells")
    told = f"The network in this page: {story.checkpoint}. Licence of its weights: {licence}."
    network = AloneNetwork(story.fingerprint, weights, engine_parts(COMPONENTS / "engine"), told)
    sheet = AloneView("live_sheet", SHEET, (live_bytes(EngineParts("", b""), "", story.fingerprint, known.order, known.usual, None, None, BIAS),))
    lines = ink_bytes(parts.line_panels(story), parts.LINES_PX, parts.LINES_THICKNESS, chosen=NOT_ONE, play=True)
    moments = tuple(parts.fork_bytes(story, number) for number in range(len(story.moments)))
    fork = AloneView("futures_view", parts.FORK, moments, made=drawn_with(BIAS, seed=0))
    first = {"cell": parts.strongest(known)["x"], "step": 0, "order": parts.SORTED, "band": None, "scale": CENTRED}
    cells = AloneView("cell_view", parts.CELLS, (view_bytes(parts.recording(story, known), parts.CELLS, f"cells-{story.checkpoint}"),), first)
    held = ink_bytes(parts.held_panels(story), parts.HELD_PX, parts.LINES_THICKNESS, chosen=NOT_ONE)
    sections = [
        Section("", parts.LEAD, AloneView("ink_view", parts.LINES, (lines,))),
        Section(parts.FORK_HEADING, parts.FORK_PROSE, fork),
        Section(parts.CELL_HEADING, parts.cell_prose(known), cells),
        Section(parts.ORDER_HEADING, parts.order_prose(known)),
        Section(parts.HELD_HEADING, "", AloneView("ink_view", parts.HELD, (held,)), parts.held_prose(story)),
        Section(parts.HAND_HEADING, parts.HAND_PROSE, sheet),
    ]
    pages = {"index.html": alone_page(parts.TITLE, sections, parts.story_actions(story, known), network)}
    if dashboard:
        return pages | {"article.html": article.article_page(article.of_dashboard(dashboard))}
    frames = article.files()
    return pages | {
        "article.html": article.article_page(frames),
        frames[article.FUTURES]: alone_page(article.WORDS[article.FUTURES], [Section(view=fork)], network=network, framed=True),
        frames[article.CELLS]: alone_page(article.WORDS[article.CELLS], [Section(view=cells)], framed=True),
    }
