"""The network in the browser: it needs no Streamlit, and neither does this."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hwmodel.views.engine import EngineParts, engine_parts

FOLDER = Path(__file__).parent


@cache
def parts() -> EngineParts:
    """What a view sends along for `startEngine`."""
    return engine_parts(FOLDER)
