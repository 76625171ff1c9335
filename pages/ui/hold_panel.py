"""Ablate or steer: hold the chosen cells at a value, let the network write on, and compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui import cached, ink
from pages.ui.ink_view import Panel, ink_view

if TYPE_CHECKING:
    from hwmodel.steering import HeldEffect

ZERO, MEAN, VALUE = "zero", "their mean", "a value"
STEPS, LINES = 400, 8  # written each way, to count pen lifts in; the first line is shown
PX_PER_UNIT, THICKNESS = 7.0, 2.0


def hold_panel(checkpoint: str, cells: tuple[int, ...], name: str) -> None:
    """Controls, both lines and the numbers. `name` is what the chosen cells are called in a sentence."""
    if not st.toggle(f"Hold {name}", key="hold", help="While the network writes, they keep one value whatever their gates say.", **ink.KEPT):
        return
    columns = st.columns((4, 3, 2, 3), gap="medium", vertical_alignment="bottom")
    how = columns[0].segmented_control("At", (ZERO, MEAN, VALUE), default=ZERO, required=True, key="hold_at", **ink.KEPT)
    value = columns[1].slider("Value", -3.0, 3.0, 1.0, 0.1, key="hold_value", disabled=how != VALUE, **ink.KEPT)
    seed = int(columns[2].number_input("Seed", 0, 9999, 1, key="hold_seed", help="The same random numbers for both lines.", **ink.KEPT))
    bias = columns[3].slider("Bias", 0.0, 3.0, 0.5, 0.05, key="hold_bias", **ink.KEPT)
    with st.spinner("Writing twice …"):
        effect = cached.held_effect(checkpoint, cells, {ZERO: 0.0, MEAN: None, VALUE: value}[how], tuple(range(seed, seed + LINES)), bias, STEPS)
    panels = [
        Panel(strokes, label, f"{label}: {len(strokes):,} steps, {lifts:.1f} pen lifts in 100")
        for strokes, label, lifts in zip(effect.written, ("As it is", f"With {name} held"), effect.lifts, strict=True)
    ]
    ink_view(panels, "hold_ink", lambda index: None, PX_PER_UNIT, THICKNESS)
    st.markdown(in_words(effect, name))


def in_words(effect: HeldEffect, name: str) -> str:
    """What holding them did, in one or two sentences."""
    (nats, nats_held), (lifts, lifts_held) = effect.nats, effect.lifts
    worse = nats_held - nats
    guessing = (
        f"guesses every step **{worse:.2f} nats worse** ({nats:.2f} → {nats_held:.2f})"
        if worse >= 0.005
        else f"guesses as well as before ({nats:.2f} → {nats_held:.2f} nats a step)"
    )
    if lifts_held < 0.1 * lifts:
        lifting = "all but **stops lifting the pen**"
    elif abs(lifts_held - lifts) < 0.15 * max(lifts, 0.1):
        lifting = "lifts the pen about as often as before"
    else:
        lifting = f"lifts the pen **{'less' if lifts_held < lifts else 'more'} often**"
    counts = f"{lifts:.1f} → {lifts_held:.1f} times in 100 steps, over {LINES} lines each way"
    return f"With {name} held, the network {lifting} ({counts}), and {guessing} on lines that it wrote itself.".replace("-", "−")
