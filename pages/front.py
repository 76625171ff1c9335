"""The first page: what this is, in two sentences and in ink, and the article's experiments in five steps."""

from __future__ import annotations

import streamlit as st

from hwmodel.views.ink_view import Panel
from pages.ui import cached
from pages.ui.components.ink_view import ink_view
from pages.ui.front import steps
from pages.ui.shell import entrance

ESSAY = "https://distill.pub/2016/handwriting/"
PX_PER_UNIT, THICKNESS = 6.0, 2.0
NONE = -1  # of the lines is marked
SEEN = "front_seen"  # session key: the ink has written itself


def page() -> None:
    """Ink that writes itself at once, the reader's turn, and the story."""
    entrance.begin(
        "Handwriting, seen from inside",
        "A neural network learnt from people’s handwriting where the pen goes next, and nothing else. Here it writes, and you can look inside "
        f"while it does: the experiments are those of the essay [Experiments in Handwriting with a Neural Network]({ESSAY}) (2016).",
    )
    if any(name.startswith("write_") for name in st.query_params):  # a link from the time when Write was the first page
        st.switch_page("pages/write.py", query_params=st.query_params.to_dict())
    story = cached.story()
    panels = [Panel(line, text, "") for line, text in zip(story.lines, story.texts, strict=True)]
    ink_view(panels, "front_ink", lambda index: None, PX_PER_UNIT, THICKNESS, chosen=NONE, play=SEEN not in st.session_state)
    st.session_state[SEEN] = True
    with st.container(horizontal=True):
        if st.button("Write here", type="primary", icon=":material/draw:", help="With your own hand: the network goes on."):
            st.switch_page("pages/your_hand.py")
        if st.button("Let it write", icon=":material/edit_note:", help="What it likes, or the words you give it."):
            st.switch_page("pages/write.py")
    steps.fork(story)
    steps.cells(story, cached.story_map(story))
    steps.held(story)
    steps.hand()
    steps.tour()


page()
