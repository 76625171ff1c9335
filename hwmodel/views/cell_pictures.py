"""Pictures of what single cells do, from plain arrays."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from hwmodel.ink.strokes import Strokes
from hwmodel.views.colours import GREY, ramp_colour

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


AROUND = 45  # steps shown before and after the one in the middle
SIZE = (150, 90)  # pixels of a small piece of ink


def ink_around_svg(strokes: Strokes, values: np.ndarray, step: int, limits: tuple[float, float]) -> str:
    """A small piece of ink around `step`, each offset in the colour of its value (T,), with a ring where the pen was."""
    first, last = max(0, step - AROUND), min(len(strokes), step + AROUND + 1)
    points, joined = strokes.points[first : last + 1], strokes.joined[first:last]
    low, high = points.min(axis=0), points.max(axis=0)
    scale = min((SIZE[0] - 20) / max(high[0] - low[0], 1e-6), (SIZE[1] - 20) / max(high[1] - low[1], 1e-6), 9)
    places = (points - (low + high) / 2) * scale + np.array(SIZE) / 2
    paths = {t: f'd="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"' for t, ((x0, y0), (x1, y1)) in enumerate(pairwise(places)) if joined[t]}
    edge = "".join(f"<path {path}/>" for path in paths.values())
    core = "".join(f'<path {path} stroke="{ramp_colour(values[first + t], *limits)}"/>' for t, path in paths.items())
    x, y = places[step - first + 1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE[0]}" height="{SIZE[1]}" fill="none" stroke-linecap="round">'
        f'<g stroke="{GREY}" stroke-width="4.2">{edge}</g><g stroke-width="3">{core}</g>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" stroke="{GREY}" stroke-width="1.6"/></svg>'
    )


def histogram(values: np.ndarray, here: np.ndarray, limits: tuple[float, float], bins: int = 60) -> Figure:
    """How often a cell has which value: in many lines (bars in the scale's colours) and in the ink at hand (a line). Both (N,)."""
    import plotly.graph_objects as go

    low, high = min(values.min(), here.min()), max(values.max(), here.max())
    edges = np.linspace(low, max(high, low + 1e-3), bins + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    shares = [100 * np.histogram(each, edges)[0] / len(each) for each in (values, here)]
    colours = [ramp_colour(value, *limits) for value in middles]
    bars = go.Bar(x=middles, y=shares[0], marker={"color": colours, "line": {"color": GREY, "width": 0.5}}, name="many lines", showlegend=False)
    line = go.Scatter(x=middles, y=shares[1], mode="lines", line={"color": GREY, "width": 1.5, "shape": "hvh"}, name="this ink")
    layout = {"bargap": 0, "height": 220, "margin": {"l": 40, "r": 10, "t": 10, "b": 40}, "hovermode": "x", "showlegend": True}
    return go.Figure([bars, line], layout | {"xaxis_title": "value", "yaxis_title": "% of steps", "legend": {"x": 1, "xanchor": "right", "y": 1}})
