"""The way in: the pages of the dashboard, app.py around each of them, and how each begins.

Until `st.navigation` has run once, Streamlit takes a folder named pages/ for its older kind of app, in which each page is a script of its own. So the
first visitor of a server gets a page without the app around it if the address is the page's own, as in every link that reproduces a view.
"""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.ui.components.loader import component

ENTERED = "entered"


def enter() -> StreamlitPage:
    """The page that the visitor asked for. Called by app.py, on every run."""
    st.session_state[ENTERED] = True
    with st.sidebar:  # where it takes no room from the page
        component("history")(key="history")
    return st.navigation(dashboard())


def begin(title: str, lead: str | None = None) -> None:
    """The first call of every page: app.py around it, its title, and one or two sentences, before the network is loaded, which takes seconds.

    Without a lead, the page says by itself what is to be seen.
    """
    if ENTERED not in st.session_state:
        st.navigation(dashboard())  # from here on, pages/ is a folder like any other
        st.rerun()  # with app.py
    st.title(title)
    if lead is not None:
        st.markdown(lead)


def dashboard() -> list[StreamlitPage]:
    """All pages, in the order of the menu."""
    return [
        st.Page("pages/front.py", title="Start", icon="👋", default=True),
        st.Page("pages/write.py", title="Write", icon="✍️", url_path="write"),
        st.Page("pages/your_hand.py", title="Your hand", icon="✏️", url_path="your_hand"),
        st.Page("pages/futures.py", title="Futures", icon="🌿", url_path="futures"),
        st.Page("pages/activations.py", title="Activations", icon="🔬", url_path="activations"),
        st.Page("pages/cell_order.py", title="Cell order", icon="↕️", url_path="cell_order"),
        st.Page("pages/model.py", title="Model", icon="⚙️", url_path="model"),
    ]
