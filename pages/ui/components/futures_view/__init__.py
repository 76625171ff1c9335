"""The futures of one ink in a browser component: what is chosen in it, and the way that was chosen through its branches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

import streamlit as st

from hwmodel.ink.strokes import Strokes
from hwmodel.views.futures_anew import drawn_with
from hwmodel.views.standalone import AloneView, Section, alone_page
from pages.ui.components.cell_view import SERIAL, Choice, choose, current
from pages.ui.components.keep import download, keep_button, network_of
from pages.ui.components.loader import component
from pages.ui.shell import address, tour

WAY = "futures_way"  # session key: the branches that were chosen, and the ink they belong to
MEASURE = "futures_measure"  # in the session and in the link
WITH_NETWORK = (
    "The same file with the network in it, about 1.8 MB: it draws futures anew, with another bias or seed, from another point, along a branch."
)
Way = tuple[tuple[int, int], ...]  # (point, branch) of each choice, the first one first


@dataclass(frozen=True)
class Kept:
    """A view's futures as a file that is kept."""

    file: str  # the stem of its name
    checkpoint: str | None  # that drew them; None for one that cannot go along in the file
    bias: float  # they were drawn with
    seed: int
    data: Callable[[], bytes]


def futures_view(
    data: bytes,
    key: str,
    point: int,
    taken: Callable[[int, int], None] | None = None,
    pointed: Callable[[int], None] | None = None,
    keep: Kept | None = None,
) -> None:
    """Draw the view, with `point` chosen. `taken(point, branch)` is told of a branch that is chosen there, `pointed` of a point; without it, that
    becomes the step chosen on all pages. A measure that is chosen is kept, for `chosen_measure`. With `keep` the view can be
    kept as a file."""

    def take() -> None:
        chosen = st.session_state[key]["chosen"]
        if chosen["branch"] is None:
            (pointed or choose_point)(chosen["point"])
        elif taken:
            taken(chosen["point"], chosen["branch"])

    def measure() -> None:
        st.session_state[MEASURE] = st.session_state[key]["measure"]

    with st.container(gap=None):
        component("futures_view")(data=data, key=key, on_chosen_change=take, on_measure_change=measure)
        command = {"to": key, "serial": st.session_state.get(SERIAL, 0), "value": {"point": point}}
        component("remote")(data=command, key=f"{key}_remote")
    if keep:
        _keep_buttons(keep, key, point)
    tour.check()


def _keep_buttons(keep: Kept, key: str, point: int) -> None:
    """Downloads of the view: small, and with the network, which draws its futures anew."""
    title = "What else could have been written"
    with st.container(horizontal=True):
        keep_button("futures_view", key, keep.data, keep.file, title, {"point": point})
        if keep.checkpoint is None:
            return
        network = network_of(keep.checkpoint)

        def page() -> str:
            view = AloneView("futures_view", key, (keep.data(),), {"point": point}, drawn_with(keep.bias, keep.seed))
            return alone_page(title, [Section(view=view)], network=network)

        download(page, f"{key}_network", keep.file, "Keep it with the network", WITH_NETWORK)


def chosen_point(strokes: Strokes, first: int | None = None) -> int:
    """The point chosen on any page, kept inside the ink; where none is, `first`, or else one a third along it. Where one is, it stands in the link as
    `step`, counted from 1."""
    first = len(strokes) // 3 if first is None else first
    point = min(max(current(Choice(step=first)).step, 0), len(strokes) - 1)
    address.write(step=None if point == first else str(point + 1))
    return point


def chosen_measure() -> str:
    """The measure of certainty that is looked at, which the link is kept in step with."""
    chosen = st.session_state[MEASURE] = str(address.value(MEASURE))
    address.write(**{MEASURE: None if chosen == address.default(MEASURE) else chosen})
    return chosen


def choose_point(point: int) -> None:
    """Choose a point for all pages."""
    choose(step=point)


def way(strokes: Strokes) -> Way:
    """The branches chosen so far in this ink: the session's, else the link's, else none. A link that makes no sense is not followed."""
    name = _name(strokes)
    if WAY in st.session_state:
        kept_for, kept = st.session_state[WAY]
        return kept if kept_for == name else ()
    pairs = [part.split(".") for part in (address.read("way") or "").split("-") if part]
    found = tuple((int(point) - 1, int(branch) - 1) for point, branch in pairs)
    return found if all(point >= 0 and branch >= 0 for point, branch in found) else ()


def keep_way(strokes: Strokes, chosen: Way) -> None:
    """Keep the way through the branches of this ink, in the session and in the link."""
    st.session_state[WAY] = (_name(strokes), chosen)
    text = "-".join(f"{point + 1}.{branch + 1}" for point, branch in chosen)
    address.write(way=text or None)


def _name(strokes: Strokes) -> str:
    return blake2b(strokes.offsets.tobytes(), digest_size=8).hexdigest()
