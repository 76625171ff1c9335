"""Lines of ink in the browser: painted, coloured, and played as they were written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from hwmodel.views.ink_view import Colouring, Panel, ink_bytes
from pages.ui.components.keep import keep_button
from pages.ui.components.loader import component


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
) -> None:
    """Draw lines one below the other or, where there are `columns`, as a grid, which has headings where these are named; `on_pick` is called back
    with the panel that was clicked.

    `thickness` in pixels. With `play`, ink that is new writes itself. With `file`, the stem of a name, the view can be kept. `one_by_one` where the
    panels are the lines of one page, of which none is chosen.
    """
    data = ink_bytes(panels, px_per_unit, thickness, colouring, columns, chosen, play, one_by_one)
    component("ink_view")(data=data, key=key, on_picked_change=lambda: on_pick(int(st.session_state[key]["picked"])))
    if file:
        keep_button("ink_view", key, lambda: data, file, "Handwriting that nobody wrote")
