"""The paper that the visitor's theme is."""

from __future__ import annotations

import streamlit as st


def current_paper() -> str:
    """`light` or `dark`, as `hwmodel.views.colours` calls them."""
    return "dark" if st.context.theme.type == "dark" else "light"
