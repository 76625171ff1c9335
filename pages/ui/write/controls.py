"""The widgets of the page Write. What the line needs of them, `pages.ui.write.line` reads; how it is drawn comes back as a value."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hwmodel.network.shipped import CheckpointError
from hwmodel.sampling.hands import Hand, hand_from, load_hands
from hwmodel.sampling.laws import GRAVES
from hwmodel.views.ink_view import NOT_ONE, Panel
from pages.ui.components.ink_view import ink_view
from pages.ui.shell import address, ink_source, terms
from pages.ui.shell.words import escaped
from pages.ui.write import line
from pages.ui.write.line import LINES, Asked

FIELD = "What shall I write?"
INK, *_, PATH, PEN = address.options("write_colour")
SUGGESTIONS = {
    "A greeting": "Dear Susan, thank you",
    "A wish": "happy birthday to you",
    "A pangram": "The quick brown fox jumps over the lazy dog",
    "A short letter": "Dear Susan,\nthank you for the flowers, they stand on\nmy desk and smell of spring.\nYours, Anna",
}
TILE_PX_PER_UNIT, TILE_THICKNESS = 4.0, 1.4
TILES = ("",) * 4  # columns without a heading


@dataclass(frozen=True)
class Look:
    """How the lines are drawn."""

    colour: str
    px_per_unit: float
    thickness: float  # pixels


def text_field() -> tuple[Asked, DeltaGenerator]:
    """What is to be written, and what is wrong with it in a sentence; and the place for what is typed, written at once."""
    st.session_state.setdefault("write_text", address.read("write_text") or "")
    st.text_area(
        FIELD,
        key="write_text",
        height=80,
        placeholder="Your name, a line, a short letter. Left empty, the network writes as it likes.",
        persist_state="session",
        on_change=line.choose,
        args=(0,),
    )
    live = st.container()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Write", type="primary")  # leaving the field is what hands its text over
        for name, text in SUGGESTIONS.items():
            st.button(name, on_click=suggest, args=(text,), type="tertiary", help=escaped(text))
        st.button("As it likes", on_click=suggest, args=("",), type="tertiary", help="Clear the field: the network writes what it likes.")
    asked = line.asked()
    if asked.error:
        st.warning(f"{escaped(asked.error)} Until then the network writes as it likes.")
    if asked.note:
        st.info(escaped(asked.note))
    return asked, live


def main_controls(told: bool) -> None:
    """How tidy, which seed, and whether one looks at lines or at a grid."""
    graves = told or address.value("write_law") == GRAVES
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=380, gap=None):
            if graves:
                bias: dict[str, Any] = {
                    "help": terms.meaning("bias"),
                    **address.unbound("ink_bias"),
                }
                st.slider("Bias", disabled=not told and line.in_grid(), **bias)
            else:
                st.slider("Temperature", disabled=line.in_grid(), help=terms.meaning("temperature"), **address.widget("write_temperature"))
            ends = ("varied", "cautious") if graves else ("cautious", "varied")
            with st.container(horizontal=True, horizontal_alignment="distribute"):
                for end in ends:
                    st.caption(end, width="content")
        st.number_input("Seed", width=140, help=terms.meaning("seed"), on_change=line.choose, args=(0,), **address.unbound("ink_seed"))
        st.button("Again", on_click=new_seed, help="Write it anew, with another seed")
        if not told:
            first: dict[str, Any] = {"on_change": line.choose, "args": (0,)}
            st.segmented_control("View", default=LINES, required=True, label_visibility="collapsed", **first, **address.widget("write_view"))


def more_controls(told: bool) -> Look:
    """The rest of the widgets; those that a told network has no use for are off."""
    colour = st.segmented_control("Colour the ink by", default=INK, required=True, help=COLOUR_HELP, **address.widget("write_colour"))
    grid = not told and line.in_grid()
    with st.expander("More settings"):
        left, middle, right = st.columns(3, gap="large")
        left.slider("Lines", disabled=grid or told, on_change=line.choose, args=(0,), **address.widget("write_lines"))
        left.slider("Steps", help="A line also ends when it is full.", disabled=told, **address.widget("write_steps"))
        size = middle.slider(
            "Size",
            help="Pixels a unit of lines below one another; a small x has three. A line alone is larger.",
            **address.widget("write_size"),
        )
        thickness = middle.slider("Stroke width", help="Pixels", **address.widget("write_thickness"))
        right.selectbox("Sampling law", help=LAW_HELP, disabled=told, **address.widget("write_law"))
        right.slider("Pen bias", help="Above 0 the pen lifts more often.", disabled=told, **address.widget("write_pen_bias"))
    return Look(colour, size, thickness)


def hands() -> None:
    """The hands that the text network can go on in, as small pictures, and the visitor's own."""
    try:
        shipped = load_hands(line.text_network())
    except CheckpointError:
        return
    number, own = min(int(address.value("write_hand")), len(shipped)), line.own_hand()
    name = "your own" if own else f"hand {number}" if number else "any"
    with st.expander(f"In whose hand: {name}", key="write_whose_hand"):
        if shipped:
            st.caption("Pieces of ink that the network wrote itself. It goes on from the one you choose, and keeps its hand.")
            panels = [Panel(hand.strokes, f"hand {i + 1}", "") for i, hand in enumerate(shipped)]
            chosen = NOT_ONE if own else number - 1
            ink_view(panels, "write_hands", take_hand, TILE_PX_PER_UNIT, TILE_THICKNESS, columns=TILES, chosen=chosen)
        any_help = "Each seed, and each sample, in a hand of its own"
        st.button("Any hand", on_click=line.choose_hand, args=(0,), disabled=not (number or own), help=any_help)
        own_hand(shown=own)


def own_hand(shown: Hand | None) -> None:
    """Ask what the drawn ink says, and offer its hand. `shown` is the hand that is written in already."""
    ink = ink_source.drawn()
    if ink is None:
        st.page_link("pages/your_hand.py", label="In your own hand: write a few words on Your hand first →")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=260):
            st.html(ink_source.thumbnail(ink))
        said = ink_source.ask_what_it_says(ink_source.DRAWN, "What does your ink say?", "Letter by letter; its first line counts.")
        try:
            found, wrong = hand_from(ink, said), ""
        except ValueError as error:
            found, wrong = None, f"{error}."
        st.button("In my own hand", on_click=line.choose_hand, args=(0, found), disabled=found is None or found == shown)
    if said and wrong:
        st.warning(escaped(wrong[0].upper() + wrong[1:]))
    elif shown:
        st.caption("The network goes on from your ink. Your hand stays here: the link to this page does not hold it.")


COLOUR_HELP = """Surprise is minus the logarithm of what the network, as it learnt to write without a text, gave each movement: where the pen went, or
whether it lifted after it. The colour ranks the steps shown here by it: half of them are as usual, the reddest are the one in a hundred that it
expected least."""
LAW_HELP = """What the slider at the top does to the network’s guess. *Graves* (2013): π logits × (1 + b), σ × exp(−b).
*Temperature* (the Distill article): π^(1/T), σ × T. *Root temperature* (sketch-rnn): π^(1/T), σ × √T. The three are not the same."""


def suggest(text: str) -> None:
    st.session_state.write_text = text
    line.choose(0)


def new_seed() -> None:
    st.session_state.ink_seed = secrets.randbelow(1000)
    line.choose(0)


def take_hand(index: int) -> None:
    line.choose_hand(index + 1)
