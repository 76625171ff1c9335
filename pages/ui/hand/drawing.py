"""What the session keeps of the plain sheet's drawing."""

from __future__ import annotations

import streamlit as st

STROKES = "hand_strokes"  # session key: the drawing, which outlives the widget
MOUNT = "hand_mount"  # counts the widgets: a drawing that Python changed gets a new one, since giving it to the old one costs two reruns
KEPT = "hand_kept"  # (strokes before, strokes after) of each continuation that was kept, so that undo takes it back whole


def forget() -> None:
    """Drop the drawing: the next widget begins with the session's ink, which came from elsewhere (in a callback)."""
    st.session_state.pop(STROKES, None)
    st.session_state.pop(KEPT, None)
    st.session_state[MOUNT] = st.session_state.get(MOUNT, 0) + 1
