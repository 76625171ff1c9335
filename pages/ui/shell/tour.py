"""The way on: at the end of every page something to do there, done when the reader does it, and the page that comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.ui.shell import address

DONE = "tour_done"  # session key: the pages whose task has been done
SEEN = "tour_seen"  # session key: page -> what was last seen of its task
HERE = "tour_here"  # session key: the page on which the reader acts
CAREFUL, WILD = 2.0, 0.2  # bias from which on a hand is tidy, and up to which it is wild


@dataclass(frozen=True)
class Stop:
    """A page of the tour."""

    page: str  # as `address.PAGES` calls it
    task: str  # what to do there
    shows: Callable[[], object]  # what the session has of it, false where that is nothing: the task is done when it becomes something, or another
    onward: str  # the question that the next page answers
    anywhere: bool = False  # it can be done on other pages too


def state_of(key: str, name: str) -> Any:
    """What a browser component has told, where it is on this page and has told something."""
    return getattr(st.session_state.get(key), name, None)


def hand_of_bias() -> str:
    """The hand that the bias makes, at its ends."""
    bias = float(address.value("ink_bias"))
    return "careful" if bias >= CAREFUL else "wild" if bias <= WILD else ""


def drawn() -> bytes:
    """The reader's own ink."""
    ink = st.session_state.get("drawn_ink")
    return b"" if ink is None else ink.offsets.tobytes()


def chosen(name: str) -> tuple[int, ...]:
    """The cell, or the step, that is chosen on all pages, by the reader or by the link; nothing where none is."""
    counts_from = {"cell": 0, "step": 1}[name]  # in the link
    told = address.read(name)
    said = st.session_state.get("cells_seen", {}).get(name, None if told is None else told - counts_from)
    return () if said is None else (said,)


STOPS = (
    Stop(
        address.WRITE,
        "Move the bias to one of its ends: a wild hand, or a careful one.",
        hand_of_bias,
        "What does it do with your own hand?",
    ),
    Stop(
        address.YOUR_HAND,
        "Write a word, and see how the network goes on.",
        drawn,
        "What else could have been written?",
        anywhere=True,
    ),
    Stop(
        address.FUTURES,
        "Go to a fork, where the futures part.",
        lambda: bool((state_of("futures_view", "chosen") or {}).get("fork")),
        "What do its cells do meanwhile?",
    ),
    Stop(
        address.ACTIVATIONS,
        "Choose a row, and see the ink in the colours of that cell.",
        lambda: chosen("cell"),
        "Is there an order in the cells?",
    ),
    Stop(
        address.CELL_ORDER,
        "Switch some cells off, and see what becomes of the writing.",
        lambda: bool(address.value("hold")),
        "How does the network work?",
        anywhere=True,
    ),
    Stop(
        address.MODEL,
        "Go along the ink step by step, and see where the pen may go next.",
        lambda: chosen("step"),
        "Tell it what to write",
    ),
)


def newly_done() -> list[str]:
    """Pages whose task has been done since this was last asked; they are kept as done. What a link brought was not done by its reader."""
    done: set[str] = st.session_state.setdefault(DONE, set())
    seen: dict[str, object] = st.session_state.setdefault(SEEN, {})
    here, now = st.session_state.get(HERE), {stop.page: stop.shows() for stop in STOPS}
    open_here = [stop.page for stop in STOPS if stop.page in seen and stop.page not in done and (stop.anywhere or stop.page == here)]
    found = [page for page in open_here if now[page] and now[page] != seen[page]]
    done.update(found)
    seen.update(now)
    return found


def arrive(page: str) -> None:
    """The beginning of a page, once what its link brings is there: a reader may act before the page has run to its end for the first time."""
    st.session_state[HERE] = page
    newly_done()


def check() -> None:
    """Called at the end of a fragment: where the reader has just done what the page asks for, the whole page runs once, so that its end says so."""
    if newly_done():
        st.rerun()


def onward(page: str) -> None:
    """The end of a page: what to do there, and where to go next. Nothing on a page that is no stop."""
    arrive(page)
    number = next((number for number, stop in enumerate(STOPS) if stop.page == page), None)
    if number is None:
        return
    stop, done = STOPS[number], st.session_state[DONE]
    following = STOPS[(number + 1) % len(STOPS)].page  # after the last page the reader has the network write
    with st.container(key="onward"):
        st.divider()
        text, link = st.columns((3, 2), vertical_alignment="center")
        mark = ":green[:material/check_circle:] Done" if page in done else ":material/radio_button_unchecked: To do here"
        text.markdown(f"**{mark}.** {stop.task} ({len(done)} of {len(STOPS)} done)")
        link.page_link(f"pages/{following}.py", label=f"{stop.onward} →")


def checklist() -> None:
    """All stops, each a link to its page."""
    newly_done()
    for stop in STOPS:
        icon = ":material/check_circle:" if stop.page in st.session_state[DONE] else ":material/radio_button_unchecked:"
        st.page_link(f"pages/{stop.page}.py", label=stop.task, icon=icon)
