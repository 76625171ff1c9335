"""Prose whose links set a picture."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NotRequired, TypedDict

import streamlit as st

from pages.ui.components.loader import component

LINK = re.compile(r"\[([^\]]+)\]\(([\w.-]+)\)")


class Span(TypedDict):
    """Some words; with a choice where they are a link. The contract with view.js."""

    text: str
    choice: NotRequired[str]


def prose(text: str, key: str, on_choice: Callable[[str], None], chosen: str | None = None, to: str | None = None) -> None:
    """Draw a sentence or two; words in `[these](name)` are a link, with which `on_choice` is called back, and which brings the view of the key `to`
    into sight. The one that is `chosen` looks so."""
    data = {"spans": spans(text), "chosen": chosen, "to": to}
    component("prose")(data=data, key=key, on_choice_change=lambda: on_choice(str(st.session_state[key]["choice"])))


def spans(text: str) -> list[Span]:
    """The text's parts, in order."""
    found: list[Span] = []
    end = 0
    for link in LINK.finditer(text):
        found += [Span(text=text[end : link.start()]), Span(text=link[1], choice=link[2])]
        end = link.end()
    return [span for span in (*found, Span(text=text[end:])) if span["text"]]
