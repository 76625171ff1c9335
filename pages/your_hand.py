"""Your hand: the reader writes, and the network goes on."""

from __future__ import annotations

import streamlit as st

from hwmodel.ink.letter_size import px_per_unit
from hwmodel.ink.strokes import Polyline, Strokes
from hwmodel.network.familiarity import judge, load_ranges, measure
from hwmodel.network.shipped import CheckpointError
from hwmodel.views.cell_view import MAX_STEPS
from pages.ui import cached
from pages.ui.cells.known import known_map, sorted_recording
from pages.ui.components.cell_view import cell_view
from pages.ui.components.guesses import Guess, tell_apart
from pages.ui.components.width import page_width
from pages.ui.hand import live
from pages.ui.hand.canvas import INK_WIDTH
from pages.ui.hand.sheet import (
    GUESS_COLOURS,
    Sheet,
    background,
    clear,
    draw_sheet,
    ink_on,
    keep_guess,
    keep_size,
    key,
    letter_height,
    new_strokes,
    path_of,
    strokes_on,
    undo,
)
from pages.ui.shell import address, entrance, fault, ink_source
from pages.ui.shell.table import table

MARKS = {-1: "gray", 0: "green", 1: "orange", 2: "red"}  # colours of the meter
SEED = "hand_seed"


def controls(found_height: float) -> tuple[int, float, int, float]:
    """Steps of a continuation, its bias, how many, and the height of the letter x in px: how large the writing is for the network."""
    columns = st.columns([3, 3, 3, 2], gap="medium", vertical_alignment="bottom")
    length = columns[0].slider("Length", help="Steps that the network goes on.", **address.widget("hand_length"))
    bias = columns[1].slider("Bias", help=live.BIAS_HELP, **address.widget("hand_bias"))
    count = columns[2].slider("Guesses at once", **address.widget("hand_guesses"))
    with columns[3].popover("Size", width="stretch", help="How high you write a small x. The network knows one height only."):
        if st.toggle("Found in what you write", True, key="hand_auto", persist_state="session"):
            st.caption(f"{found_height:.0f} px from the line up to the top of a small x.")
            return length, bias, count, found_height
        return length, bias, count, st.slider("Height of a small x, px", 8, 90, round(found_height), key="hand_height", persist_state="session")


def buttons(guesses: list[list[Polyline]], scale: float, empty: bool) -> None:
    """What can be done with the drawing; the guess that a button keeps stands out where either is pointed at."""
    with st.container(horizontal=True):
        st.button("Undo", on_click=undo, disabled=empty)
        st.button("Clear", on_click=clear, disabled=empty)
        st.button("Guess again", on_click=guess_again, disabled=empty)
        told: list[Guess] = []
        for number, (lines, colour) in enumerate(zip(guesses, GUESS_COLOURS, strict=False), 1):
            name, button = "Keep it" if len(guesses) == 1 else f"Keep {number}", f"keep_{number}"
            rules = f".st-key-{button} button {{ border: 2px solid {colour}; }} .st-key-{button}[data-told] button {{ background: {colour}40; }}"
            st.html(f"<style>{rules}</style>")
            st.button(name, on_click=keep_guess, args=(lines, scale, colour), key=button, help="It becomes ink: go on writing after it.")
            told.append(Guess(path=path_of(lines, scale), colour=colour, button=button))
    tell_apart(told, INK_WIDTH, key())


def guess_again() -> None:
    st.session_state[SEED] = int(address.value(SEED)) + 1


def meter(strokes: Strokes) -> None:
    """How far the ink is from what the network knows, in one sentence."""
    name = ink_source.checkpoint_name()
    try:
        ranges = load_ranges(name, cached.load_model(name).fingerprint)
    except CheckpointError as error:
        st.caption(f"Whether this ink is like what the network learnt from is not known for these weights: {error}.")
        return
    if ranges is None:
        return
    verdict = judge(measure(strokes, cached.surprises(name, [strokes])[0]), len(strokes), ranges)
    st.markdown(f":{MARKS[verdict.level]}[●] {verdict.sentence}")
    if verdict.rows:
        with st.expander("Numbers"):
            table([{"": title, "This ink": value, "Nine in ten lines": span} for title, value, span in verdict.rows])
            st.caption(f"Compared with the beginnings of {ranges.lines}, which the network was not trained on.")


@st.fragment
@fault.guarded
def cells(strokes: Strokes) -> None:
    """All cells while the ink is read."""
    if len(strokes) > MAX_STEPS:
        st.caption(f"Your ink has {len(strokes):,} steps: the first {MAX_STEPS:,} are shown.")
        strokes = strokes.first(MAX_STEPS)
    checkpoint = ink_source.checkpoint_name()
    recording, first = sorted_recording(known_map(checkpoint), strokes, cached.recorded(checkpoint, strokes))
    cell_view(recording, "hand_cells", "your-hand", first)


def page() -> None:
    """The sheet, what the network makes of it, and its cells."""
    entrance.begin(
        "Your hand",
        "Write on the line with mouse, finger or pen, and see how the network would go on.",
    )
    if live.is_chosen() and live.draw():
        if drawn := ink_source.drawn():
            meter(drawn)
        return
    plain_sheet()


def plain_sheet() -> None:
    """The sheet that sends each stroke to the server, where the network goes on, and its cells."""
    sheet = Sheet(page_width())
    drawing = strokes_on(sheet)
    place = st.container()
    steps, bias, count, height = controls(letter_height(drawing, sheet))
    keep_size(drawing, sheet, height)
    address.keep((SEED,))
    scale = px_per_unit(height)
    strokes = ink_on(drawing, scale)
    ink_source.set_drawn(strokes)
    guesses = []
    if strokes is not None:
        first = int(address.value(SEED)) * count
        found = cached.continuations(ink_source.checkpoint_name(), strokes, tuple(range(first, first + count)), bias, steps)
        guesses = [new_strokes(strokes, each.strokes.offsets) for each in found]
    with place:
        draw_sheet(sheet, background(sheet, guesses, scale))
        buttons(guesses, scale, not drawing)
    if strokes is None or len(strokes) < 2:
        st.info("Write something: all 500 cells of the network will appear here, as they respond to your pen.")
    else:
        meter(strokes)
        cells(strokes)


page()
