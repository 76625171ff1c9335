"""The story's steps: each one question, one prepared view, one answer with links that set the view, and the page it leads to."""

from __future__ import annotations

import numpy as np
import streamlit as st

from hwmodel.cells.article_claims import findings
from hwmodel.cells.atlas import CellMap
from hwmodel.cells.roles import ROLE_KEYS
from hwmodel.futures.values import side_angles
from hwmodel.views.cell_view import NETWORK_ORDER, Recording, RowNames
from hwmodel.views.futures_view import fan_bytes
from hwmodel.views.ink_view import Panel
from hwmodel.views.story import Story
from pages.ui.cells.hold_panel import compared, what_holding_did
from pages.ui.components.cell_view import Choice, cell_view, choose
from pages.ui.components.futures_view import futures_view
from pages.ui.components.ink_view import ink_view
from pages.ui.components.prose import prose
from pages.ui.shell import address, fault
from pages.ui.shell.tour import checklist

MOMENT = "story_moment"  # session key: which of the prepared moments is shown
TSNE = address.options("order")[1]
PX_PER_UNIT, THICKNESS = 7.0, 2.0
NOT_ONE = -1  # of the lines is marked
LEAD = {"x": "how far along the line the pen is", "y": "how high it is", "lift_next": "that it is about to lift"}  # role -> what such a cell knows


def heading(question: str, asks: str) -> None:
    """A step's question, and the essay's behind it."""
    st.header(question, anchor=False)
    st.caption(asks)


@st.fragment
@fault.guarded
def fork(story: Story) -> None:
    """What could have come, at three moments of one line."""
    heading("What could it have written?", "The essay asks: what does the network think comes next, at every moment?")
    shown = min(int(st.session_state.get(MOMENT, 0)), len(story.moments) - 1)
    prose(
        "The line says “good dogs”. With [half a bowl](0) on the paper it may become an a, a g or an o: fifty futures part in several ways. "
        "Once the bowl is [closed](1), nearly all of them write an a. After “goo”, [the same half bowl](2) is the beginning of a d: "
        "the network remembers what stands before.",
        "story_fork_words",
        lambda choice: st.session_state.update({MOMENT: int(choice)}),
        str(shown),
    )
    moment = story.moments[shown]
    angles = side_angles(moment.fan.futures, story.ink)

    def nearest(point: int, branch: int | None = None) -> None:
        points = [int(each.fan.futures.points[0]) for each in story.moments]
        st.session_state[MOMENT] = int(np.argmin([abs(point - each) for each in points]))

    data = fan_bytes("story_fork", story.ink, moment.fan, angles, moment.step, len(story.ink), 0)
    futures_view(data, "story_fork", int(moment.fan.futures.points[0]), nearest, nearest)
    st.page_link("pages/futures.py", label="Futures of any line, and at every point of it →")


@st.fragment
@fault.guarded
def cells(story: Story, known: CellMap) -> None:
    """What single cells know, and their order."""
    heading("What do its cells know?", "The essay asks: what is each of the 500 cells doing while the pen moves?")
    strongest = {key: int(np.argmax(known.roles.strength[ROLE_KEYS.index(key)])) for key in LEAD}
    found = findings(known.roles, known.order)
    links = [f"[{what}](cell.{strongest[key]})" for key, what in LEAD.items()]
    prose(
        f"All 500 see nothing but pen movements. Yet one follows {links[0]}, one {links[1]}, one knows {links[2]}. "
        "The ink has the colours of the chosen cell.",
        "story_cell_words",
        set_cells,
    )
    recording = Recording(story.ink, story.cell.astype(np.float32), "cell state", RowNames.of(known.roles), {TSNE: known.order})
    cell_view(recording, "story_cells", f"cells-{story.checkpoint}", Choice(strongest["x"], order=TSNE))
    heading("Is there an order in them?", "The essay asks: can one put the cells in a row, so that those that do alike stand together?")
    bands = [f"{each.band[0]}.{each.band[1]}" for each in found[:2] if each.band]
    prose(
        f"In [the network’s own order](network) no pattern can be seen. [Sorted](sorted) by one-dimensional t-SNE, cells that do alike lie together: "
        f"[these rows](band.{bands[0]}) follow the direction and the curve of the pen, [these](band.{bands[1]}) its lifting.",
        "story_order_words",
        set_cells,
    )
    left, right = st.columns(2)
    left.page_link("pages/activations.py", label="Every cell, over any line →")
    right.page_link("pages/cell_order.py", label="All orders, and how good they are →")


def set_cells(choice: str) -> None:
    """Set the view of cells as a link of the prose says."""
    what, *numbers = choice.split(".")
    if what == "cell":
        choose(cell=int(numbers[0]))
    elif what == "band":
        choose(order=TSNE, band=(int(numbers[0]), int(numbers[1])))
    else:
        choose(order=NETWORK_ORDER if what == "network" else TSNE)


def held(story: Story) -> None:
    """What becomes of the writing without a few of the cells."""
    count, (free, without, control) = len(story.held), story.trials
    heading("What happens without them?", "Does the network use what its cells know, or do they only look as if they knew?")
    ways = ("As it is", f"The {count} cells that know most of pen lifts are held still", f"{count} others, chosen by chance, are held still")
    panels = [Panel(each.written, way, f"{way}: {each.lifts.value:.1f} pen lifts in 100 steps") for way, each in zip(ways, story.trials, strict=True)]
    ink_view(panels, "story_held", lambda index: None, PX_PER_UNIT, THICKNESS, chosen=NOT_ONE)
    name = f"these {count} cells"
    st.markdown(f"{what_holding_did(free, without, name)} {compared(free, without, control, name, count)}".replace("-", "−"))
    st.page_link("pages/cell_order.py", label="Choose cells, and switch them off →")


def hand() -> None:
    """The reader's turn."""
    heading("And with your own hand?", "The essay lets you write, and the network goes on.")
    st.markdown("Write a word or two. The network reads every movement, guesses the next ones, and goes on where you stop.")
    st.page_link("pages/your_hand.py", label="Write here →")


def tour() -> None:
    """What to do on each page, and what has been done."""
    st.header("Your tour", anchor=False)
    checklist()
