"""A writer's ink brought to the size and sampling of whiteboard writing: x-heights of 128.6 units, points 0.150 x-heights apart, no grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.ndimage import gaussian_filter1d

from hwmodel.data.unipen.cutting import Ink
from hwmodel.ink.units import STEP, WHITEBOARD_UNITS, X_HEIGHT

TARGET_X_HEIGHT = X_HEIGHT * WHITEBOARD_UNITS  # whiteboard units
TARGET_STEP = STEP * WHITEBOARD_UNITS
CLOSEST = 1.0  # whiteboard units: a closer point tells nothing
SAMPLE = 14  # pieces of ink that a writer's sampling is measured on


@dataclass(frozen=True)
class WriterScale:
    """How one writer's ink is brought to ours."""

    x_height: float  # the writer's, in device units
    spacing: float  # samples of the tablet from one of our points to the next
    blur: float  # standard deviation of the low-pass, in samples


def measure_scale(inks: Sequence[Ink], x_height: float, least_blur: float) -> WriterScale:
    """A writer's scale: the spacing at which the median step of the result is TARGET_STEP, on up to SAMPLE pieces of their ink.

    First from the raw steps, then twice from what comes out, as the low-pass shortens steps.
    """
    raw = [np.hypot(*np.diff(stroke, axis=0).T) for ink in inks for stroke in ink if len(stroke) > 3]
    if not raw:
        return WriterScale(x_height, 1.0, least_blur)
    first = float(np.clip(TARGET_STEP / TARGET_X_HEIGHT * x_height / np.median(np.concatenate(raw)), 0.3, 8))
    chosen = [inks[i] for i in np.unique(np.linspace(0, len(inks) - 1, SAMPLE).astype(int))]
    correction = 1.0
    for _ in range(2):
        spacing = first * correction
        scale = WriterScale(x_height, spacing, blur(x_height, spacing, least_blur))
        steps = [np.hypot(*np.diff(stroke, axis=0).T) for ink in chosen for stroke in normalise(ink, scale) if len(stroke) > 2]
        if steps:
            correction = float(np.clip(correction * TARGET_STEP / np.median(np.concatenate(steps)), 0.55, 1.6))
    spacing = first * correction
    return WriterScale(x_height, spacing, blur(x_height, spacing, least_blur))


def blur(x_height: float, spacing: float, least: float) -> float:
    """Standard deviation of the low-pass, in samples: more for a coarse tablet, on which letters are few device units high, and for wide spacing."""
    grid = 1.3 if x_height < 15 else 0.9 if x_height < 40 else 0.6 if x_height < 80 else 0.4
    return max(grid, 0.35 * spacing if spacing > 1 else 0.0, least)


def normalise(ink: Ink, scale: WriterScale) -> Ink:
    """The ink smoothed, resampled in time and scaled to whiteboard units."""
    normalised = []
    for stroke in ink:
        line = resample(stroke, scale.spacing, scale.blur) * (TARGET_X_HEIGHT / scale.x_height)
        normalised.append(line[np.append(True, np.hypot(*np.diff(line, axis=0).T) >= CLOSEST)])
    return normalised


def resample(stroke: np.ndarray, spacing: float, blur: float) -> np.ndarray:
    """A stroke (n, 2), recorded evenly in time, as points `spacing` samples apart on a cubic spline through the smoothed samples; both ends stay."""
    if len(stroke) < 3:
        return stroke
    smooth = low_pass(stroke, blur)
    samples = np.arange(len(stroke))
    at = np.linspace(0, samples[-1], max(2, round(samples[-1] / spacing) + 1))
    if len(stroke) == 3:
        return np.stack([np.interp(at, samples, smooth[:, axis]) for axis in (0, 1)], axis=1)
    return np.asarray(CubicSpline(samples, smooth, axis=0)(at))


def low_pass(stroke: np.ndarray, blur: float) -> np.ndarray:
    """A stroke (n, 2) smoothed in time by a Gaussian, as if it went on beyond its ends the way it came (mirrored through them); both ends stay."""
    if blur <= 0.2:
        return stroke
    reach = int(4 * blur) + 1
    if len(stroke) > reach:
        before = 2 * stroke[0] - stroke[reach:0:-1]
        after = 2 * stroke[-1] - stroke[-2 : -reach - 2 : -1]
    else:
        reach, before, after = 1, stroke[:1], stroke[-1:]
    smooth: np.ndarray = gaussian_filter1d(np.concatenate((before, stroke, after)), blur, axis=0, mode="nearest")[reach : reach + len(stroke)]
    smooth[[0, -1]] = stroke[[0, -1]]
    return smooth
