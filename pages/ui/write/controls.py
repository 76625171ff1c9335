"""The widgets of the page Write, as plain values."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from hwmodel.sampling.laws import GRAVES, LAWS
from pages.ui.shell import ink_source
from pages.ui.shell.ink_source import KEPT

LINES, GRID = "Lines", "Grid"
ACROSS = {GRAVES: (0.0, 0.5, 1.0, 2.0), "Temperature": (1.0, 0.7, 0.4, 0.1), "Root temperature": (1.0, 0.5, 0.2, 0.05)}  # the grid's columns
DOWN = 4  # the grid's rows
GRID_STEPS, GRID_SIZE = 250, 0.5  # short and small: what a setting does shows in a word or two
PATH, PEN = "Surprise: path", "Surprise: pen"
COLOURS = ("Ink", "Order", "Stroke", PATH, PEN)
MOST_SEED = 999_999
KNOBS: dict[bool, dict[str, Any]] = {  # of Graves' law, and of the other two
    True: {
        "label": "Bias",
        "max_value": 3.0,
        "value": ink_source.BIAS,
        "min_value": 0.0,
        "help": "0: as it learnt to write. Higher: tidier, and more alike.",
    },
    False: {
        "label": "Temperature",
        "max_value": 1.5,
        "value": 0.6,
        "min_value": 0.05,
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
    knob = KNOBS[chosen("write_law", LAWS) == GRAVES]
    grid = chosen("write_view", (LINES, GRID)) == GRID
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=380):
            value = st.slider(step=0.05, key=f"write_{knob['label'].lower()}", disabled=grid, **knob, **KEPT)
        seed = st.number_input("Seed", 0, MOST_SEED, ink_source.SEED, key="write_seed", width=140, help="The same seed writes the same ink.", **KEPT)
        st.button("New", on_click=new_seed, help="Write something else")
        view = st.segmented_control("View", (LINES, GRID), default=LINES, required=True, key="write_view", label_visibility="collapsed", **KEPT)
    return value, int(seed), view == GRID


def more_controls(value: float, seed: int, grid: bool) -> tuple[Setting, Look]:
    """The rest of the widgets, and with them all that the ink needs."""
    colour = st.segmented_control("Colour the ink by", COLOURS, default="Ink", required=True, key="write_colour", help=COLOUR_HELP, **KEPT)
    with st.expander("More settings"):
        left, middle, right = st.columns(3, gap="large")
        lines = left.slider("Lines", 1, 8, 1, key="write_lines", disabled=grid, **KEPT)
        steps = left.slider(
            "Steps", 50, 1500, ink_source.STEPS, 50, key="write_steps", help="A line also ends when it is full.", disabled=grid, **KEPT
        )
        size = middle.slider("Size", 3.0, 16.0, 9.0, 0.5, key="write_size", help="Pixels a unit; a small x is about three units high.", **KEPT)
        thickness = middle.slider("Stroke width", 0.5, 6.0, 2.0, 0.25, key="write_thickness", help="Pixels", **KEPT)
        law = right.selectbox("Sampling law", LAWS, key="write_law", help=LAW_HELP, **KEPT)
        pen_bias = right.slider("Pen bias", -3.0, 3.0, 0.0, 0.25, key="write_pen_bias", help="Above 0 the pen lifts more often.", **KEPT)
    if grid:
        seeds, values = zip(*((seed + row, column) for row in range(DOWN) for column in ACROSS[law]), strict=True)
        return Setting(seeds, law, values, pen_bias, GRID_STEPS), Look(grid, colour, size * GRID_SIZE, thickness * 0.75)
    return Setting(tuple(range(seed, seed + lines)), law, (value,) * lines, pen_bias, steps), Look(grid, colour, size, thickness)


COLOUR_HELP = """Surprise is minus the logarithm of what the network, as it learnt to write, gave each movement: where the pen went, and whether
it lifted after it. Where it went is a density, so its nats may be below zero."""
LAW_HELP = """What the slider at the top does to the network’s guess. *Graves* (2013): π logits × (1 + b), σ × exp(−b).
*Temperature* (the Distill article): π^(1/T), σ × T. *Root temperature* (sketch-rnn): π^(1/T), σ × √T. The three are not the same."""


def chosen(key: str, options: Iterable[str]) -> str:
    """What a widget with these options, the first of which is the default, will say that is drawn only later."""
    value = st.session_state.get(key, st.query_params.get(key))
    return value if value in options else next(iter(options))


def new_seed() -> None:
    st.session_state.write_seed = secrets.randbelow(1000)


def open_panel(setting: Setting, index: int) -> None:
    """Show one line of the grid alone."""
    st.session_state.write_seed = setting.seeds[index]
    st.session_state[f"write_{KNOBS[setting.law == GRAVES]['label'].lower()}"] = setting.values[index]
    st.session_state.write_view = LINES
