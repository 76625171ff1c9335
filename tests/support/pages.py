"""Pages opened without a browser."""

from __future__ import annotations

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from hwmodel.ink.strokes import Strokes
from pages.ui.shell.entrance import ENTERED
from pages.ui.shell.words import JOINER

ROOT = Path(__file__).parents[2]
PATIENCE = 120  # seconds, on a busy machine


def through_app(page: str = "", **link: str) -> AppTest:
    """What a visitor with this link has before app.py has run: the first page, or the one of pages/`page`.py."""
    at = with_link(AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE), link)
    return at.switch_page(f"pages/{page}.py") if page else at


def page_alone(name: str, **link: str) -> AppTest:
    """The page of pages/`name`.py as app.py starts it, without what app.py puts around it; it has not run yet."""
    at = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=PATIENCE)
    at.session_state[ENTERED] = True
    return with_link(at, link)


def page_with_drawn(name: str, strokes: Strokes) -> AppTest:
    """The page alone, with ink that was drawn by hand."""
    at = page_alone(name)
    at.session_state["ink_source"] = "Drawn"
    at.session_state["drawn_ink"] = strokes
    return at


def with_link(at: AppTest, link: dict[str, str]) -> AppTest:
    for name, value in link.items():
        at.query_params[name] = value
    return at


def as_read(markdown: str) -> str:
    """What a reader sees of escaped words, and of terms that are explained."""
    return re.sub(r"</?dfn[^>]*>", "", re.sub(r"\\(.)", r"\1", markdown)).replace(JOINER, "")
