"""Ink and what every cell does while it is read, in one browser component. What is chosen there holds on all pages, and stands in the link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import streamlit as st

from hwmodel.views.cell_view import CENTRED, EVERY, NETWORK_ORDER, Recording, kept_bytes, view_bytes
from pages.ui.components.keep import keep_button
from pages.ui.components.loader import component
from pages.ui.shell import address, tour

SEEN = "cells_seen"  # session key of what was chosen and holds on all pages: any of cell, step, scale and only
ROWS = "cells_rows_{}"  # of what was chosen and holds in one view, by its key: any of order and band
VIEW = "cells_view"  # the key of the view on this page
SERIAL = "cells_serial"  # counts the choices that Python made: the browser follows each once


@dataclass(frozen=True)
class Choice:
    """What is chosen in the view."""

    cell: int = 0
    step: int = 0
    order: str = NETWORK_ORDER
    band: tuple[int, int] | None = None  # first and last row of a band of cells, in that order
    scale: str = CENTRED  # of the colours: one of SCALES
    only: str = EVERY  # which cells are shown, by what they follow: one of NAMES

    def cells(self, recording: Recording) -> tuple[int, ...]:
        """The chosen cells: the band's, from top to bottom, or the one."""
        if self.band is None:
            return (self.cell,)
        rows = slice(self.band[0], self.band[1] + 1)
        if self.order == NETWORK_ORDER:
            return tuple(range(recording.cells))[rows]
        return tuple(int(cell) for cell in recording.orders[self.order].permutation[rows])


def cell_view(recording: Recording, key: str, file: str, first: Choice = Choice()) -> Choice:
    """Draw the view and return what is chosen in it; `first` is chosen where neither the session nor the link says anything.

    Put it in an `st.fragment`: every choice runs that again. `key` is the component's own, `file` the stem of the files it saves.
    """
    st.session_state[VIEW] = key
    asked = current(first, key)
    choice = within(recording, asked, first.order)
    keep(key, changes(asked, choice))

    def take() -> None:
        keep(key, changes(current(first, key), Choice(**st.session_state[key]["chosen"])))

    with st.container(gap=None):
        data = view_bytes(recording, key, file)
        component("cell_view")(data=data, key=key, on_chosen_change=take)
        command = {"to": key, "serial": st.session_state.get(SERIAL, 0), "value": asdict(choice)}
        component("remote")(data=command, key=f"{key}_remote")

    short = recording.kept()
    part = "" if short.steps == recording.steps else f", the first {short.steps} of {recording.steps:,} steps"
    title = f"What every cell does: {recording.what}{part}"
    keep_button("cell_view", key, lambda: kept_bytes(short, key, file), file, title, asdict(within(short, choice)))
    keep_link(choice, first)
    tour.check()
    return choice


def choose(**change: Any) -> None:
    """Choose from Python, in a callback: `cell`, `step`, `order`, `band`, each as in `Choice`; the last two for the view that was drawn last, whose
    band is let go for another cell or order."""
    keep(st.session_state.get(VIEW, ""), ({} if change.keys() == {"step"} else {"band": None}) | change)
    st.session_state[SERIAL] = st.session_state.get(SERIAL, 0) + 1


def keep(key: str, change: Mapping[str, Any]) -> None:
    """Have this chosen, for as long as the session lasts."""
    kept(key)
    for name, value in change.items():
        where = ROWS.format(key) if name in ("order", "band") else SEEN
        st.session_state[where][name] = tuple(value) if isinstance(value, list) else value


def kept(key: str) -> dict[str, Any]:
    """What was chosen so far, for all pages and in the view of this key; at first, what the link says. A link that makes no sense is not followed."""
    if SEEN not in st.session_state:
        cell, step, scale, only = (address.read(name) for name in ("cell", "step", "scale", "only"))
        st.session_state[SEEN] = said(cell=cell, step=step and step - 1, scale=scale, only=only)
    if ROWS.format(key) not in st.session_state:
        rows = address.read("rows")
        st.session_state[ROWS.format(key)] = said(order=address.read("order"), band=rows and tuple(int(row) - 1 for row in rows.split("-")))
    return {**st.session_state[SEEN], **st.session_state[ROWS.format(key)]}


def said(**choice: Any) -> dict[str, Any]:
    """What of it is anything."""
    return {name: value for name, value in choice.items() if value is not None}


def changes(before: Choice, after: Choice) -> dict[str, Any]:
    """What of a choice is other than before."""
    old = asdict(before)
    return {name: value for name, value in asdict(after).items() if value != old[name]}


def current(first: Choice, key: str = "") -> Choice:
    """What is chosen now, in a view of this key: by the visitor, else by the link, else `first`."""
    return replace(first, **kept(key))


def within(recording: Recording, choice: Choice, otherwise: str = NETWORK_ORDER) -> Choice:
    """The choice, kept inside a recording that may be shorter, or lack its order; then it has the other one, if that is there."""
    cells, steps = recording.cells, recording.steps
    inside = replace(choice, cell=min(max(choice.cell, 0), cells - 1), step=min(max(choice.step, 0), steps - 1))
    if choice.order != NETWORK_ORDER and choice.order not in recording.orders:
        inside = replace(inside, order=otherwise if otherwise in recording.orders else NETWORK_ORDER, band=None)
    if inside.band is not None and not 0 <= inside.band[0] < inside.band[1] < cells:
        inside = replace(inside, band=None)
    return inside


def keep_link(choice: Choice, first: Choice) -> None:
    """Put what differs from the first choice into the address; steps and rows count from 1 there, as on the page."""
    address.write(
        cell=None if choice.cell == first.cell else str(choice.cell),
        step=None if choice.step == first.step else str(choice.step + 1),
        order=None if choice.order == first.order else choice.order,
        rows=f"{choice.band[0] + 1}-{choice.band[1] + 1}" if choice.band else None,
        scale=None if choice.scale == first.scale else choice.scale,
        only=None if choice.only == first.only else choice.only,
    )
