"""The caches of the page Futures, with the keys of `cached`."""

from __future__ import annotations

import numpy as np
import streamlit as st

from hwmodel.futures.forks import find_forks
from hwmodel.futures.values import Certainty, Fan, Futures, NextStep, side_angles
from hwmodel.ink.strokes import Strokes
from hwmodel.views.futures_view import GOES_ON
from pages.ui import cached, cached_told

FUTURES_BLOCK = 40_000  # steps of futures in one cached piece: half a megabyte, some tenths of a second


@st.cache_data(max_entries=400, max_size="32MB", show_spinner=False, hash_funcs=cached.INK_HASH)
def futures_from(checkpoint: str, strokes: Strokes, points: range, samples: int, steps: int, bias: float, seed: int, text: str) -> Futures:
    """Futures from some points of the ink: about FUTURES_BLOCK steps of them, so that the page can tell how far it is between two calls."""
    from hwmodel.futures.drawing import draw_futures

    trace, window = cached_told.read(checkpoint, strokes, text)
    return draw_futures(cached.load_writer(checkpoint).model, trace, samples, steps, bias, seed, points, window=window)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=cached.INK_HASH)
def certainty_along(
    checkpoint: str, strokes: Strokes, points: range, samples: int, steps: int, bias: float, seed: int, text: str, _futures: Futures
) -> Certainty:
    """How sure the network is along the ink, from the futures that the other values stand for."""
    from hwmodel.futures.certainty import certainty

    trace, window = cached_told.read(checkpoint, strokes, text)
    return certainty(cached.load_writer(checkpoint).model, strokes, trace, _futures, window=window)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=cached.INK_HASH)
def fan_at(
    checkpoint: str, strokes: Strokes, point: int, samples: int, steps: int, bias: float, seed: int, text: str
) -> tuple[Fan, np.ndarray, NextStep]:
    """The futures from one point in branches, how far each ends to the side, and the mixture of the next step."""
    from hwmodel.futures.branches import group, next_step
    from hwmodel.futures.drawing import draw_futures
    from hwmodel.sampling.laws import graves

    model, (trace, window) = cached.load_writer(checkpoint).model, cached_told.read(checkpoint, strokes, text)
    futures = draw_futures(model, trace, samples, steps, bias, seed, [point], window=window)
    angles = side_angles(futures, strokes)
    return group(futures), angles, next_step(model, trace, point, graves(bias), window=window)


FANS_TRIED = 8  # until one has more than one branch


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=cached.INK_HASH)
def forks_along(
    checkpoint: str, strokes: Strokes, samples: int, steps: int, bias: float, seed: int, text: str, _futures: Futures
) -> tuple[np.ndarray, int]:
    """The points (F,) where the ink's futures fork, as their beginnings tell, which the other values stand for; and the one of them to look at first:
    the clearest of which a fan has several branches, or else a point a third along the ink."""
    forks = find_forks(_futures.points, _futures.ends)
    for point in forks[:FANS_TRIED].tolist():
        fan, _, _ = fan_at(checkpoint, strokes, point, samples, steps, bias, seed, text)
        if len(fan.branches) > 1:
            return forks, point
    return forks, len(strokes) // 3


@st.cache_data(max_entries=64, show_spinner="The model goes on …", hash_funcs=cached.INK_HASH)
def gone_on(
    checkpoint: str, strokes: Strokes, point: int, branch: int, samples: int, steps: int, bias: float, seed: int, text: str
) -> tuple[Strokes, int, str]:
    """The ink up to a point, along one of its branches, and what the model writes from there; the point where the branch ends; and what that ink
    says, where it was told: the text up to the line in which the point is."""
    from hwmodel.futures.branches import follow

    fan, _, _ = fan_at(checkpoint, strokes, point, samples, steps, bias, seed, text)
    followed = follow(strokes, fan, min(branch, len(fan.branches) - 1))
    _, window = cached_told.read(checkpoint, strokes, text)
    if window:
        text = "\n".join(text.split("\n")[: int(window.line[point]) + 1])
    written = cached_told.goes_on(checkpoint, followed, text, seed, bias, GOES_ON)
    return followed.followed_by(written.offsets), len(followed) - 1, text
