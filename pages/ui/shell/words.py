"""Words that others wrote, such as a file's name, where Streamlit takes Markdown."""

from __future__ import annotations

import re

# What Markdown, Streamlit's colours (:red[...]), formulas, HTML and bare addresses are made of
MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&@/=^\"':])")
ICON = re.compile(r":(?=[\w+-])")  # of one's name, which a backslash before it would not take apart: a joiner of no width does
JOINER = "\u2060"


def escaped(text: str) -> str:
    """The text on one line, shown as it is by everything that renders Markdown."""
    return MARKUP.sub(r"\\\1", ICON.sub(f":{JOINER}", " ".join(text.split())))
