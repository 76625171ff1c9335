"""Activations: what every cell does while the ink is read."""

from __future__ import annotations

import streamlit as st

from hwmodel.formats.cell_trace import trace_csv, trace_npz
from hwmodel.views.cell_view import MAX_STEPS, STATES, values_of
from pages.ui import cached_told
from pages.ui.cells.card import cell_card, cell_list
from pages.ui.cells.hold_panel import hold_panel
from pages.ui.cells.known import known_map, sorted_recording
from pages.ui.components.cell_view import cell_view
from pages.ui.shell import address, entrance, fault, ink_source, subject
from pages.ui.shell.subject import Subject

WORDS = {
    "cell state": "what a cell remembers",
    "hidden state": "what it tells the others and the output",
    "input gate": "how far it lets new things in",
    "forget gate": "how much of its memory it keeps",
    "candidate": "what it would like to add",
    "output gate": "how much of its memory it shows",
}


@st.fragment
@fault.guarded
def view(seen: Subject, what: str) -> None:
    """The picture, the card of what is chosen in it, and the files."""
    checkpoint, strokes, gates = seen.checkpoint, seen.strokes, what not in STATES
    trace, window = cached_told.read(checkpoint, strokes, seen.text, gates)
    known = known_map(checkpoint)
    recording, first = sorted_recording(known, strokes, trace, what, window)
    choice = cell_view(recording, "activations_view", f"{what}-{checkpoint}".replace(" ", "-"), first)
    hold_panel(checkpoint, recording, choice, seen.text)
    find, files = st.columns((4, 1), vertical_alignment="bottom")
    with find:
        cell_list(recording, choice)
    with files.popover("Download", width="stretch"):
        values = values_of(trace, what)
        stem = f"cells-{checkpoint}"
        states = {"cell_state": trace.cell, "hidden_state": trace.hidden}
        npz = states if what in STATES else states | {what.replace(" ", "_"): values}
        st.download_button("NPZ, all numbers", lambda: trace_npz(strokes, npz), f"{stem}.npz", "application/zip", on_click="ignore", width="stretch")
        st.download_button(f"CSV, {what}", lambda: trace_csv(strokes, values), f"{stem}.csv", "text/csv", on_click="ignore", width="stretch")
        st.caption("PNG and SVG are above the picture.")
    cell_card(checkpoint, recording, trace.cell, choice, known.roles if known is not None else None)


def page() -> None:
    """The picture of all cells, and the card of one."""
    entrance.begin(
        "What every cell does",
        "Each row is one of the network’s cells, each column one step of the pen. Point at the picture, or at the ink.",
    )
    what = st.segmented_control("Show", default=STATES[0], required=True, label_visibility="collapsed", **address.widget("activation"))
    told, whole = subject.ask(), len(ink_source.current_ink().strokes)
    seen = subject.chosen(told, MAX_STEPS)
    if whole < 2:
        st.info("There is too little ink to look at: it needs two points at least. Write some more, or choose another ink at the left.")
    else:
        note = f" This ink has {whole:,} steps: the first {MAX_STEPS:,} are shown." if whole > MAX_STEPS else ""
        st.caption(f"{what.capitalize()}: {WORDS[what]}.{note} {seen.words}")
        view(seen, what)


page()
