"""The first page: what this is, in two sentences and in ink, and the article's experiments in five steps."""

from __future__ import annotations

import streamlit as st

from hwmodel.views import story_parts as parts
from hwmodel.views.ink_view import NOT_ONE
from pages.ui import cached
from pages.ui.components.ink_view import ink_view
from pages.ui.front import sheet, steps
from pages.ui.shell import entrance, ink_source

SEEN = "front_seen"  # session key: the ink has written itself


def page() -> None:
    """Ink that writes itself at once, the reader's turn, and the story."""
    entrance.begin(parts.TITLE, parts.LEAD)
    if any(name.startswith("write_") for name in st.query_params):  # a link from the time when Write was the first page
        ink_source.sidebar(folded=True)  # whose widgets take what the link says
        entrance.lead_to("pages/write.py")
    story = cached.story()
    is_open = sheet.is_open()
    if is_open:
        sheet.draw()
    else:
        panels, play = parts.line_panels(story), SEEN not in st.session_state
        ink_view(panels, parts.LINES, lambda index: None, parts.LINES_PX, parts.LINES_THICKNESS, chosen=NOT_ONE, play=play)
    st.session_state[SEEN] = True
    ink_source.sidebar(folded=True)  # only now, as its widgets are much work for the browser: the ink moves half a second earlier
    with st.container(horizontal=True):
        sheet.button(is_open)
        if st.button("Let it write", icon=":material/edit_note:", help="What it likes, or the words you give it."):
            entrance.lead_to("pages/write.py")
        if st.button("How it works", icon=":material/hub:", help="The network, one step taken apart; what it learnt from, and how good it is."):
            entrance.lead_to("pages/model.py")
    steps.fork(story)
    steps.cells(story, cached.story_map(story))
    steps.held(story)
    steps.hand()
    steps.tour()


page()
