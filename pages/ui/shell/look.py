"""What Streamlit's own look is not: room at the top, words beside a phone's menu button, and contrast that can be read (WCAG 1.4.3: 4.5 to 1)."""

from __future__ import annotations

import streamlit as st

from pages.ui.shell import terms

ROOM = ".stMainBlockContainer { padding-top: 3.5rem; max-width: 1200px; }"
PHONES_MENU = "[data-testid=stExpandSidebarButton]::after { content: 'Pages'; padding-left: 0.4em; font-size: 1rem; }"
CAPTIONS = ".stMarkdown [data-testid=stCaptionContainer] { opacity: 0.7; }"  # with Streamlit's 0.6 they are 4.1 to 1
ON_LIGHT_TEAL = "button[kind^=primary] { color: #15191b; }"  # white on the dark theme's primary colour is 2.5 to 1


def dress() -> None:
    """Called by app.py, on every run."""
    rules = [ROOM, f"@media (max-width: 640px) {{ {PHONES_MENU} }}", CAPTIONS, terms.STYLE]
    if st.context.theme.type == "dark":
        rules.append(ON_LIGHT_TEAL)
    st.html(f"<style>{' '.join(rules)}</style>")
