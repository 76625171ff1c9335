"""How far some ink is from the writing a network learnt from: its measures beside those of held-out lines. Free of torch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from hwmodel.ink.strokes import Strokes
from hwmodel.network.shipped import SHIPPED, CheckpointError

PERCENTILES = (1, 5, 50, 95, 99)
LENGTHS = (20, 50, 100, 200, 400)  # steps: short ink is compared with the beginnings of lines, as a line's beginning is harder to predict
LOWER = {"step": "its steps are shorter", "lifts": "the pen lifts less often", "nats": "it is easier to predict"}
HIGHER = {"step": "its steps are longer", "lifts": "the pen lifts more often", "nats": "it surprises the network more"}
TITLES = {"step": "Step length, units", "lifts": "Pen lifts, % of points", "nats": "Surprise, nats a step"}


@dataclass(frozen=True)
class Measures:
    """Of some ink."""

    step: float  # model units: the median length of a step with the pen down
    lifts: float  # per cent of the points after which the pen lifts
    nats: float  # mean nats a step, xy and pen


@dataclass(frozen=True)
class Ranges:
    """What held-out lines measure. Raises ValueError where that is no set of percentiles."""

    fingerprint: str  # of the checkpoint whose nats these are
    lines: str  # which lines, in words
    first_steps: dict[str, dict[str, list[float]]]  # by how many steps of each line: PERCENTILES of each measure

    def __post_init__(self) -> None:
        if not isinstance(self.fingerprint, str) or not isinstance(self.lines, str):
            raise ValueError("the checkpoint and the lines must be named in words")
        for length, measures in self.first_steps.items():
            if not length.isascii() or not length.isdigit() or len(length) > 6 or set(measures) != set(TITLES):
                raise ValueError(f"expected {', '.join(TITLES)} for each number of steps, got {', '.join(measures)} for {length!r}")
            for name, values in measures.items():
                if len(values) != len(PERCENTILES) or not np.isfinite(values).all() or sorted(values) != values:
                    raise ValueError(f"{name} of {length} steps must be {len(PERCENTILES)} rising numbers, got {values}")

    def of(self, steps: int) -> dict[str, list[float]] | None:
        """The percentiles that ink of so many steps is compared with; None where it is too short for any."""
        fitting = [length for length in map(int, self.first_steps) if length <= steps]
        return self.first_steps[str(max(fitting))] if fitting else None


@dataclass(frozen=True)
class Verdict:
    """What is said of some ink."""

    level: int  # 0: like the training lines, 1: a little unlike, 2: unlike, -1: not known
    sentence: str
    rows: list[tuple[str, str, str]]  # each measure's title, value, and the range of nine in ten lines


def measure(strokes: Strokes, nats: np.ndarray) -> Measures:
    """The measures of ink whose steps cost `nats` (T, 2), xy and pen."""
    lengths = np.hypot(*strokes.offsets[:, :2].T)[strokes.joined]
    return Measures(float(np.median(lengths)), 100 * float(strokes.pen_up.mean()), float(nats.sum(axis=1).mean()))


def judge(measures: Measures, steps: int, ranges: Ranges) -> Verdict:
    """How ink of so many steps compares with the lines."""
    expected = ranges.of(steps)
    if expected is None:
        return Verdict(-1, f"Too little ink to compare yet: {steps} of at least {LENGTHS[0]} steps.", [])
    level, oddities, rows = 0, [], []
    for name, value in asdict(measures).items():
        lowest, low, _, high, highest = expected[name]
        span = f"{in_words(low)} to {in_words(high)}"
        rows.append((TITLES[name], in_words(value), span))
        if not low <= value <= high:
            oddities.append(f"{(LOWER if value < low else HIGHER)[name]} ({in_words(value)}; nine in ten lines have {span})")
            level = max(level, 1 if lowest <= value <= highest else 2)
    unlike = ("looks like", "is a little unlike", "is unlike")[level]
    return Verdict(level, f"This ink {unlike} what the network learnt from{': ' if oddities else ''}{', and '.join(oddities)}.", rows)


def in_words(value: float) -> str:
    """A number with two decimals and a true minus."""
    return f"{value:.2f}".replace("-", "−")


def ranges_path(checkpoint: str, folder: Path = SHIPPED) -> Path:
    """Where the ranges of a checkpoint are, or would be."""
    return folder / f"{checkpoint}.domain.json"


def load_ranges(checkpoint: str, fingerprint: str, folder: Path = SHIPPED) -> Ranges | None:
    """The ranges that come with a checkpoint; None where there are none. Raises CheckpointError, which says what to do, where they are broken or were
    measured with other weights than those of the fingerprint."""
    path, remedy = ranges_path(checkpoint, folder), f"measure them with python -m hwmodel.domain {checkpoint} --lines FILE.npz"
    if not path.is_file():
        return None
    try:
        ranges = Ranges(**json.loads(path.read_text("utf-8")))
    except (AttributeError, TypeError, ValueError, OverflowError, RecursionError, OSError) as error:
        raise CheckpointError(f"{path.name} holds no ranges of lines, or broken ones ({str(error)[:300]}); {remedy}") from error
    if ranges.fingerprint != fingerprint:
        raise CheckpointError(f"the ranges in {path.name} were measured with other weights ({ranges.fingerprint[:64]}, not {fingerprint}); {remedy}")
    return ranges


def save_ranges(path: Path, ranges: Ranges) -> None:
    """Write ranges, for `load_ranges`."""
    path.write_text(json.dumps(asdict(ranges), indent=1) + "\n", "utf-8")


def measure_lines(lines: Sequence[Strokes], nats: Sequence[np.ndarray]) -> dict[str, dict[str, list[float]]]:
    """`Ranges.first_steps` of lines whose steps cost `nats`, each (T, 2)."""
    found = {}
    for length in LENGTHS:
        each = [asdict(measure(line.first(length), cost[:length])) for line, cost in zip(lines, nats, strict=True) if len(line) >= length]
        if len(each) >= 50:
            found[str(length)] = {name: np.percentile([one[name] for one in each], PERCENTILES).round(3).tolist() for name in TITLES}
    return found
