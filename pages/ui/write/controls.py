"""The widgets of the page Write, as plain values."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import streamlit as st

from hwmodel.sampling.laws import GRAVES
from pages.ui.shell import address

LINES, GRID = address.options("write_view")
ACROSS = {GRAVES: (0.0, 0.5, 1.0, 2.0), "Temperature": (1.0, 0.7, 0.4, 0.1), "Root temperature": (1.0, 0.5, 0.2, 0.05)}  # the grid's columns
DOWN = 4  # the grid's rows
GRID_STEPS, GRID_SIZE = 250, 0.5  # short and small: what a setting does shows in a word or two
INK, _, _, PATH, PEN = address.options("write_colour")
KNOBS: dict[bool, dict[str, Any]] = {  # of Graves' law, and of the other two
    True: {
        "label": "Bias",
        "help": "0: as it learnt to write. Higher: tidier, and more alike.",
    },
    False: {
        "label": "Temperature",
        "help": "1: as it learnt to write. Lower: tidier, and more alike.",
    },
}


@dataclass(frozen=True)
class Setting:
    """What the lines are written with."""

    seeds: tuple[int, ...]
    law: str
    values: tuple[float, ...]  # of the law, one for each seed
    pen_bias: float
    steps: int

    def name(self, index: int) -> str:
        """A line by its seed and its law's value."""
        return f"seed {self.seeds[index]}, {self.value_name(index)}"

    def value_name(self, index: int) -> str:
        return f"{KNOBS[self.law == GRAVES]['label'].lower()} {self.values[index]:g}"


@dataclass(frozen=True)
class Look:
    """How the lines are drawn."""

    grid: bool
    colour: str
    px_per_unit: float
    thickness: float  # pixels


def main_controls() -> tuple[float, int, bool]:
    """The sampling law's value, the first line's seed, and whether a grid is asked for."""
    knob = KNOBS[address.value("write_law") == GRAVES]
    grid = address.value("write_view") == GRID
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=380):
            value = st.slider(disabled=grid, **knob, **address.widget(f"write_{knob['label'].lower()}"))
        seed = st.number_input("Seed", width=140, help="The same seed writes the same ink.", **address.widget("write_seed"))
        st.button("New", on_click=new_seed, help="Write something else")
        view = st.segmented_control("View", default=LINES, required=True, label_visibility="collapsed", **address.widget("write_view"))
    return value, int(seed), view == GRID


def more_controls(value: float, seed: int, grid: bool) -> tuple[Setting, Look]:
    """The rest of the widgets, and with them all that the ink needs."""
    colour = st.segmented_control("Colour the ink by", default=INK, required=True, help=COLOUR_HELP, **address.widget("write_colour"))
    with st.expander("More settings"):
        left, middle, right = st.columns(3, gap="large")
        lines = left.slider("Lines", disabled=grid, **address.widget("write_lines"))
        steps = left.slider("Steps", help="A line also ends when it is full.", disabled=grid, **address.widget("write_steps"))
        size = middle.slider("Size", help="Pixels a unit; a small x is about three units high.", **address.widget("write_size"))
        thickness = middle.slider("Stroke width", help="Pixels", **address.widget("write_thickness"))
        law = right.selectbox("Sampling law", help=LAW_HELP, **address.widget("write_law"))
        pen_bias = right.slider("Pen bias", help="Above 0 the pen lifts more often.", **address.widget("write_pen_bias"))
    if grid:
        seeds, values = zip(*((seed + row, column) for row in range(DOWN) for column in ACROSS[law]), strict=True)
        return Setting(seeds, law, values, pen_bias, GRID_STEPS), Look(grid, colour, size * GRID_SIZE, thickness * 0.75)
    return Setting(tuple(range(seed, seed + lines)), law, (value,) * lines, pen_bias, steps), Look(grid, colour, size, thickness)


COLOUR_HELP = """Surprise is minus the logarithm of what the network, as it learnt to write, gave each movement: where the pen went, and whether
it lifted after it. Where it went is a density, so its nats may be below zero."""
LAW_HELP = """What the slider at the top does to the network’s guess. *Graves* (2013): π logits × (1 + b), σ × exp(−b).
*Temperature* (the Distill article): π^(1/T), σ × T. *Root temperature* (sketch-rnn): π^(1/T), σ × √T. The three are not the same."""


def new_seed() -> None:
    st.session_state.write_seed = secrets.randbelow(1000)


def open_panel(setting: Setting, index: int) -> None:
    """Show one line of the grid alone."""
    st.session_state.write_seed = setting.seeds[index]
    st.session_state[f"write_{KNOBS[setting.law == GRAVES]['label'].lower()}"] = setting.values[index]
    st.session_state.write_view = LINES
