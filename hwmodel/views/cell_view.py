"""What the linked view of ink and cells is sent, as bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

import numpy as np

from hwmodel.cells.trace import GATES, CellTrace
from hwmodel.ink.strokes import Strokes
from hwmodel.views.colours import BRBG, LIMITS, NO_ROLE_COLOUR, ROLE_COLOURS
from hwmodel.views.packing import TOP, pack, to_levels

if TYPE_CHECKING:  # the view stands on the page before torch is loaded
    from hwmodel.cells.roles import CellRoles

MAX_STEPS = 2000  # one megabyte in the browser
NETWORK_ORDER = "Network’s order"
STATES = ("cell state", "hidden state")  # the other names in LIMITS are gates, which a trace has only where they were asked for
# A few letters for each role, where a row is high enough for them.
SHORT = {
    "direction": "dir",
    "turn": "turn",
    "turn_size": "curv",
    "speed": "fast",
    "x": "x",
    "y": "y",
    "word_position": "word",
    "lift_now": "lift",
    "lift_next": "soon",
    "stroke_start": "start",
}


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

    @classmethod
    def of(cls, roles: CellRoles) -> RowNames:
        """The names that the evidence carries."""
        from hwmodel.cells.roles import NO_ROLE, ROLES

        groups = [Group(role.name, SHORT[role.key], ROLE_COLOURS[role.key]) for role in ROLES]
        effects = [roles.effect[name, cell] for cell, name in enumerate(roles.name)]
        evidence = ("" if name == NO_ROLE else in_short(ROLES[name].measure, effect) for name, effect in zip(roles.name, effects, strict=True))
        return cls((Group("no name", "", NO_ROLE_COLOUR), *groups), (roles.name + 1).astype(np.uint8), tuple(evidence))

    def label(self, cell: int) -> str:
        """The cell's name with its evidence, or ''."""
        return f"{self.groups[self.group[cell]].label}, {self.evidence[cell]}" if self.evidence[cell] else ""


@dataclass(frozen=True)
class Recording:
    """Ink with what every cell did, as one picture."""

    strokes: Strokes
    values: np.ndarray  # (T, H)
    what: str  # what the values are: a key of LIMITS
    names: RowNames | None = None
    orders: Mapping[str, Order] = field(default_factory=dict)  # beside the network's own, by the name on the button

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
    ) -> Recording:
        """A trace of some ink, or as much of both as the view takes (MAX_STEPS)."""
        return cls(strokes.first(MAX_STEPS), values_of(trace, what)[:MAX_STEPS], what, names, orders)

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


def in_short(measure: str, effect: float) -> str:
    """An effect with its measure, to two digits: r −.87."""
    return f"{measure} {effect:.2f}".replace("0.", ".").replace("-", "−")


def values_of(trace: CellTrace, what: str) -> np.ndarray:
    """(T, H) of a trace, by its name in LIMITS."""
    if what in GATES:
        if trace.gates is None:
            raise ValueError(f"this trace has no gates; record it with gates=True to see the {what}")
        return trace.gates[:, GATES.index(what)]
    return {"cell state": trace.cell, "hidden state": trace.hidden}[what]


def view_bytes(recording: Recording, name: str, file: str) -> bytes:
    """The blob of pages/ui/components/cell_view: `name` is the component's key, `file` what downloads are called.

    Each cell's values travel as bytes between its own lowest and highest (about zero where the scale is): a quiet cell is as exact as a loud one.
    All orders travel at once: changing them sends nothing.
    """
    values, cells, orders = recording.values, recording.cells, recording.orders
    low, high = values.min(axis=0), values.max(axis=0)
    if recording.signed:
        high = np.maximum(np.abs(low), np.abs(high))
        low = -high
    names = recording.names or RowNames((Group("", "", "#888888"),), np.zeros(cells, np.uint8), ("",) * cells)
    header = {
        "name": name,
        "file": file,
        "what": recording.what,
        "cells": cells,
        "steps": recording.steps,
        "top": TOP,
        "limits": LIMITS[recording.what],
        "signed": recording.signed,
        "stops": BRBG,
        "orders": [NETWORK_ORDER, *orders],  # of which the first is not sent
        "groups": [vars(group) for group in names.groups],
        "evidence": names.evidence,
    }
    signs = [order.sign if recording.signed else np.ones(cells) for order in orders.values()]
    return pack(
        header,
        levels=to_levels(values, low, high),
        low=low.astype(np.float32),
        high=high.astype(np.float32),
        points=recording.strokes.points.astype(np.float32),
        pen_up=recording.strokes.pen_up.astype(np.uint8),
        permutation=np.array([order.permutation for order in orders.values()], np.uint16),
        sign=np.array(signs, np.int8),
        group=names.group.astype(np.uint8),
    )
