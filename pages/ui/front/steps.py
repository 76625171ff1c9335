"""The story's steps: each one question, one prepared view, one answer with links that set the view, and the page it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from hwmodel.cells.atlas import CellMap
from hwmodel.views import story_parts as parts
from hwmodel.views.ink_view import NOT_ONE
from hwmodel.views.story import Story
from pages.ui.components.cell_view import Choice, cell_view, choose, current
from pages.ui.components.futures_view import futures_view
from pages.ui.components.ink_view import ink_view
from pages.ui.components.prose import prose
from pages.ui.shell import fault
from pages.ui.shell.tour import checklist

MOMENT = "story_moment"  # session key: which of the prepared moments is shown


def heading(question: str, asks: str) -> None:
    """A step's question, and the essay's behind it."""
    st.header(question, anchor=False)
    st.caption(asks)


@st.fragment
@fault.guarded
def fork(story: Story) -> None:
    """What could have come, at three moments of one line."""
    heading(parts.FORK_HEADING, parts.FORK_ASKS)
    shown = min(int(st.session_state.get(MOMENT, 0)), len(story.moments) - 1)

    def follow(choice: str) -> None:
        st.session_state[MOMENT] = int(choice.split(".")[1])

    def nearest(point: int, branch: int | None = None) -> None:
        points = [int(each.fan.futures.points[0]) for each in story.moments]
        st.session_state[MOMENT] = int(np.argmin([abs(point - each) for each in points]))

    prose(parts.FORK_PROSE, "story_fork_words", follow, f"moment.{shown}", parts.FORK)
    futures_view(parts.fork_bytes(story, shown), parts.FORK, int(story.moments[shown].fan.futures.points[0]), nearest, nearest)
    st.page_link("pages/futures.py", label="Futures of any line, and at every point of it →")


@st.fragment
@fault.guarded
def cells(story: Story, known: CellMap) -> None:
    """What single cells know, and their order."""
    actions = parts.story_actions(story, known)

    def follow(choice: str) -> None:
        choose(**actions[choice]["choose"])

    heading(parts.CELL_HEADING, parts.CELL_ASKS)
    first = Choice(parts.strongest(known)["x"], order=parts.SORTED)
    choice = current(first, parts.CELLS)
    prose(parts.cell_prose(known), "story_cell_words", follow, followed(actions, choice, "cell"), parts.CELLS)
    cell_view(parts.recording(story, known), parts.CELLS, f"cells-{story.checkpoint}", first)
    heading(parts.ORDER_HEADING, parts.ORDER_ASKS)
    prose(parts.order_prose(known), "story_order_words", follow, followed(actions, choice, "band", "network", "sorted"), parts.CELLS)
    left, right = st.columns(2)
    left.page_link("pages/activations.py", label="Every cell, over any line →")
    right.page_link("pages/cell_order.py", label="All orders, and how good they are →")


def followed(actions: Mapping[str, Mapping[str, Any]], choice: Choice, *kinds: str) -> str | None:
    """The link, of these kinds, that leads to what is chosen in the view of cells."""

    def leads_there(chosen: Mapping[str, Any]) -> bool:
        return all(getattr(choice, name) == (tuple(value) if isinstance(value, list) else value) for name, value in chosen.items())

    return next((name for name, action in actions.items() if name.split(".")[0] in kinds and leads_there(action["choose"])), None)


def held(story: Story) -> None:
    """What becomes of the writing without a few of the cells."""
    heading(parts.HELD_HEADING, parts.HELD_ASKS)
    ink_view(parts.held_panels(story), parts.HELD, lambda index: None, parts.HELD_PX, parts.LINES_THICKNESS, chosen=NOT_ONE)
    st.markdown(parts.held_prose(story))
    st.page_link("pages/cell_order.py", label="Choose cells, and switch them off →")


def hand() -> None:
    """The reader's turn."""
    heading(parts.HAND_HEADING, parts.HAND_ASKS)
    st.markdown(parts.HAND_PROSE)
    st.page_link("pages/your_hand.py", label="Write here →")


def tour() -> None:
    """What to do on each page, and what has been done."""
    st.header("Your tour", anchor=False)
    checklist()
