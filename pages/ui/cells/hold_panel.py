"""Ablate or steer: hold the chosen cells at a value, let the network write on, and compare."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from hwmodel.cells.rates import Rate
from hwmodel.cells.trace import Trial
from hwmodel.data.texts import ALPHABET, lines_of
from hwmodel.views.cell_view import Recording
from hwmodel.views.ink_view import Panel
from pages.ui import cached, cached_told
from pages.ui.components.cell_view import Choice
from pages.ui.components.ink_view import ink_view
from pages.ui.shell import address, terms

MEAN, ZERO, VALUE = address.options("hold_at")
HOLD = "hold"  # session key and name in the link: the cells are held
LEAST_NATS = 0.005  # a smaller change of a step's cost is none, however sure it is
STEPS, LINES = 400, 8  # written each way, to count pen lifts in; the first line is shown
PX_PER_UNIT, THICKNESS = 7.0, 2.0


def hold_panel(checkpoint: str, recording: Recording, choice: Choice, text: str = "") -> None:
    """One large control below the picture; where it is on, controls, the lines and the numbers, beside as many other cells held the same way. A
    network that is told a text writes its first line."""
    cells, name = choice.cells(recording), called(choice, recording)
    on = bool(address.value(HOLD))
    st.session_state[HOLD] = on  # a link says it on its own page alone
    label = f"Let {name} go again" if on else f"Switch {name} off and see what the network writes"
    kind: Literal["primary", "secondary"] = "secondary" if on else "primary"
    st.button(label, key="hold_button", type=kind, width="stretch", icon=":material/power_settings_new:", on_click=switch, args=(not on,))
    address.write(hold="true" if on else None)
    if not on:
        return
    terms.caption(f"Switched off: while the network writes, {name} {'keep' if len(cells) > 1 else 'keeps'} one value, whatever the gates say.")
    columns = st.columns((4, 3, 2, 3), gap="medium", vertical_alignment="bottom")
    how = columns[0].segmented_control("At", default=MEAN, required=True, **address.widget("hold_at"))
    value = columns[1].slider("Value", disabled=how != VALUE, **address.widget("hold_value"))
    seed = int(columns[2].number_input("Seed", help="The same random numbers for all lines.", **address.widget("hold_seed")))
    bias = columns[3].slider("Bias", **address.widget("hold_bias"))
    others = cached.other_cells(checkpoint, cells, seed)
    ways = {"As it is": (), f"With {name} held": cells}
    if others:
        ways[f"With {in_number(len(others))} held, chosen by chance"] = others
    at, seeds = {ZERO: 0.0, MEAN: None, VALUE: value}[how], tuple(range(seed, seed + LINES))
    with st.spinner("Writing with and without them …"):
        free, held, *control = (tried(checkpoint, each, at if each else 0.0, seeds, bias, text) for each in ways.values())
    panels = [
        Panel(each.written, label, f"{label}: {len(each.written):,} steps, {each.lifts.value:.1f} pen lifts in 100")
        for label, each in zip(ways, (free, held, *control), strict=True)
    ]
    ink_view(panels, "hold_ink", lambda index: None, PX_PER_UNIT, THICKNESS)
    words = what_holding_did(free, held, name)
    for each in control:
        words += " " + compared(free, held, each, name, len(others))
    terms.markdown(words.replace("-", "−"))


def tried(checkpoint: str, cells: tuple[int, ...], value: float | None, seeds: tuple[int, ...], bias: float, text: str) -> Trial:
    """What the network does with these cells held; one that is told a text writes its beginning, as long as a line can be."""
    if text:
        return cached_told.trial(checkpoint, cells, value, seeds, bias, lines_of(text, ALPHABET)[0])
    return cached.trial(checkpoint, cells, value, seeds, bias, STEPS)


def switch(on: bool) -> None:
    """Hold the chosen cells, or let them go."""
    st.session_state[HOLD] = on


def called(choice: Choice, recording: Recording) -> str:
    """What the chosen cells are called in a sentence."""
    if choice.band is None:
        return f"cell {choice.cell}"
    return f"the {len(choice.cells(recording))} cells of rows {choice.band[0] + 1} to {choice.band[1] + 1}"


def in_number(count: int) -> str:
    """What the cells held for comparison are called."""
    return "another cell" if count == 1 else f"{count} other cells"


def what_holding_did(free: Trial, held: Trial, name: str) -> str:
    """What holding the cells called `name` did to the network's writing and guessing, in one sentence, with the changes' 95 % intervals."""
    lifts, nats = held.lifts.minus(free.lifts), held.nats.minus(free.nats)
    if held.lifts.value < 0.1 * free.lifts.value:
        lifting = "all but **stops lifting the pen**"
    elif lifts.direction:
        lifting = f"lifts the pen **{'more' if lifts.value > 0 else 'less'} often**"
    else:
        lifting = "lifts the pen about as often as before, as far as can be told"
    if abs(nats.value) >= LEAST_NATS and nats.direction:
        guessing = f"guesses every step **{abs(nats.value):.2f} nats {'worse' if nats.value > 0 else 'better'}**"
    else:
        guessing = "guesses about as well as before"
    counts = f"{free.lifts.value:.1f} → {held.lifts.value:.1f} times in 100 steps, a change of {span(lifts, 1)}, over {LINES} lines each way"
    costs = f"{free.nats.value:.2f} → {held.nats.value:.2f} nats a step, a change of {span(nats, 2)}"
    return f"With {name} held, the network {lifting} ({counts}), and {guessing} ({costs}) on lines that it wrote itself."


def compared(free: Trial, held: Trial, control: Trial, name: str, count: int) -> str:
    """What `count` other cells, as many, do when they are held, and what follows from that for the ones called `name`."""
    one, others = count == 1, in_number(count)
    matters, them, those = ("matters", "it", "the other") if one else ("matter", "them", "the others")
    nats, lifts = held.nats.minus(control.nats), held.lifts.minus(control.lifts)
    worse = nats.direction if abs(nats.value) >= LEAST_NATS else 0
    guessing = {
        1: f"**{name} {matters} more for guessing** than {others} chosen by chance",
        -1: f"**{name} {matters} less for guessing** than {others} chosen by chance",
        0: f"for guessing **{name} {matters} no more than any {'cell' if one else f'{count} cells'}**, as far as can be told",
    }[worse]
    lifting = {
        1: f"with {them} held, the pen lifts more often than with {those}",
        -1: f"with {them} held, the pen lifts less often than with {those}",
        0: "in pen lifts there is no difference that can be told",
    }[lifts.direction]
    return (
        f"With {others} held instead, chosen by chance, it lifts {control.lifts.value:.1f} times "
        f"({span(control.lifts.minus(free.lifts), 1)}) and guesses at {control.nats.value:.2f} nats "
        f"({span(control.nats.minus(free.nats), 2)}). So {guessing}; {lifting}. Another seed compares with other cells."
    )


def span(change: Rate, digits: int) -> str:
    """The 95 % interval of a change."""
    low, high = change.interval()
    return f"{low:+z.{digits}f} to {high:+z.{digits}f}"
