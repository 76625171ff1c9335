"""How the dashboard stands in another page: a link with `embed=true`, which is Streamlit's own, and with what is to be left out."""

from __future__ import annotations

import streamlit as st

from pages.ui.shell import address

WIDGETS = ("Slider", "NumberInput", "Selectbox", "TextInput", "Checkbox", "Button", "DownloadButton", "ButtonGroup", "Popover", "Expander")
PARTS = {  # name in the link -> what it leaves out, as CSS finds it
    "sidebar": "[data-testid=stSidebar], [data-testid=stExpandSidebarButton]",
    "title": "[data-testid=stMain] h1",
    "tour": ".st-key-onward",
    "controls": ", ".join(f"[data-testid=stMain] .st{widget}" for widget in WIDGETS),
}


def leave_out() -> None:
    """Hide what the link says after `hide=`, with commas between. Called by app.py, on every run."""
    named = address.read("hide")
    address.write(hide=named)
    if named:
        st.html(f"<style>{', '.join(PARTS[name] for name in named.split(','))} {{ display: none; }}</style>")
