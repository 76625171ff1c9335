"""Lines of ink in the browser: painted, coloured, and played as they were written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from hwmodel.views.ink_anew import WrittenWith
from hwmodel.views.ink_view import Colouring, Panel, ink_bytes
from hwmodel.views.standalone import AloneView, Section, alone_page
from pages.ui.components.keep import download, keep_button, network_of
from pages.ui.components.loader import component

TITLE = "Handwriting that nobody wrote"
WITH_NETWORK = "The same file with the network in it, about 1.6 MB: type in it, and it writes; with another text, bias or seed, without this server."


@dataclass(frozen=True)
class Written:
    """By what ink was written."""

    checkpoint: str
    told: WrittenWith


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
    file: str | None = None,
    one_by_one: bool = False,
    written: Written | None = None,
) -> None:
    """Draw lines one below the other or, where there are `columns`, as a grid, which has headings where these are named; `on_pick` is called back
    with the panel that was clicked.

    `thickness` in pixels. With `play`, ink that is new writes itself. With `file`, the stem of a name, the view can be kept; with what it was
    `written` by, too, so that the file writes anew. `one_by_one` where the panels are the lines of one page, of which none is chosen.
    """
    data = ink_bytes(panels, px_per_unit, thickness, colouring, columns, chosen, play, one_by_one, key)
    component("ink_view")(data=data, key=key, on_picked_change=lambda: on_pick(int(st.session_state[key]["picked"])))
    if not file:
        return
    with st.container(horizontal=True):
        keep_button("ink_view", key, lambda: data, file, TITLE)
        if written:
            _keep_network(written, data, key, file)


def _keep_network(written: Written, data: bytes, key: str, file: str) -> None:
    """A download of the view with the network, which writes there."""
    network = network_of(written.checkpoint)

    def page() -> str:
        return alone_page(TITLE, [Section(view=AloneView("ink_view", key, (data,), made=written.told))], network=network)

    download(page, f"{key}_network", file, "Keep it with the network", WITH_NETWORK)
