"""The way on: at the end of every page something to do there, done when the reader does it, and the page that comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.ui.shell import address

DONE = "tour_done"  # session key: the pages whose task has been done


@dataclass(frozen=True)
class Stop:
    """A page of the tour."""

    page: str  # as `address.PAGES` calls it
    task: str  # what to do there
    done: Callable[[], bool]  # whether the session shows that it was done
    onward: str  # the question that the next page answers


def state_of(key: str, name: str) -> Any:
    """What a browser component has told, where it is on this page and has told something."""
    return getattr(st.session_state.get(key), name, None)


STOPS = (
    Stop(
        address.WRITE,
        "Move the bias to one end and to the other: a careful hand, and a wild one.",
        lambda: bool(st.session_state.get("ink_bias", address.default("ink_bias")) != address.default("ink_bias")),
        "What does it do with your own hand?",
    ),
    Stop(
        address.YOUR_HAND,
        "Write a word, and see how the network goes on.",
        lambda: st.session_state.get("drawn_ink") is not None,
        "What else could have been written?",
    ),
    Stop(
        address.FUTURES,
        "Choose a point of the ink where the futures part.",
        lambda: state_of("futures_view", "chosen") is not None,
        "What do its cells do meanwhile?",
    ),
    Stop(
        address.ACTIVATIONS,
        "Choose a row, and see the ink in the colours of that cell.",
        lambda: state_of("activations_view", "chosen") is not None,
        "Is there an order in the cells?",
    ),
    Stop(
        address.CELL_ORDER,
        "Hold some cells still, and see what becomes of the writing.",
        lambda: bool(st.session_state.get("hold")),
        "How does the network work?",
    ),
)
LAST = "pages/model.py"


def newly_done() -> list[str]:
    """Pages whose task has been done since this was last asked; they are kept as done."""
    done: set[str] = st.session_state.setdefault(DONE, set())
    found = [stop.page for stop in STOPS if stop.page not in done and stop.done()]
    done.update(found)
    return found


def check() -> None:
    """Called at the end of a fragment: where the reader has just done what the page asks for, the whole page runs once, so that its end says so."""
    if newly_done():
        st.rerun()


def onward(page: str) -> None:
    """The end of a page: what to do there, and where to go next. Nothing on a page that is no stop."""
    newly_done()
    here = next((number for number, stop in enumerate(STOPS) if stop.page == page), None)
    if here is None:
        return
    stop, done = STOPS[here], st.session_state[DONE]
    following = f"pages/{STOPS[here + 1].page}.py" if here + 1 < len(STOPS) else LAST
    with st.container(key="onward"):
        st.divider()
        text, link = st.columns((3, 2), vertical_alignment="center")
        mark = ":green[:material/check_circle:] Done" if page in done else ":material/radio_button_unchecked: To do here"
        text.markdown(f"**{mark}.** {stop.task} ({len(done)} of {len(STOPS)} done)")
        link.page_link(following, label=f"{stop.onward} →")


def checklist() -> None:
    """All stops, each a link to its page."""
    newly_done()
    for stop in STOPS:
        icon = ":material/check_circle:" if stop.page in st.session_state[DONE] else ":material/radio_button_unchecked:"
        st.page_link(f"pages/{stop.page}.py", label=stop.task, icon=icon)
