"""What our browser components share: loading their files."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from hwmodel.views.packing import pack

__all__ = ["component", "pack"]
HERE = Path(__file__).parent


@cache
def component(folder: str) -> Any:
    """The component in pages/ui/`folder`: view.html, view.css, and view.js with `unpack` and the folder's other scripts before it."""
    scripts = [HERE / "shared" / "blob.js", *sorted((HERE / folder).glob("*.js"), key=lambda path: path.name == "view.js")]
    html, css = ((HERE / folder / name).read_text() for name in ("view.html", "view.css"))
    return st.components.v2.component(folder, html=html, css=css, js="\n".join(path.read_text() for path in scripts))
