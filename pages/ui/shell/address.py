"""What a link can say: every parameter of the address, declared once, and the only place that reads and writes them.

A widget takes its key and its limits from here, and Streamlit keeps it in step with the address; what is chosen in a browser component is written by
`write`. A value that makes no sense counts as none. What equals its default does not stand in the address. Some defaults are the chosen network's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from hwmodel.ink.shapes import SHAPES
from hwmodel.network.shipped import Kind, available_checkpoints, default_checkpoint
from hwmodel.sampling.laws import LAWS
from hwmodel.sampling.showcase import showcase
from hwmodel.views.cell_view import NAMES, NETWORK_ORDER, SCALES
from hwmodel.views.colours import LIMITS
from hwmodel.views.futures_view import MEASURES

KEPT: dict[str, Any] = {"persist_state": "session"}  # of every widget in the table: it is there again when its page is
BOUND: dict[str, Any] = {"bind": "query-params"}
MOST_SAID = 400  # characters of what given ink says: ten lines
WRITER = "line_writer"  # session key: whose defaults the line on Write had in the run before
LAST = "last_"  # begins the session key of what a parameter said on the page before: Streamlit forgets a link's word with its page


@dataclass(frozen=True)
class Number:
    """A number within limits; whole where the default is."""

    default: float
    low: float
    high: float
    step: float = 1
    shown: str = ""  # what of the chosen network's showcase is the default instead: `bias` or `seed`
    written: bool = False  # ... or of that of the network which is told a text, where one is told

    def read(self, text: str) -> float | None:
        """The number; None where this is none, or beyond the limits."""
        try:
            number = int(text) if isinstance(self.default, int) else float(text)
        except ValueError:
            return None
        return number if self.low <= number <= self.high else None

    def limits(self) -> dict[str, Any]:
        """As a slider and a number input take them."""
        return {"min_value": self.low, "max_value": self.high, "value": self.default, "step": self.step}


@dataclass(frozen=True)
class OneOf:
    """One of some words, of which the first is the default."""

    options: tuple[str, ...]

    @property
    def default(self) -> str:
        return self.options[0]

    def read(self, text: str) -> str | None:
        """The word; None where it is none of them."""
        return text if text in self.options else None

    def limits(self) -> dict[str, Any]:
        """As a select box and a segmented control take them."""
        return {"options": self.options}


@dataclass(frozen=True)
class Switch:
    """On or off."""

    default: bool = False

    def read(self, text: str) -> bool | None:
        """True or False; None where it is neither."""
        return {"true": True, "false": False}.get(text.lower())

    def limits(self) -> dict[str, Any]:
        """A toggle takes none."""
        return {}


@dataclass(frozen=True)
class Text:
    """Words of this pattern, which whoever uses them knows more about."""

    pattern: str
    default: None = None

    def read(self, text: str) -> str | None:
        """The text; None where it is not of the pattern."""
        return text if re.fullmatch(self.pattern, text, re.DOTALL) else None

    def limits(self) -> dict[str, Any]:
        """Whoever draws the widget knows them."""
        return {}


Parameter = Number | OneOf | Switch | Text

FRONT, WRITE, YOUR_HAND, FUTURES, ACTIVATIONS, CELL_ORDER, MODEL = PAGES = (
    "front",
    "write",
    "your_hand",
    "futures",
    "activations",
    "cell_order",
    "model",
)
CELLS = (ACTIVATIONS, CELL_ORDER)
TABLE: dict[tuple[str, ...], dict[str, Parameter]] = {  # pages -> what a link to them can say
    PAGES: {
        "hide": Text(r"(sidebar|title|tour|controls)(,(sidebar|title|tour|controls)){0,3}"),  # see pages/ui/shell/embed.py
        "checkpoint": Text(r"[\w.-]{1,100}"),
        "ink_source": OneOf(("Generated", "Drawn", "Uploaded", "Made here", *SHAPES)),
        "ink_seed": Number(7, 0, 2**31 - 1, shown="seed", written=True),
        "ink_bias": Number(0.5, 0.0, 3.0, 0.05, shown="bias", written=True),
        "ink": Text(r".*"),  # as hwmodel.formats.link packs it, which says what is wrong with it
        "ink_says": Text(rf".{{1,{MOST_SAID}}}"),  # that ink, where the reader has typed it
        # The line on Write, which is the ink of all pages
        "write_text": Text(r".*"),  # what is to be written; pages/ui/write/line.py says what is wrong with it
        "write_hand": Number(0, 0, 12),  # counted from 1; 0 is any
        "write_sample": Number(1, 1, 16),  # which of the lines, samples or pieces of the grid
        "write_view": OneOf(("Lines", "Grid")),
        "write_lines": Number(5, 1, 8),
        "write_law": OneOf(tuple(LAWS)),
        "write_temperature": Number(0.6, 0.05, 1.5, 0.05),
        "write_pen_bias": Number(0.0, -3.0, 3.0, 0.25),
        "write_steps": Number(600, 50, 1500, 50),
    },
    (WRITE,): {
        "write_colour": OneOf(("Ink", "Order", "Stroke", "Surprise: path", "Surprise: pen")),
        "write_size": Number(6.0, 3.0, 16.0, 0.5),
        "write_thickness": Number(2.0, 0.5, 6.0, 0.25),
    },
    (YOUR_HAND,): {
        "sheet": OneOf(("Live", "Plain")),
        "hand_length": Number(60, 5, 200, 5),
        "hand_bias": Number(0.5, 0.0, 3.0, 0.05, shown="bias"),
        "hand_guesses": Number(1, 1, 5),
        "hand_seed": Number(0, 0, 9999),  # how often the network was asked to guess again
        "hand_size": Number(0, 0, 200),  # px of a small x, as it was written on the sheet; 0 is as high as the sheet's lines
    },
    (FUTURES,): {
        "futures_kind": OneOf(("Hairs", "Main paths", "Fan at one point", "Sure or lost")),
        "futures_bias": Number(0.5, 0.0, 3.0, 0.05, shown="bias"),
        "futures_samples": Number(50, 10, 200, 10),
        "futures_origin": OneOf(("Every point", "The chosen point")),
        "futures_steps": Number(8, 1, 32),
        "futures_fan_steps": Number(30, 10, 200, 10),
        "futures_long_steps": Number(200, 50, 400, 10),
        "futures_measure": OneOf(tuple(MEASURES)),
        "futures_seed": Number(0, 0, 2**31 - 1),
        "way": Text(r"(\d{1,5}\.\d{1,3}-){0,9}\d{1,5}\.\d{1,3}"),  # point.branch of each choice, counted from 1
    },
    (ACTIVATIONS,): {"activation": OneOf(tuple(LIMITS))},
    (CELL_ORDER,): {
        "order_perplexity": Number(10, 2, 100),
        "order_seed": Number(0, 0, 9999),
    },
    CELLS: {
        "cell": Number(0, 0, 9999),
        "order": OneOf((NETWORK_ORDER, "t-SNE", "PCA", "Spectral", "Hierarchical", "t-SNE of this ink")),
        "rows": Text(r"\d{1,4}-\d{1,4}"),  # first and last of a band, counted from 1
        "scale": OneOf(SCALES),
        "only": OneOf(NAMES),  # cells that follow this alone are shown
        "hold": Switch(),
        "hold_at": OneOf(("mean", "zero", "a value")),
        "hold_value": Number(1.0, -3.0, 3.0, 0.1),
        "hold_seed": Number(1, 0, 9999),
        "hold_bias": Number(0.5, 0.0, 3.0, 0.05, shown="bias"),
    },
    (FUTURES, *CELLS): {"reading": OneOf(("Told its text", "Without its text"))},
    (FRONT, FUTURES, *CELLS, MODEL): {"step": Number(1, 1, 10_000)},  # of the ink, counted from 1
}
RENAMED = {"write_seed": "ink_seed", "write_bias": "ink_bias"}  # in links from the time when Write had a line of its own -> today's name
PARAMETERS = {name: parameter for group in TABLE.values() for name, parameter in group.items()}


def options(name: str) -> tuple[str, ...]:
    """The words that a parameter can be, the default first."""
    parameter = PARAMETERS[name]
    assert isinstance(parameter, OneOf)
    return parameter.options


def network() -> str:
    """The chosen network: the visitor's choice, else the link's, where there is such a one, else the default. Raises CheckpointError."""
    names = available_checkpoints()
    return next((name for name in (st.session_state.get("checkpoint"), read("checkpoint")) if name in names), None) or default_checkpoint()


def told_network(chosen: str) -> str | None:
    """The network that is told a text where this one is chosen: its own, where there is such a one, else the first; None where there is none."""
    names, own = available_checkpoints(kind=Kind.TEXT), f"{chosen}-text"
    return own if own in names else next(iter(names), None)


def writer(chosen: str) -> str:
    """The network that writes the line on Write where this one is chosen: where a text is told, the one that is told it."""
    is_told = str(value("write_text") or "").strip()
    return (told_network(chosen) or chosen) if is_told else chosen


def default(name: str) -> Any:
    """What holds where neither the visitor nor the link says anything. Raises CheckpointError where it is a network's, and there is none."""
    parameter = PARAMETERS[name]
    if isinstance(parameter, Number) and parameter.shown:
        return _shown(parameter, network())
    return parameter.default


def _shown(parameter: Number, chosen: str) -> Any:
    """The default of a parameter where this network is chosen."""
    return getattr(showcase(writer(chosen) if parameter.written else chosen), parameter.shown)


def follow(before: str, after: str) -> None:
    """Where the visitor has left a default of one network as it was, it becomes the other's (in a callback)."""
    for name, parameter in PARAMETERS.items():
        if isinstance(parameter, Number) and parameter.shown and st.session_state.get(name) == _shown(parameter, before):
            st.session_state[name] = _shown(parameter, after)


def follow_text() -> None:
    """As `follow`, where a text is told from now on, or none any more. Called before the widgets of the line are drawn."""
    after = writer(network())
    before = st.session_state.get(WRITER, after)
    st.session_state[WRITER] = after
    if before == after:
        return
    for name, parameter in PARAMETERS.items():
        if isinstance(parameter, Number) and parameter.written and st.session_state.get(name) == getattr(showcase(before), parameter.shown):
            st.session_state[name] = getattr(showcase(after), parameter.shown)


def read(name: str) -> Any:
    """What the link says; None where it says nothing, or nothing that makes sense."""
    text = st.query_params.get(name)
    return None if text is None else PARAMETERS[name].read(text)


def value(name: str) -> Any:
    """What a widget says, also before it is drawn: the visitor's choice, else what was kept of the page before, else the link's, else the default."""
    for said in (st.session_state.get(name), st.session_state.get(f"{LAST}{name}"), read(name)):
        if said is not None:
            return said
    return default(name)


def widget(name: str) -> dict[str, Any]:
    """Key, limits and binding of the widget of this name. A value without sense is taken out of the address, which the widget must not see."""
    parameter = PARAMETERS[name]
    kept = {"key": name, **parameter.limits(), **KEPT} | ({"value": default(name)} if isinstance(parameter, Number) else {})
    if name not in st.query_params or read(name) is not None:
        return kept | BOUND
    with suppress(StreamlitAPIException):  # where the widget was bound before: without its binding, Streamlit takes the value out
        del st.query_params[name]
    return kept


def unbound(name: str) -> dict[str, Any]:
    """As `widget`, for a number that stands in another place on another page, which would lose it from the address: `write` puts it there."""
    return {"key": name, **PARAMETERS[name].limits(), "value": value(name), **KEPT}


def take_renamed() -> None:
    """Give what an old link says its name of today. Called before the widgets of those names are drawn."""
    for old, name in RENAMED.items():
        text = st.query_params.get(old)
        if text is not None:
            del st.query_params[old]
            st.query_params[name] = text
            for key in (name, f"{LAST}{name}"):
                st.session_state.pop(key, None)


def keep(names: Iterable[str]) -> None:
    """Have the other pages know what these say, and the address: of names that no widget writes there."""
    for name in names:
        said = value(name)
        told = None if said in (None, "", default(name)) else said
        st.session_state[f"{LAST}{name}"] = told
        write(**{name: None if told is None else f"{told}"})


def write(**values: str | None) -> None:
    """Put these into the address, of which no widget writes any; None takes one out."""
    link = st.query_params
    if changed := {name: text for name, text in values.items() if text is not None and link.get(name) != text}:
        link.update(changed)
    for name in [name for name, text in values.items() if text is None and name in link]:
        del link[name]
