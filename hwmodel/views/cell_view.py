"""What the cell view, of ink and cells, is sent, as bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol, TypedDict

import numpy as np
from numpy.typing import NDArray

from hwmodel.cells.bands import bands
from hwmodel.cells.roles import ROLES, CellRoles
from hwmodel.cells.trace import GATES, CellTrace, WindowTrace
from hwmodel.cells.usual import Usual
from hwmodel.ink.strokes import Strokes
from hwmodel.sampling.told import letters_of
from hwmodel.views.colours import ACTIVATION_RAMP, GREY, LIMITS, NO_ROLE_COLOUR
from hwmodel.views.packing import KEPT_TOP, KEPT_TOP_OF_GATES, TOP, pack, to_levels

MAX_STEPS = 2000  # one megabyte in the browser
KEPT_STEPS = 640  # in a file that is kept: less than 400 kB with all around them
NETWORK_ORDER = "Network’s order"
CENTRED, OWN, SAME = SCALES = ("centred", "own", "same")  # of the colours: about what is usual, between a cell's own extremes, between fixed limits
EVERY, NO_NAME = "all", "no name"
NAMES = (EVERY, NO_NAME, *(role.name for role in ROLES))  # of the cells that alone can be shown
STATES = ("cell state", "hidden state")  # the other names in LIMITS are gates, which a trace has only where they were asked for


class Order(Protocol):
    """As much of a CellOrder as the view needs."""

    @property
    def permutation(self) -> np.ndarray: ...  # (H,) the cell in each row

    @property
    def sign(self) -> np.ndarray: ...  # (H,) -1 where a cell is shown with its sign turned


@dataclass(frozen=True)
class Group:
    """Cells that respond to one thing."""

    label: str
    short: str  # a few letters, for a row's height
    colour: str


@dataclass(frozen=True)
class RowNames:
    """What is known about each cell."""

    groups: tuple[Group, ...]
    group: np.ndarray  # (H,) uint8 index into groups
    evidence: tuple[str, ...]  # (H,) what carries the name, '' where there is none
    evidence_turned: tuple[str, ...]  # (H,) the same where a cell is shown with its sign turned
    roles: CellRoles | None = None  # what the names are of

    @classmethod
    def of(cls, roles: CellRoles) -> RowNames:
        """The names that the evidence carries."""
        groups = [Group(role.name, role.short, role.colour) for role in ROLES]
        turned = roles.shown_with(-np.ones(len(roles.name)))
        return cls((Group(NO_NAME, "", NO_ROLE_COLOUR), *groups), (roles.name + 1).astype(np.uint8), evidence(roles), evidence(turned), roles)

    def label(self, cell: int, turned: bool = False) -> str:
        """The cell's name with its evidence, or ''."""
        words = (self.evidence_turned if turned else self.evidence)[cell]
        return f"{self.groups[self.group[cell]].label}, {words}" if words else ""


def evidence(roles: CellRoles) -> tuple[str, ...]:
    """For each cell the effect that carries its name, with its measure and to two digits (r −.87); '' where it has none."""
    named = ((cell, roles.named(cell)) for cell in range(len(roles.name)))
    return tuple("" if role is None else in_short(role.measure, float(roles.effect[ROLES.index(role), cell])) for cell, role in named)


def in_short(measure: str, effect: float) -> str:
    """An effect with its measure, to two digits."""
    return f"{measure} {effect:.2f}".replace("0.", ".").replace("-", "−")


@dataclass(frozen=True)
class Recording:
    """Ink with what every cell did, as one picture."""

    strokes: Strokes
    values: np.ndarray  # (T, H)
    what: str  # what the values are: a key of LIMITS
    names: RowNames | None = None
    orders: Mapping[str, Order] = field(default_factory=dict)  # beside the network's own, by the name on the button
    usual: Usual | None = None  # of cell states; None: not known, and there is no centred scale
    offers: tuple[str, ...] = ()  # orders that are made only when they are asked for
    window: WindowTrace | None = None  # where the network's window stood; None: it was told no text

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or len(self.values) != len(self.strokes):
            raise ValueError(f"values must be ({len(self.strokes)}, H), a row for each offset of the ink, got {self.values.shape}")

    @classmethod
    def of(
        cls,
        strokes: Strokes,
        trace: CellTrace,
        what: str = STATES[0],
        names: RowNames | None = None,
        orders: Mapping[str, Order] = MappingProxyType({}),
        usual: Usual | None = None,
        offers: tuple[str, ...] = (),
        window: WindowTrace | None = None,
    ) -> Recording:
        """A trace of some ink, or as much of both as the view takes (MAX_STEPS)."""
        return cls(strokes.first(MAX_STEPS), values_of(trace, what)[:MAX_STEPS], what, names, orders, usual, offers, window)

    @property
    def steps(self) -> int:
        """T"""
        return len(self.values)

    @property
    def cells(self) -> int:
        """H"""
        return int(self.values.shape[1])

    @property
    def signed(self) -> bool:
        """The scale is symmetric about zero, so that a sign can be turned; a gate's is not."""
        low, high = LIMITS[self.what]
        return low == -high

    @property
    def scales(self) -> tuple[str, ...]:
        """Those of SCALES that its colours can have."""
        return SCALES if self.usual is not None and self.what == STATES[0] else (OWN, SAME)

    def kept(self) -> Recording:
        """As much of it as a file that is kept takes (KEPT_STEPS); without a server no more orders are made."""
        return replace(self, strokes=self.strokes.first(KEPT_STEPS), values=self.values[:KEPT_STEPS], offers=())

    def sign(self, order: str) -> np.ndarray:
        """(H,) int8: -1 for each cell that is shown with its sign turned in an order of this name."""
        if order == NETWORK_ORDER or not self.signed:
            return np.ones(self.cells, np.int8)
        return np.asarray(self.orders[order].sign, np.int8)


def values_of(trace: CellTrace, what: str) -> np.ndarray:
    """(T, H) of a trace, by its name in LIMITS."""
    if what in GATES:
        if trace.gates is None:
            raise ValueError(f"this trace has no gates; record it with gates=True to see the {what}")
        return trace.gates[:, GATES.index(what)]
    return {"cell state": trace.cell, "hidden state": trace.hidden}[what]


class GroupHeader(TypedDict):
    """A Group."""

    label: str
    short: str
    colour: str


class BandHeader(TypedDict):
    """A Band."""

    label: str
    first: int
    last: int


class CellHeader(TypedDict):
    """The contract with pages/ui/components/cell_view/data.js, which says what each is."""

    name: str
    file: str
    what: str
    cells: int
    steps: int
    top: int
    limits: tuple[float, float]
    signed: bool
    stops: dict[str, tuple[str, ...]]
    scales: tuple[str, ...]
    orders: list[str]
    offers: tuple[str, ...]
    bands: list[list[BandHeader]]
    groups: list[GroupHeader]
    evidence: tuple[str, ...]
    evidence_turned: tuple[str, ...]
    text: str


class CellArrays(TypedDict):
    """The arrays of the same contract."""

    levels: NDArray[np.uint8]  # (H, T)
    low: NDArray[np.float32]  # (H,)
    high: NDArray[np.float32]  # (H,)
    median: NDArray[np.float32]  # (H,)
    reach: NDArray[np.float32]  # (H,)
    points: NDArray[np.float32]  # (T + 1, 2)
    pen_up: NDArray[np.uint8]  # (T,)
    permutation: NDArray[np.uint16]  # (orders but the network's own, H)
    sign: NDArray[np.int8]  # (the same, H)
    group: NDArray[np.uint8]  # (H,)
    window: NDArray[np.uint8]  # (T, U)
    letter: NDArray[np.uint16]  # (T,), none where no text is known


def view_bytes(recording: Recording, name: str, file: str, top: int = TOP) -> bytes:
    """The blob of pages/ui/components/cell_view: `name` is the component's key, `file` what downloads are called, `top` the highest level.

    Each cell's values travel as bytes between its own lowest and highest: a quiet cell is as exact as a loud one.
    All orders travel at once: changing them sends nothing.
    """
    values, cells, orders = recording.values, recording.cells, recording.orders
    low, high = values.min(axis=0), values.max(axis=0)
    names = recording.names or RowNames((Group("", "", GREY),), np.zeros(cells, np.uint8), ("",) * cells, ("",) * cells)
    header: CellHeader = {
        "name": name,
        "file": file,
        "what": recording.what,
        "cells": cells,
        "steps": recording.steps,
        "top": top,
        "limits": LIMITS[recording.what],
        "signed": recording.signed,
        "stops": ACTIVATION_RAMP,
        "scales": recording.scales,
        "orders": [NETWORK_ORDER, *orders],  # of which the first is not sent
        "offers": recording.offers,
        "bands": [[], *(bands_of(recording, order) for order in orders.values())],
        "groups": [{"label": group.label, "short": group.short, "colour": group.colour} for group in names.groups],
        "evidence": names.evidence,
        "evidence_turned": names.evidence_turned,
        "text": recording.window.text if recording.window else "",
    }
    arrays: CellArrays = {
        "levels": to_levels(values, low, high, top),
        "low": low.astype(np.float32),
        "high": high.astype(np.float32),
        "median": np.zeros(cells, np.float32) if recording.usual is None else recording.usual.median,
        "reach": np.ones(cells, np.float32) if recording.usual is None else recording.usual.reach,
        "points": recording.strokes.points.astype(np.float32),
        "pen_up": recording.strokes.pen_up.astype(np.uint8),
        "permutation": np.array([order.permutation for order in orders.values()], np.uint16),
        "sign": np.array([recording.sign(order) for order in orders], np.int8),
        "group": names.group.astype(np.uint8),
        "window": window_levels(recording),
        "letter": letters_at_the_pen(recording),
    }
    return pack(header, **arrays)


def kept_bytes(recording: Recording, name: str, file: str) -> bytes:
    """The same for a file that is kept: coarser."""
    return view_bytes(recording, name, file, KEPT_TOP if recording.what in STATES else KEPT_TOP_OF_GATES)


def window_levels(recording: Recording) -> np.ndarray:
    """(T, U) uint8: each character's share of the window's weight, of which all is 255; less where the window looks beyond the text, and weighs
    little beside the other steps. No column where no text is known."""
    if recording.window is None:
        return np.zeros((recording.steps, 0), np.uint8)
    phi = recording.window.phi[: recording.steps]
    weight = phi.sum(axis=1, keepdims=True)
    return np.asarray(np.rint(phi * (255 / np.maximum(weight, max(float(np.median(weight)) / 2, 1e-9)))).astype(np.uint8))


def letters_at_the_pen(recording: Recording) -> np.ndarray:
    """(T,) uint16: which character of the text is being written at each step; on the way to another line, the line break."""
    window, strokes = recording.window, recording.strokes
    if window is None:
        return np.zeros(0, np.uint16)
    letters, first = np.zeros(recording.steps, np.uint16), 0
    for number, text in enumerate(window.text.split("\n")):
        rows = np.flatnonzero(window.line[: recording.steps] == number)
        if len(rows):
            drawn_at = window.progress[np.r_[rows[:1], rows[:-1]]]  # a step's movement was predicted from the window after the step before
            letters[rows] = first + letters_of(text, Strokes(strokes.offsets[rows]), drawn_at)
            letters[rows[: min(number, 1)]] = max(first - 1, 0)
        first += len(text) + 1
    return letters


def bands_of(recording: Recording, order: Order) -> list[BandHeader]:
    """The bands of rows with one name, where names are known."""
    if recording.names is None or recording.names.roles is None:
        return []
    steady = recording.usual.steady if recording.usual is not None else None
    return [{"label": band.label, "first": band.first, "last": band.last} for band in bands(recording.names.roles, order.permutation, steady)]
