"""The live sheet on the first page: it comes, and with it the network, when the reader asks for it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.ui.hand import live
from pages.ui.shell import address, entrance

OPEN = "front_sheet"  # session key: the reader asked for it
PAGE = "pages/your_hand.py"  # where there is a plain sheet too


def is_open() -> bool:
    """Whether the reader writes here. Leads to the plain sheet where that was chosen, by hand or by a device that is too slow."""
    if not st.session_state.get(OPEN):
        return False
    if address.value("sheet") == live.PLAIN:
        del st.session_state[OPEN]
        entrance.lead_to(PAGE)
    return True


def button(is_open: bool) -> None:
    """Ask for the sheet; where it is open, the way to its page."""
    looks: dict[str, Any] = {"type": "primary", "icon": ":material/draw:"}
    if not is_open:
        st.button("Write here", help="With your own hand: the network goes on.", key="front_write_here", on_click=open_here, **looks)
    elif st.button("More of your hand", help="How like it is to what the network learnt from, and other sheets.", **looks):
        entrance.lead_to(PAGE)


def open_here() -> None:
    st.session_state[OPEN] = True


def draw() -> None:
    """The sheet, in the place of the ink that wrote itself."""
    st.caption("Write on the line: what could come next stands at the tip of your pen, and the cells follow below. All pages look at what you write.")
    if not live.draw_sheet():
        st.page_link(PAGE, label="To the plain sheet →")
