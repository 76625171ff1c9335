"""What each cell responds to: measured on lines that were not used to find it.

Letters: T steps, H cells, R roles. Free of torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from hwmodel.cells.association import Estimate, auc, correlation
from hwmodel.cells.trace import CellTrace
from hwmodel.ink.signals import InkSignals, signals_of_all
from hwmodel.ink.strokes import Strokes

CORRELATION, DETERMINATION, AUC = "r", "R²", "AUC"


@dataclass(frozen=True)
class Role:
    """Something a cell may follow. One more of InkSignals' fields and one more row below add a role."""

    key: str  # the signal's name in InkSignals
    name: str  # for lists
    short: str  # a few letters, for a row's height
    colour: str  # on light and on dark paper
    measure: str  # CORRELATION, DETERMINATION (for the direction, which goes round in a circle) or AUC (for events)
    high: str  # what the pen does where a cell that goes up with it is high

    @property
    def chance(self) -> float:
        """The measure of a cell that does not follow it at all."""
        return 0.5 if self.measure == AUC else 0.0

    def happens(self, signals: InkSignals, preferred: float) -> np.ndarray:
        """(N,) 1 where the pen does it: an event, more of it than at half of the steps, or a way within 45° of a preferred
        direction; 0 elsewhere, NaN where it has no meaning."""
        signal = getattr(signals, self.key)
        if self.measure == DETERMINATION:
            signal = np.cos(signal - preferred) - np.cos(np.pi / 4)
        elif self.measure == AUC:
            signal = signal - 0.5
        else:
            signal = signal - np.nanmedian(signal)
        return np.asarray(np.where(np.isnan(signal), np.nan, signal > 0))


# Movement in blues, place in yellows, the pen in purples, each apart in lightness as well.
ROLES = (
    Role("direction", "direction", "dir", "#08519c", DETERMINATION, "moving"),
    Role("turn", "signed curvature", "turn", "#3182bd", CORRELATION, "turning clockwise"),
    Role("turn_size", "curvature", "curv", "#6baed6", CORRELATION, "turning sharply"),
    Role("speed", "speed", "fast", "#a6cee3", CORRELATION, "moving fast"),
    Role("x", "horizontal position", "x", "#b35806", CORRELATION, "far along the line"),
    Role("y", "vertical position", "y", "#f1a340", CORRELATION, "low in the line"),
    Role("word_position", "position in the word", "word", "#f6d743", CORRELATION, "near the word's end"),
    Role("lift_now", "pen lift", "lift", "#7b3294", AUC, "lifting the pen"),
    Role("lift_next", "pen lift ahead", "soon", "#b05fbf", AUC, "about to lift the pen"),
    Role("stroke_start", "stroke start", "start", "#dca6e0", AUC, "beginning a stroke"),
)
ROLE_KEYS = tuple(role.key for role in ROLES)
EVENTS = np.array([role.measure == AUC for role in ROLES])
CIRCULAR = np.array([role.measure == DETERMINATION for role in ROLES])
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
    """How well each cell state follows each role, with 95 % intervals that take lines, not steps, as what was drawn at
    random. NaN where a role was not measured: a file may be older than the role."""

    effect: np.ndarray  # (R, H) float32, in the role's measure: r in [-1, 1], R² and AUC in [0, 1]; AUC .5 is chance
    low: np.ndarray  # (R, H) float32, lower end of the interval
    high: np.ndarray  # (R, H) float32, upper end
    preferred: np.ndarray  # (H,) float32, radians: the direction of the pen in which the cell is highest, as in InkSignals
    name: np.ndarray  # (H,) int8: the index in ROLES of the role that the evidence carries, or NO_ROLE

    @property
    def measured(self) -> np.ndarray:
        """(R,) bool: the role was measured."""
        return np.asarray(~np.isnan(self.effect).all(axis=1))

    @property
    def strength(self) -> np.ndarray:
        """(R, H) on one scale from 0 to 1: |r|, the root of R², and |2 AUC - 1|; 0 where a role was not measured."""
        strength: np.ndarray = np.abs(np.nan_to_num(self.effect))
        strength[CIRCULAR] **= 0.5
        strength[EVENTS] = np.abs(2 * np.nan_to_num(self.effect[EVENTS], nan=0.5) - 1)
        return strength

    def shown_with(self, sign: np.ndarray) -> CellRoles:
        """What the cells follow as they are shown, each with its sign (H,): one that is turned follows the opposite."""
        turned = np.asarray(sign) < 0

        def opposite(values: np.ndarray) -> np.ndarray:
            return np.asarray(np.where(EVENTS[:, None], 1 - values, np.where(CIRCULAR[:, None], values, -values)))

        ends = opposite(self.low), opposite(self.high)
        return CellRoles(
            np.where(turned, opposite(self.effect), self.effect),
            np.where(turned, np.minimum(*ends), self.low),
            np.where(turned, np.maximum(*ends), self.high),
            np.where(turned, np.arctan2(-np.sin(self.preferred), -np.cos(self.preferred)), self.preferred),
            self.name,
        )

    def holds(self, cell: int, values: np.ndarray, signals: InkSignals) -> bool:
        """A named cell's values (N,) are higher, in the mean, where the name says so than elsewhere, on lines of these signals.

        Shown with the same sign as the roles. A name that is true of one kind of lines need not be true of another.
        """
        role, effect = ROLES[self.name[cell]], self.effect[self.name[cell], cell]
        happens = role.happens(signals, float(self.preferred[cell]))
        if not ((happens == 1).any() and (happens == 0).any()):
            return True
        higher = values[happens == 1].mean() - values[happens == 0].mean()
        return bool(higher * (effect - role.chance) > 0)

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


def reported(varies: Estimate, area: Estimate, z: float) -> np.ndarray:
    """(R, H) float32: estimates `z` standard errors away, each in its role's measure."""
    values = (varies.value + z * varies.error).clip(-1, 1)
    values[CIRCULAR] = np.maximum(values[CIRCULAR], 0) ** 2  # below zero a correlation with the preferred direction is chance
    values[EVENTS] = (area.value + z * area.error).clip(0, 1)
    return values.astype(np.float32)


def pooled(read: Read) -> tuple[np.ndarray, np.ndarray, InkSignals]:
    """Cell states (N, H) of all steps, the line (N,) each is of, and the signals of all."""
    line = np.repeat(np.arange(len(read.inks)), [len(ink) for ink in read.inks])
    return np.concatenate([trace.cell for trace in read.traces]), line, signals_of_all(read.inks)


def preferred_direction(direction: np.ndarray, values: np.ndarray) -> np.ndarray:
    """(H,) radians: where the plane through values (N, H) over the direction's cosine and sine rises."""
    known = ~np.isnan(direction)
    design = np.stack((np.cos(direction[known]), np.sin(direction[known]), np.ones(known.sum())), axis=1)
    across, down, _ = np.linalg.lstsq(design, values[known], rcond=None)[0]
    return np.asarray(np.arctan2(down, across))


def correlations(values: np.ndarray, line: np.ndarray, signals: InkSignals, preferred: np.ndarray) -> Estimate:
    """(R, H) each: correlation of the cells with each signal, as 0 and 1 for events, and with how nearly the pen goes in the preferred direction."""
    followed = [getattr(signals, key) for key in ROLE_KEYS]
    for number in np.flatnonzero(CIRCULAR):
        followed[number] = np.cos(followed[number][:, None] - preferred)
    each = [correlation(signal, values, line) for signal in followed]
    return Estimate(np.nan_to_num([effect.value for effect in each]), np.nan_to_num([effect.error for effect in each], nan=np.inf))


def areas(values: np.ndarray, line: np.ndarray, signals: InkSignals) -> Estimate:
    """(number of events, H) each: how well the cells tell each event."""
    effect = auc(np.stack([getattr(signals, key) for key, event in zip(ROLE_KEYS, EVENTS, strict=True) if event]), values, line)
    return Estimate(np.nan_to_num(effect.value, nan=0.5), np.nan_to_num(effect.error, nan=np.inf))
