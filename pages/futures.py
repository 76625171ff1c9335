"""Futures: what else the network could have written, at every point of the ink."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import numpy as np
import streamlit as st

from hwmodel.futures.values import Futures, side_angles
from hwmodel.ink.strokes import Strokes
from hwmodel.views.futures_view import (
    FORK_STEPS,
    MOST_STEPS,
    SURE_STEPS,
    fan_bytes,
    hairs_bytes,
    kept_hairs_bytes,
    spaced_points,
    sure_bytes,
    whole_bytes,
)
from pages.ui import cached_futures
from pages.ui.components.futures_view import Kept, choose_point, chosen_measure, chosen_point, futures_view, keep_way, way
from pages.ui.shell import address, entrance, fault, ink_source, subject, terms

MOST_POINTS = 10_000  # that are read
HAIRS, PATHS, FAN, SURE = address.options("futures_kind")
EVERYWHERE, ONE = address.options("futures_origin")
WORDS = {
    HAIRS: "From every point the network goes on many times: **orange** where that ends to the left of where the pen went, **green** to the right. "
    "Triangles mark where the futures **fork** into two ways.",
    PATHS: "All futures, added up: where they agree there is one clear path, where they do not there is haze, and triangles where they **fork** into "
    "two ways. From one point, they are whole lines.",
    FAN: "The futures of one point, grouped by where they go. Choose a point on the ink, or go from **fork** to fork; choose a branch, and the model "
    "goes on from its end.",
    SURE: "How sure the network is of what comes next, as the ink’s colour and as a curve. Triangles mark where the futures **fork** into two ways.",
}
KEY = "futures_view"
Drawing = tuple[int, int, float, int, str]  # samples, steps, bias, seed, and the text that the network is told


def all_futures(checkpoint: str, strokes: Strokes, points: range, drawing: Drawing) -> Futures:
    """Futures from all these points, telling how far it is; a visitor who changes something in between stops it."""
    samples, steps, *_ = drawing
    size, place, began, pieces = max(1, cached_futures.FUTURES_BLOCK // (samples * steps)), st.empty(), time.monotonic(), []
    for first in range(0, len(points), size):
        pieces.append(cached_futures.futures_from(checkpoint, strokes, points[first : first + size], *drawing))
        if time.monotonic() - began > 0.5:
            place.progress(min(1.0, (first + size) / len(points)), f"Drawing {len(points) * samples:,} futures …")
    place.empty()
    return Futures(np.concatenate([piece.points for piece in pieces]), np.concatenate([piece.offsets for piece in pieces]))


@st.fragment
@fault.guarded
def many(checkpoint: str, strokes: Strokes, kind: str, points: range, drawing: Drawing) -> None:
    """Hairs, main paths, whole continuations, or how sure the network is."""
    futures = all_futures(checkpoint, strokes, points, drawing)
    angles = side_angles(futures, strokes)
    if kind == SURE:
        data = sure_bytes(
            KEY, strokes, futures, angles, cached_futures.certainty_along(checkpoint, strokes, points, *drawing, futures), chosen_measure()
        )
    elif kind == ONE:
        data = whole_bytes(KEY, strokes, futures, angles)
    else:
        sent = KEY, "hairs" if kind == HAIRS else "paths", strokes, futures, angles
        data = hairs_bytes(*sent)
    keep = partial(kept_hairs_bytes, *sent) if kind in (HAIRS, PATHS) else lambda: data
    futures_view(data, KEY, chosen_point(strokes), keep=kept(checkpoint, drawing, keep))
    if points.step > 1:
        st.caption(f"One point in {points.step} has its futures: {drawing[0]} × {drawing[1]} of each of {len(strokes):,} points would take too long.")


@st.fragment
@fault.guarded
def fan(checkpoint: str, strokes: Strokes, drawing: Drawing) -> None:
    """The futures from one point, and the way through their branches."""
    samples, _, bias, seed, text = drawing
    beginnings = (samples, FORK_STEPS, bias, seed, text)
    futures = all_futures(checkpoint, strokes, spaced_points(len(strokes), samples, FORK_STEPS, SURE_STEPS), beginnings)
    forks, strongest = cached_futures.forks_along(checkpoint, strokes, *drawing, futures)
    chosen = way(strokes)
    keep_way(strokes, chosen)
    walked = strokes
    for point, branch in chosen:
        walked, _, drawing = gone_on(checkpoint, walked, min(point, len(walked) - 1), branch, drawing)

    def take(point: int, branch: int) -> None:
        keep_way(strokes, (*chosen, (point, branch)))
        _, end, _ = gone_on(checkpoint, walked, point, branch, drawing)
        choose_point(end)

    def back(to: int) -> None:
        choose_point(chosen[to][0])
        keep_way(strokes, chosen[:to])

    point = chosen_point(walked, strongest)
    if chosen:
        forks = forks[forks <= chosen[0][0]]  # the rest of the ink is another
    found, angles, step = cached_futures.fan_at(checkpoint, walked, point, *drawing)
    written_from = chosen[0][0] + 1 if chosen else len(walked)
    data = fan_bytes(KEY, walked, found, angles, step, forks, written_from, len(chosen))
    futures_view(data, KEY, point, take, keep=kept(checkpoint, drawing, lambda: data))
    if chosen:
        last, first, keep, _ = st.columns((2, 2, 3, 3))
        last.button("Undo the last branch", on_click=back, args=(len(chosen) - 1,), width="stretch")
        first.button("Back to the ink", on_click=back, args=(0,), width="stretch")
        made = (walked, "a way through the futures", drawing[-1])
        if keep.button("Use as the ink of all pages", on_click=ink_source.make, args=made, width="stretch"):
            st.rerun()


def gone_on(checkpoint: str, strokes: Strokes, point: int, branch: int, drawing: Drawing) -> tuple[Strokes, int, Drawing]:
    """The ink along a branch, the point where that ends, and the same drawing, told what that ink says."""
    walked, end, text = cached_futures.gone_on(checkpoint, strokes, point, branch, *drawing)
    return walked, end, (*drawing[:-1], text)


def kept(checkpoint: str, drawing: Drawing, data: Callable[[], bytes]) -> Kept:
    """The view as a file; a network that is told a text cannot go along in it."""
    _, _, bias, seed, text = drawing
    return Kept(f"futures-{checkpoint}", None if text else checkpoint, bias, seed, data)


def page() -> None:
    """One picture of all futures, and what they are drawn with."""
    entrance.begin("What else could have been written")
    kind = st.segmented_control("View", default=HAIRS, required=True, label_visibility="collapsed", **address.widget("futures_kind"))
    told = subject.ask()
    terms.markdown(WORDS[kind])
    picture = st.container()  # before its settings: on a phone it would be out of sight below them
    columns = st.columns(4)
    bias = columns[0].slider("Bias of the futures", help=terms.meaning("bias"), **address.widget("futures_bias"))
    samples = columns[1].slider("Futures from a point", **address.widget("futures_samples"))
    origin = EVERYWHERE
    if kind == PATHS:
        origin = columns[3].selectbox("From", **address.widget("futures_origin"))
    if kind == FAN:
        steps = columns[2].slider("Steps of a future", **address.widget("futures_fan_steps"))
    elif origin == ONE:
        steps = columns[2].slider("Steps of a continuation", **address.widget("futures_long_steps"))
    else:
        steps = columns[2].slider("Steps of a future", **address.widget("futures_steps"))
    seed = 0 if kind == PATHS else columns[3].number_input("Seed of the futures", **address.widget("futures_seed"))

    chosen_measure()  # keeps the link in step in every view, not only in the one that has measures
    with picture:
        found = subject.chosen(told, MOST_POINTS)
        checkpoint, strokes, drawing = found.checkpoint, found.strokes, (samples, steps, bias, seed, found.text)
        if found.words:
            st.caption(found.words)
        if (whole := len(ink_source.current_ink().strokes)) > MOST_POINTS:
            st.caption(f"Only the first {MOST_POINTS:,} of {whole:,} points are read.")
        if not len(strokes):
            st.info("There is no ink yet that could go on. Write some, or choose another ink at the left.")
        elif kind == FAN:
            fan(checkpoint, strokes, drawing)
        else:
            start = chosen_point(strokes)
            most = SURE_STEPS if kind == SURE else MOST_STEPS
            points = range(start, start + 1) if origin == ONE else spaced_points(len(strokes), samples, steps, most)
            many(checkpoint, strokes, ONE if origin == ONE else kind, points, drawing)


page()
