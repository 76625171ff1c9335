"""Pictures of what single cells do, from plain arrays."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from hwmodel.ink.strokes import Strokes
from hwmodel.views.colours import GREY, PICTURE_TEXT, ramp_colour

AROUND = 45  # steps shown before and after the one in the middle
SIZE = (150, 90)  # pixels of a small piece of ink
HISTOGRAM, BINS = (400, 200), 60  # pixels, and bars
COMPASS_SIZE, SIDES = 170, 36  # pixels, and directions told apart


def ink_around_svg(strokes: Strokes, values: np.ndarray, step: int, limits: tuple[float, float], paper: str) -> str:
    """A small piece of ink around `step`, each offset in the colour of its value (T,), with a ring where the pen was."""
    first, last = max(0, step - AROUND), min(len(strokes), step + AROUND + 1)
    points, joined = strokes.points[first : last + 1], strokes.joined[first:last]
    low, high = points.min(axis=0), points.max(axis=0)
    scale = min((SIZE[0] - 20) / max(high[0] - low[0], 1e-6), (SIZE[1] - 20) / max(high[1] - low[1], 1e-6), 9)
    places = (points - (low + high) / 2) * scale + np.array(SIZE) / 2
    paths = {t: f'd="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"' for t, ((x0, y0), (x1, y1)) in enumerate(pairwise(places)) if joined[t]}
    edge = "".join(f"<path {path}/>" for path in paths.values())
    core = "".join(f'<path {path} stroke="{ramp_colour(values[first + t], *limits, paper)}"/>' for t, path in paths.items())
    x, y = places[step - first + 1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE[0]}" height="{SIZE[1]}" fill="none" stroke-linecap="round">'
        f'<g stroke="{GREY}" stroke-width="4.2">{edge}</g><g stroke-width="3">{core}</g>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" stroke="{GREY}" stroke-width="1.6"/></svg>'
    )


def histogram_svg(values: np.ndarray, here: np.ndarray, limits: tuple[float, float], paper: str) -> str:
    """How often a cell has which value: in many lines (bars in the scale's colours) and in the ink at hand (a line). Both (N,)."""
    width, height, left, foot, head = *HISTOGRAM, 34, 34, 20
    low, high = float(min(values.min(), here.min())), float(max(values.max(), here.max()))
    high = max(high, low + 1e-3)
    edges = np.linspace(low, high, BINS + 1)
    many, this = (100 * np.histogram(each, edges)[0] / len(each) for each in (values, here))
    most = float(max(many.max(), this.max()))
    wide, tall = (width - left - 8) / BINS, (height - foot - head) / most
    floor = height - foot
    colours = [ramp_colour(value, *limits, paper) for value in (edges[1:] + edges[:-1]) / 2]
    bars = "".join(
        f'<rect x="{left + k * wide:.1f}" y="{floor - share * tall:.1f}" width="{wide:.1f}" height="{share * tall:.1f}" fill="{colours[k]}"/>'
        for k, share in enumerate(many)
        if share
    )
    line = "".join(f"V{floor - share * tall:.1f}H{left + (k + 1) * wide:.1f}" for k, share in enumerate(this))
    ink = PICTURE_TEXT[paper]

    def text(x: float, y: float, words: str, anchor: str) -> str:
        return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{words.replace("-", "−")}</text>'

    ticks = {low: "start", high: "end"} | ({0.0: "middle"} if low < -0.15 * (high - low) and high > 0.15 * (high - low) else {})
    scale = "".join(text(left + (at - low) / (high - low) * (width - left - 8), floor + 14, f"{at:.3g}", anchor) for at, anchor in ticks.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="11" fill="{ink}"><g stroke="{GREY}" stroke-width="0.5">{bars}</g>'
        f'<path d="M{left} {floor}{line}V{floor}" fill="none" stroke="{ink}" stroke-width="1.4"/>'
        f'<path d="M{left} {floor}H{width - 8}" stroke="{GREY}"/>'
        f"{text(left - 5, head + 4, f'{most:.2g} %', 'end')}{text(left - 5, floor, '0', 'end')}{scale}"
        f"{text((width + left) / 2, height - 4, 'value', 'middle')}"
        f"{text(width - 8, 11, 'bars: many lines; line: this ink; in % of steps', 'end')}</svg>"
    )


def compass_svg(direction: np.ndarray, values: np.ndarray, paper: str) -> str:
    """A circle whose every side has the colour of the mean value (N,) while the pen moves that way. `direction` (N,) in radians, clockwise from the
    right; NaN where it has none."""
    known = ~np.isnan(direction)
    part = np.floor((direction[known] / (2 * np.pi) % 1) * SIDES).astype(int) % SIDES
    counts = np.bincount(part, minlength=SIDES)
    middle = values[known].mean()
    means = np.where(counts, np.bincount(part, values[known], SIDES) / np.maximum(counts, 1), middle)
    peak = float(np.abs(means - middle).max()) or 1.0
    size, radius, ring = COMPASS_SIZE, COMPASS_SIZE / 2 - 24, 16
    ends = (np.arange(SIDES + 1) * 2 * np.pi / SIDES)[:, None]
    places = size / 2 + radius * np.concatenate((np.cos(ends), np.sin(ends)), axis=1)

    def arcs() -> Iterator[str]:
        for (x0, y0), (x1, y1) in pairwise(places):
            yield f'd="M{x0:.1f} {y0:.1f}A{radius:.1f} {radius:.1f} 0 0 1 {x1:.1f} {y1:.1f}"'

    edge = "".join(f"<path {arc}/>" for arc in arcs())
    colours = [ramp_colour(mean, middle - peak, middle + peak, paper) for mean in means]
    core = "".join(f'<path {arc} stroke="{colour}"/>' for arc, colour in zip(arcs(), colours, strict=True))
    best = (int(np.argmax(means)) + 0.5) * 2 * np.pi / SIDES
    tip = size / 2 + (radius - ring) * np.array((np.cos(best), np.sin(best)))
    wings = [tip - 9 * np.array((np.cos(best + turn), np.sin(best + turn))) for turn in (0.5, -0.5)]
    (ax, ay), (bx, by) = wings
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" fill="none" stroke-linecap="butt">'
        f'<g stroke="{GREY}" stroke-width="{ring + 2}">{edge}</g><g stroke-width="{ring}">{core}</g>'
        f'<path d="M{size / 2} {size / 2}L{tip[0]:.1f} {tip[1]:.1f}M{ax:.1f} {ay:.1f}L{tip[0]:.1f} {tip[1]:.1f}L{bx:.1f} {by:.1f}" '
        f'stroke="{PICTURE_TEXT[paper]}" stroke-width="2" stroke-linecap="round"/></svg>'
    )
