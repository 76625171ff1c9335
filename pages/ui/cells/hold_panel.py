"""Ablate or steer: hold the chosen cells at a value, let the network write on, and compare."""

from __future__ import annotations

import streamlit as st

from hwmodel.cells.trace import Trial
from pages.ui import cached
from pages.ui.components.ink_view import Panel, ink_view
from pages.ui.shell.ink_source import KEPT

ZERO, MEAN, VALUE = "zero", "their mean", "a value"
STEPS, LINES = 400, 8  # written each way, to count pen lifts in; the first line is shown
PX_PER_UNIT, THICKNESS = 7.0, 2.0


def hold_panel(checkpoint: str, cells: tuple[int, ...], name: str) -> None:
    """Controls, the lines and the numbers, beside as many other cells held the same way. `name` is what the chosen cells are called in a sentence."""
    if not st.toggle(f"Hold {name}", key="hold", help="While the network writes, they keep one value whatever their gates say.", **KEPT):
        return
    columns = st.columns((4, 3, 2, 3), gap="medium", vertical_alignment="bottom")
    how = columns[0].segmented_control("At", (ZERO, MEAN, VALUE), default=ZERO, required=True, key="hold_at", **KEPT)
    value = columns[1].slider("Value", -3.0, 3.0, 1.0, 0.1, key="hold_value", disabled=how != VALUE, **KEPT)
    seed = int(columns[2].number_input("Seed", 0, 9999, 1, key="hold_seed", help="The same random numbers for all lines.", **KEPT))
    bias = columns[3].slider("Bias", 0.0, 3.0, 0.5, 0.05, key="hold_bias", **KEPT)
    others = cached.other_cells(checkpoint, cells, seed)
    ways = {"As it is": (), f"With {name} held": cells}
    if others:
        ways[f"With {in_number(others)} held, chosen by chance"] = others
    at, seeds = {ZERO: 0.0, MEAN: None, VALUE: value}[how], tuple(range(seed, seed + LINES))
    with st.spinner("Writing with and without them …"):
        free, held, *control = (cached.trial(checkpoint, each, at if each else 0.0, seeds, bias, STEPS) for each in ways.values())
    panels = [
        Panel(each.written, label, f"{label}: {len(each.written):,} steps, {each.lifts:.1f} pen lifts in 100")
        for label, each in zip(ways, (free, held, *control), strict=True)
    ]
    ink_view(panels, "hold_ink", lambda index: None, PX_PER_UNIT, THICKNESS)
    words = in_words(free, held, name)
    for each in control:
        words += f" With {in_number(others)} held instead, chosen by chance, it lifts {each.lifts:.1f} times and guesses at {each.nats:.2f} nats."
    st.markdown(words.replace("-", "−"))


def in_number(others: tuple[int, ...]) -> str:
    """What the cells held for comparison are called."""
    return "another cell" if len(others) == 1 else f"{len(others)} other cells"


def in_words(free: Trial, held: Trial, name: str) -> str:
    """What holding them did, in one sentence."""
    worse = held.nats - free.nats
    guessing = (
        f"guesses every step **{worse:.2f} nats worse** ({free.nats:.2f} → {held.nats:.2f})"
        if worse >= 0.005
        else f"guesses as well as before ({free.nats:.2f} → {held.nats:.2f} nats a step)"
    )
    if held.lifts < 0.1 * free.lifts:
        lifting = "all but **stops lifting the pen**"
    elif abs(held.lifts - free.lifts) < 0.15 * max(free.lifts, 0.1):
        lifting = "lifts the pen about as often as before"
    else:
        lifting = f"lifts the pen **{'less' if held.lifts < free.lifts else 'more'} often**"
    counts = f"{free.lifts:.1f} → {held.lifts:.1f} times in 100 steps, over {LINES} lines each way"
    return f"With {name} held, the network {lifting} ({counts}), and {guessing} on lines that it wrote itself."
