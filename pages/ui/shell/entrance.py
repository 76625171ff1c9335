"""The way in: the pages of the dashboard, app.py around each of them, and how each begins.

Until `st.navigation` has run once, Streamlit takes a folder named pages/ for its older kind of app, in which each page is a script of its own. So the
first visitor of a server gets a page without the app around it if the address is the page's own, as in every link that reproduces a view.
"""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.ui.components.loader import component
from pages.ui.shell import address, terms

ENTERED = "entered"
NAME = "Handwriting, seen from inside"
MENU = {  # page -> title and icon
    address.FRONT: ("Start", "home"),
    address.WRITE: ("Write", "edit_note"),
    address.YOUR_HAND: ("Your hand", "draw"),
    address.FUTURES: ("Futures", "alt_route"),
    address.ACTIVATIONS: ("Activations", "grid_on"),
    address.CELL_ORDER: ("Cell order", "sort"),
    address.MODEL: ("Model", "hub"),
}


def enter() -> StreamlitPage:
    """The page that the visitor asked for, with the menu beside it. Called by app.py, on every run."""
    st.session_state[ENTERED] = True
    with st.sidebar:  # where it takes no room from the page
        component("history")(key="history")
    pages = dashboard()
    page = st.navigation(pages, position="hidden")
    st.set_page_config(page_title=f"{page.title} · {NAME}")
    with st.sidebar, st.container(key="menu", gap="xsmall"):  # Streamlit's own menu would fetch these icons from another host
        for each, (_, icon) in zip(pages, MENU.values(), strict=True):
            st.page_link(each, icon=f":material/{icon}:", width="stretch")
    return page


def begin(title: str, lead: str | None = None) -> None:
    """The first call of every page: app.py around it, its title, and one or two sentences, before the network is loaded, which takes seconds.

    Without a lead, the page says by itself what is to be seen.
    """
    if ENTERED not in st.session_state:
        st.navigation(dashboard(), position="hidden")  # from here on, pages/ is a folder like any other
        st.rerun()  # with app.py
    st.title(title)
    if lead is not None:
        terms.markdown(lead, everyday=True)


def lead_to(page: str) -> None:
    """Go on with another page, with the words of Write's line in its link; the page's widgets put into it what they hold. Streamlit refuses to
    change a word that a widget of this page is bound to, and to clear them all."""
    st.switch_page(page, query_params={name: text for name, text in st.query_params.to_dict().items() if name.startswith("write_")})


def dashboard() -> list[StreamlitPage]:
    """All pages, in the order of the menu."""
    return [
        st.Page(f"pages/{name}.py", title=title, url_path=None if name == address.FRONT else name, default=name == address.FRONT)
        for name, (title, _) in MENU.items()
    ]
