"""Words that others wrote, such as a file's name, where Streamlit takes Markdown."""

from __future__ import annotations

import re

# What Markdown, Streamlit's colours (:red[...]), formulas, HTML and bare addresses are made of
MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&@/=^\"'])")
JOINER = "\u2060"  # no width: after a colon, it is no icon's name that stands there, which a backslash before it would not prevent


def escaped(text: str) -> str:
    """The text on one line, shown as it is by everything that renders Markdown."""
    return MARKUP.sub(r"\\\1", " ".join(text.split())).replace(":", f"\\:{JOINER}")
