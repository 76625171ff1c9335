"""Browser components from their files: a folder with view.html, view.css and view.js. The js files are ES modules that import each other."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from hwmodel.views.script import script

HERE = Path(__file__).parent


@cache
def component(folder: str) -> Any:
    """The component in pages/ui/components/`folder`."""
    html, css = ((HERE / folder / name).read_text("utf-8") for name in ("view.html", "view.css"))
    return st.components.v2.component(folder, html=html, css=css, js=script(HERE / folder / "view.js"))
