"""What a page looks inside: the ink, the network that reads it, and what that is told it says."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from hwmodel.data.texts import ALPHABET, writable
from hwmodel.ink.page import lines_on
from hwmodel.ink.strokes import Strokes
from hwmodel.network.shipped import Kind, available_checkpoints
from pages.ui.shell import address, ink_source
from pages.ui.shell.words import escaped
from pages.ui.write import line

TOLD, _ = address.options("reading")


@dataclass(frozen=True)
class Subject:
    """A network, and the ink that it reads."""

    checkpoint: str
    strokes: Strokes
    text: str = ""  # what it is told that the ink says, its lines joined by line breaks; none where it takes no text
    words: str = ""  # who reads, where two networks can


def ask() -> bool:
    """Ask for the text of ink of which nobody else knows it, and, where it is known, whether the network shall be told; True where it shall."""
    if not available_checkpoints(kind=Kind.TEXT):
        return False
    if source := ink_source.given():
        field(source)
    if not ink_source.said():
        address.write(reading=None)  # as there is no switch that would
        return False
    told = st.segmented_control("The network is", default=TOLD, required=True, label_visibility="collapsed", **address.widget("reading"))
    return bool(told == TOLD)


def field(source: str) -> None:
    """Ask what given ink says, and keep it with the ink."""
    said = ink_source.said_of(source)
    told = f"This ink says “{in_a_row(said)}”" if said else "What does this ink say? Tell it, and a network reads along letter by letter"
    with st.expander(told):
        placeholder = "Type it, a line for each line of ink. Until then a network reads it that is told nothing."
        ink_source.ask_what_it_says(source, "What does this ink say?", placeholder, labelled=False)


def in_a_row(text: str) -> str:
    """A text with its lines one after the other, as it is."""
    return escaped(" / ".join(text.split("\n")))


def chosen(told: bool, most: int) -> Subject:
    """What is looked inside: the chosen ink, at most so many steps of it, read by the network that is `told` its text, or by the other. A text that
    cannot be told is one sentence, and counts as none."""
    ink = ink_source.current_ink()
    free = Subject(ink_source.checkpoint_name(), ink.strokes.first(most))
    if not ink.text:
        return free
    if not told:
        words = f"Read by {free.checkpoint}, which takes no text; {line.text_network()} has never been without one."
        return replace(free, words=words)
    found = writable(ink.text, ALPHABET)
    lines = [" ".join(each.split()) for each in found.text.splitlines() if each.strip()]
    if note := line.changed(found):
        st.info(escaped(note))
    if not lines:
        return free
    try:
        begun = sum(each.start < most for each in lines_on(ink.strokes, len(lines)))
    except ValueError as error:
        st.warning(f"The network cannot be told this: {escaped(str(error))}.")
        return free
    text, network = "\n".join(lines[:begun]), line.text_network()
    return Subject(network, free.strokes, text, f"Read by {network}, which is told “{in_a_row(text)}”.")
