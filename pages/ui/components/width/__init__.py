"""How wide the page is: the drawing widget must be told its width in pixels."""

from __future__ import annotations

import streamlit as st

from pages.ui.components.loader import component

WIDTH = "page_width"  # session key: a page that is opened again begins with what was last seen
UNKNOWN = 700  # px, until the browser has told


def page_width() -> int:
    """Width of the page's column in CSS pixels. Costs one rerun when the session begins, and one when the window changes."""
    seen = component("width")(key="ruler", default={"width": None}, on_width_change=lambda: None).width
    if seen:
        st.session_state[WIDTH] = int(seen)
    return int(st.session_state.get(WIDTH, UNKNOWN))
