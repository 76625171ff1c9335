"""Write: the network writes by itself."""

from __future__ import annotations

import numpy as np
import streamlit as st

from hwmodel.ink.strokes import Strokes
from hwmodel.sampling.laws import GRAVES
from hwmodel.views.colours import ORDER_RAMP, STROKE_COLOURS, SURPRISE_RAMP
from hwmodel.views.ink_view import Colouring, Panel
from pages.ui import cached
from pages.ui.components.ink_view import ink_view
from pages.ui.shell import entrance, ink_source
from pages.ui.write.controls import ACROSS, PATH, PEN, Look, Setting, main_controls, more_controls, open_panel
from pages.ui.write.downloads import ink_downloads

NATS = {PATH: (-5.0, 0.0), PEN: (0.0, 4.0)}  # what the ends of the colour scale stand for


def colouring(lines: list[Strokes], colour: str) -> Colouring | None:
    """Levels and legend of a way to colour; None for plain ink."""
    if colour == "Order":
        ends = {"what": "order of writing", "low": "first", "high": "last"}
        return Colouring(ORDER_RAMP, True, [np.linspace(0, 255, len(line)).astype(np.uint8) for line in lines], ends)
    if colour == "Stroke":
        return Colouring(STROKE_COLOURS, False, [((~line.joined).cumsum() % 250).astype(np.uint8) for line in lines])
    if colour in NATS:
        low, high = NATS[colour]
        nats = [each[:, int(colour == PEN)] for each in cached.surprises(ink_source.checkpoint_name(), lines)]
        ends = {"what": "surprising path" if colour == PATH else "surprising pen lift", "low": f"{low:g}".replace("-", "−"), "high": f"{high:g} nats"}
        return Colouring(SURPRISE_RAMP, True, [((each.clip(low, high) - low) * (255 / (high - low))).astype(np.uint8) for each in nats], ends)
    return None


def figure(setting: Setting, look: Look) -> None:
    """The ink, and what can be done with it."""
    generated = cached.written_lines(ink_source.checkpoint_name(), setting.seeds, setting.law, setting.values, setting.pen_bias, setting.steps)
    lines = [each.strokes for each in generated]
    panels = [
        Panel(each.strokes, setting.name(i), f"{setting.name(i)} · {len(each.strokes):,} steps; stopped: {each.stopped}", f"seed {setting.seeds[i]}")
        for i, each in enumerate(generated)
    ]
    columns = [setting.value_name(column) for column in range(len(ACROSS[setting.law]))] if look.grid else []
    chosen = min(int(st.session_state.get("write_chosen", 0)), len(lines) - 1)
    play = "write_seen" not in st.session_state  # the first ink of a visit writes itself
    st.session_state.write_seen = True

    def pick(index: int) -> None:
        if look.grid:
            open_panel(setting, index)
        st.session_state.write_chosen = 0 if look.grid else index

    key = "write_ink_grid" if look.grid else "write_ink_lines"
    ink_view(
        panels, key, pick, look.px_per_unit, look.thickness, colouring(lines, look.colour), columns, chosen, play, f"handwriting-{setting.seeds[0]}"
    )
    if not look.grid:
        actions(setting, lines, chosen)


def actions(setting: Setting, lines: list[Strokes], chosen: int) -> None:
    """What can be done with the chosen line, and with all of them."""
    with st.container(horizontal=True):
        which = "this line" if len(lines) == 1 else f"the line with seed {setting.seeds[chosen]}"
        told = "Makes it the ink that all other pages look at."
        inside = st.button(f"Look inside {which}", on_click=look_inside, args=(setting, chosen, lines[chosen]), help=told, type="primary")
        ink_downloads(lines, f"handwriting-{setting.seeds[0]}")
        if inside:  # and no st.switch_page: it would clear the link, which it may not where widgets are bound to it
            st.page_link("pages/activations.py", label="All pages look at this line now: see what its cells do →")


def look_inside(setting: Setting, index: int, strokes: Strokes) -> None:
    """Make one line the ink of all pages: by its seed where the sidebar's own controls write the same, else as ink made here."""
    if setting.law == GRAVES and setting.pen_bias == 0 and setting.steps == ink_source.STEPS:
        st.session_state.ink_source = ink_source.GENERATED
        st.session_state.ink_seed, st.session_state.ink_bias = setting.seeds[index], setting.values[index]
    else:
        ink_source.make(strokes, setting.name(index))


def page() -> None:
    """The line or lines, and what they are written with."""
    entrance.begin(
        "Handwriting that nobody wrote",
        "The network draws one pen movement after another, each by chance from what it thinks could come next. It knows no letters, only movements.",
    )
    value, seed, grid = main_controls()
    place = st.container()
    setting, look = more_controls(value, seed, grid)
    with place:
        figure(setting, look)


page()
