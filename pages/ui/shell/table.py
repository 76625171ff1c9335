"""Small tables of words, without the data frames that Streamlit's own are made of: they take 50 MB of memory and travel as Arrow files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.ui.shell import terms
from pages.ui.shell.words import escaped


def table(rows: Sequence[Mapping[str, str]]) -> None:
    """Draw rows of the same columns, the names of which stand above. The words must be ours."""
    if rows:
        lines = [list(rows[0]), ["---"] * len(rows[0]), *(list(row.values()) for row in rows)]
        text = "\n".join(f"| {' | '.join(each if each == '---' else escaped(each) for each in line)} |" for line in lines)
        st.markdown(terms.explained(text), unsafe_allow_html=True, width="content")
