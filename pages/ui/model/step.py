"""One step of the network as a picture: the movement that comes in, the cells, the mixture, the movement that came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hwmodel.futures.values import NextStep
from hwmodel.ink.strokes import Strokes, to_polylines
from hwmodel.views.colours import ACTIVATION_RAMP, BRBG, GREY, LIMITS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

HEIGHT, BAR_HEIGHT = 260, 110  # px
SHOWN = 80  # steps of ink before the point
COLUMNS = 25  # of the cells
TEAL, ORANGE = BRBG[8], BRBG[2]  # can be seen on light and on dark paper
CLOUD = [[0, "rgba(53, 151, 143, 0)"], [1, "rgba(53, 151, 143, 1)"]]  # from nothing to TEAL
TITLES = ("1 · What it was told last", "2 · Its cells", "3 · Where the pen may go next", "4 · Whether the pen lifts then")


def step_figures(strokes: Strokes, cells: np.ndarray, point: int, step: NextStep, paper: str) -> dict[str, Figure]:
    """The step after `point` as four figures on light or dark paper, by their titles; `cells` (H,) are the cell states then, in the order in which
    they are to be shown."""
    from plotly.graph_objects import Figure

    parts = (ink_traces(strokes, point), [cell_trace(cells, paper)], mixture_traces(strokes, point, step), [lift_trace(step)])
    ink, rows, mixture, lift = figures = [Figure(traces) for traces in parts]
    for figure in figures:
        figure.update_layout(showlegend=False, height=HEIGHT, margin={"l": 10, "r": 10, "t": 10, "b": 40})
    for figure in (ink, rows, mixture):
        figure.update_yaxes(autorange="reversed", scaleanchor="x", constrain="domain")
    for figure in (ink, rows):
        figure.update_xaxes(visible=False).update_yaxes(visible=False)
    mixture.update_xaxes(title="model units")
    lift.update_layout(height=BAR_HEIGHT).update_xaxes(range=[0, 1], tickformat=".0%").update_yaxes(visible=False)
    return dict(zip(TITLES, figures, strict=True))


def ink_traces(strokes: Strokes, point: int) -> list[Any]:
    """The ink up to the point, and the movement to it."""
    from plotly.graph_objects import Scatter

    first = max(0, point - SHOWN)
    lines = to_polylines(Strokes(strokes.offsets[first : point + 1]))
    x, y = (np.concatenate([np.append(line[:, axis], np.nan) for line in lines]) for axis in (0, 1))
    told = np.array([strokes.points[point], strokes.points[point + 1]]) - strokes.points[first]
    ink = Scatter(x=x, y=y, mode="lines", line={"color": GREY, "width": 2}, hoverinfo="skip")
    last = Scatter(x=told[:, 0], y=told[:, 1], mode="lines+markers", line={"color": TEAL, "width": 4}, marker={"size": [0, 9]}, name="last movement")
    return [ink, last]


def cell_trace(cells: np.ndarray, paper: str) -> Any:
    """The cells in rows, one below the other."""
    from plotly.graph_objects import Heatmap

    low, high = LIMITS["cell state"]
    rows = np.full(-(-len(cells) // COLUMNS) * COLUMNS, np.nan)
    rows[: len(cells)] = cells
    ramp = ACTIVATION_RAMP[paper]
    scale = [[place, colour] for place, colour in zip(np.linspace(0, 1, len(ramp)), ramp, strict=True)]
    return Heatmap(z=rows.reshape(-1, COLUMNS), zmin=low, zmax=high, colorscale=scale, showscale=False, hovertemplate="%{z:.2f}<extra></extra>")


def mixture_traces(strokes: Strokes, point: int, step: NextStep) -> list[Any]:
    """The density of the next movement, the point it starts from, and the one that came."""
    from plotly.graph_objects import Heatmap, Scatter

    at = (np.arange(len(step.density)) + 0.5) / len(step.density) * step.size
    density = Heatmap(x=step.left + at, y=step.top + at, z=np.sqrt(step.density), colorscale=CLOUD, showscale=False, hoverinfo="skip")
    here = Scatter(x=[0], y=[0], mode="markers", marker={"symbol": "cross-thin", "size": 11, "line": {"width": 2, "color": GREY}}, name="the pen")
    if point + 1 >= len(strokes):
        return [density, here]
    dx, dy, _ = strokes.offsets[point + 1]
    came = Scatter(x=[dx], y=[dy], mode="markers", marker={"color": ORANGE, "size": 11, "line": {"width": 2, "color": "white"}}, name="what came")
    return [density, here, came]


def lift_trace(step: NextStep) -> Any:
    """How likely the pen lifts after the next movement."""
    from plotly.graph_objects import Bar

    label = {"text": [f"{step.pen_up:.1%}"], "textposition": "outside", "cliponaxis": False}
    return Bar(x=[step.pen_up], y=["pen lifts"], orientation="h", marker={"color": TEAL}, hovertemplate="%{x:.1%}<extra></extra>", **label)
