"""What each cell responds to: measured on lines that were not used to find it.

Letters: T steps, H cells, R roles. Free of torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from hwmodel.cells.association import Effect, auc, correlation
from hwmodel.cells.trace import CellTrace
from hwmodel.ink.signals import InkSignals, ink_signals
from hwmodel.ink.strokes import Strokes

CORRELATION, DETERMINATION, AUC = "r", "R²", "AUC"


@dataclass(frozen=True)
class Role:
    """Something a cell may follow."""

    key: str  # the signal's name in InkSignals
    name: str  # for lists
    measure: str  # CORRELATION, DETERMINATION (for the direction, a circle) or AUC (for events)
    high: str  # what the pen does where a cell that goes up with it is high


ROLES = (
    Role("direction", "direction", DETERMINATION, "moving"),
    Role("turn", "signed curvature", CORRELATION, "turning clockwise"),
    Role("turn_size", "curvature", CORRELATION, "turning sharply"),
    Role("speed", "speed", CORRELATION, "moving fast"),
    Role("x", "horizontal position", CORRELATION, "far along the line"),
    Role("y", "vertical position", CORRELATION, "low in the line"),
    Role("word_position", "position in the word", CORRELATION, "near the word's end"),
    Role("lift_now", "pen lift", AUC, "lifting the pen"),
    Role("lift_next", "pen lift ahead", AUC, "about to lift the pen"),
    Role("stroke_start", "stroke start", AUC, "beginning a stroke"),
)
ROLE_KEYS = tuple(role.key for role in ROLES)
EVENTS = np.array([role.measure == AUC for role in ROLES])
NO_ROLE = -1
LEAST_VARIATION = 0.3  # correlation: a role must explain at least its square, 9 % of a cell's variation, for the cell to be named after it
LEAST_AUC = 0.7  # or, for an event, tell this many pairs of steps apart
Z_95 = NormalDist().inv_cdf(0.975)


class Read(NamedTuple):
    """Lines that were read, and what the cells did."""

    inks: Sequence[Strokes]
    traces: Sequence[CellTrace]


@dataclass(frozen=True)
class CellRoles:
    """How well each cell state follows each role, with 95 % intervals that take lines, not steps, as what was drawn at random."""

    effect: np.ndarray  # (R, H) float32, in the role's measure: r in [-1, 1], R² and AUC in [0, 1]; AUC .5 is chance
    low: np.ndarray  # (R, H) float32, lower end of the interval
    high: np.ndarray  # (R, H) float32, upper end
    preferred: np.ndarray  # (H,) float32, radians: the direction of the pen in which the cell is highest, as in InkSignals
    name: np.ndarray  # (H,) int8: the index in ROLES of the role that the evidence carries, or NO_ROLE

    @property
    def strength(self) -> np.ndarray:
        """(R, H) on one scale from 0 to 1: |r|, the root of R², and |2 AUC - 1|."""
        strength: np.ndarray = np.abs(self.effect)
        strength[ROLE_KEYS.index("direction")] **= 0.5
        strength[EVENTS] = np.abs(2 * self.effect[EVENTS] - 1)
        return strength

    def named(self, cell: int) -> Role | None:
        """The cell's role, if it has one."""
        return None if self.name[cell] == NO_ROLE else ROLES[self.name[cell]]


def measure_roles(found_on: Read, measured_on: Read) -> CellRoles:
    """The cells' roles. Which direction each cell prefers and which role suits it are found on one set of lines; all figures come from the other.

    A cell is named after the role that explains most of its variation, if the lower end of what that role explains is above LEAST_VARIATION even with
    one test for each cell (Bonferroni); else after the event that it tells apart best, if that is above LEAST_AUC in the same way.
    """
    values, line, signals = pooled(found_on)
    preferred = preferred_direction(signals.direction, values)
    found = correlations(values, line, signals, preferred).value
    suits, tells = np.abs(found).argmax(axis=0), np.abs(areas(values, line, signals).value - 0.5).argmax(axis=0)

    values, line, signals = pooled(measured_on)
    varies, area = correlations(values, line, signals, preferred), areas(values, line, signals)
    every, z_all = np.arange(values.shape[1]), NormalDist().inv_cdf(1 - 0.025 / values.shape[1])
    same_sign = np.sign(found[suits, every]) == np.sign(varies.value[suits, every])
    explains = same_sign & (np.abs(varies.value) - z_all * varies.error > LEAST_VARIATION)[suits, every]
    apart = (np.abs(area.value - 0.5) - z_all * area.error > LEAST_AUC - 0.5)[tells, every]
    name = np.where(explains, suits, np.where(apart, np.flatnonzero(EVENTS)[tells], NO_ROLE))

    effect, low, high = (reported(varies, area, z) for z in (0, -Z_95, Z_95))
    return CellRoles(effect, low, high, preferred.astype(np.float32), name.astype(np.int8))


def reported(varies: Effect, area: Effect, z: float) -> np.ndarray:
    """(R, H) float32: estimates `z` standard errors away, each in its role's measure."""
    values = (varies.value + z * varies.error).clip(-1, 1)
    values[0] = np.maximum(values[0], 0) ** 2  # the direction: below zero a correlation with the preferred one is chance
    values[EVENTS] = (area.value + z * area.error).clip(0, 1)
    return values.astype(np.float32)


def pooled(read: Read) -> tuple[np.ndarray, np.ndarray, InkSignals]:
    """Cell states (N, H) of all steps, the line (N,) each is of, and the signals of all."""
    each = [ink_signals(strokes) for strokes in read.inks]
    signals = InkSignals(**{key: np.concatenate([getattr(signal, key) for signal in each]) for key in ROLE_KEYS})
    return np.concatenate([trace.cell for trace in read.traces]), np.repeat(np.arange(len(each)), [len(ink) for ink in read.inks]), signals


def preferred_direction(direction: np.ndarray, values: np.ndarray) -> np.ndarray:
    """(H,) radians: where the plane through values (N, H) over the direction's cosine and sine rises."""
    known = ~np.isnan(direction)
    design = np.stack((np.cos(direction[known]), np.sin(direction[known]), np.ones(known.sum())), axis=1)
    across, down, _ = np.linalg.lstsq(design, values[known], rcond=None)[0]
    return np.asarray(np.arctan2(down, across))


def correlations(values: np.ndarray, line: np.ndarray, signals: InkSignals, preferred: np.ndarray) -> Effect:
    """(R, H) each: correlation of the cells with each signal, as 0 and 1 for events, and with how nearly the pen goes in the preferred direction."""
    columns = [signals.direction[:, None] - preferred, *(getattr(signals, key) for key in ROLE_KEYS[1:])]
    columns[0] = np.cos(columns[0])
    each = [correlation(column, values, line) for column in columns]
    return Effect(np.nan_to_num([effect.value for effect in each]), np.nan_to_num([effect.error for effect in each], nan=np.inf))


def areas(values: np.ndarray, line: np.ndarray, signals: InkSignals) -> Effect:
    """(number of events, H) each: how well the cells tell each event."""
    effect = auc(np.stack([getattr(signals, key) for key, event in zip(ROLE_KEYS, EVENTS, strict=True) if event]), values, line)
    return Effect(np.nan_to_num(effect.value, nan=0.5), np.nan_to_num(effect.error, nan=np.inf))
