"""The story in words and as what its views are sent, for the front page and for a page without a server. Free of torch.

Words in `[these](name)` are links, with what each does in `story_actions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from hwmodel.cells.article_claims import findings
from hwmodel.cells.atlas import CellMap
from hwmodel.cells.roles import ROLE_KEYS
from hwmodel.futures.values import side_angles
from hwmodel.views.cell_view import NETWORK_ORDER, Recording, RowNames
from hwmodel.views.futures_view import fan_bytes
from hwmodel.views.ink_view import Panel
from hwmodel.views.story import Story

ESSAY = "https://distill.pub/2016/handwriting/"
TITLE = "Handwriting, seen from inside"
LEAD = (
    "A neural network learnt from people’s handwriting where the pen goes next, and nothing else. Here it writes, and you can look inside "
    f"while it does: the experiments are those of the essay [Experiments in Handwriting with a Neural Network]({ESSAY}) (2016)."
)
LINES, FORK, CELLS, HELD = "story_lines", "story_fork", "story_cells", "story_held"  # the views' keys
SORTED = "t-SNE"
LINES_PX, LINES_THICKNESS = 6.0, 2.0
HELD_PX = 7.0
NO_FORKS = np.zeros(0, np.int64)  # are marked: the prose names the moments

FORK_HEADING = "What could it have written?"
FORK_ASKS = "The essay asks: what does the network think comes next, at every moment?"
FORK_PROSE = (
    "The line says “good dogs”. With [half a bowl](moment.0) on the paper it may become an a, a g or an o: fifty futures part in several ways. "
    "Once the bowl is [closed](moment.1), nearly all of them write an a. After “goo”, [the same half bowl](moment.2) is the beginning of a d: "
    "the network remembers what stands before."
)
CELL_HEADING = "What do its cells know?"
CELL_ASKS = "The essay asks: what is each of the 500 cells doing while the pen moves?"
KNOWN = {"x": "how far along the line the pen is", "y": "how high it is", "lift_next": "that it is about to lift"}  # role -> what such a cell knows
ORDER_HEADING = "Is there an order in them?"
ORDER_ASKS = "The essay asks: can one put the cells in a row, so that those that do alike stand together?"
HELD_HEADING = "What happens without them?"
HELD_ASKS = "Does the network use what its cells know, or do they only look as if they knew?"
HAND_HEADING = "And with your own hand?"
HAND_ASKS = "The essay lets you write, and the network goes on."
HAND_PROSE = "Write a word or two. The network reads every movement, guesses the next ones, and goes on where you stop."


def line_panels(story: Story) -> list[Panel]:
    """The lines that write themselves."""
    return [Panel(line, text, "") for line, text in zip(story.lines, story.texts, strict=True)]


def fork_bytes(story: Story, number: int) -> bytes:
    """A moment of the line, with what could have come."""
    moment = story.moments[number]
    return fan_bytes(FORK, story.ink, moment.fan, side_angles(moment.fan.futures, story.ink), moment.step, NO_FORKS, len(story.ink), 0)


def strongest(known: CellMap) -> dict[str, int]:
    """For each role of KNOWN the cell that has it most."""
    return {key: int(np.argmax(known.roles.strength[ROLE_KEYS.index(key)])) for key in KNOWN}


def cell_prose(known: CellMap) -> str:
    """Of single cells."""
    one, other, third = (f"[{KNOWN[key]}](cell.{cell})" for key, cell in strongest(known).items())
    return (
        f"All 500 see nothing but pen movements. Yet one follows {one}, one {other}, one knows {third}. The ink has the colours of the chosen cell."
    )


def order_prose(known: CellMap) -> str:
    """Of their order."""
    bands = [f"band.{each.band[0]}.{each.band[1]}" for each in findings(known.roles, known.order, known.moving)[:2] if each.band]
    links = [f"[{words}]({band})" for words, band in zip(("these rows", "these"), bands, strict=False)]
    of_bands = f": {links[0]} follow the direction and the curve of the pen, {links[1]} its lifting" if len(links) == 2 else ""
    return (
        "In [the network’s own order](network) no pattern can be seen. [Sorted](sorted) by one-dimensional t-SNE, cells that do alike lie "
        f"together{of_bands}."
    )


def recording(story: Story, known: CellMap) -> Recording:
    """The line with what every cell did."""
    return Recording(story.ink, story.cell.astype(np.float32), "cell state", RowNames.of(known.roles), {SORTED: known.order}, known.usual)


def held_panels(story: Story) -> list[Panel]:
    """What the network writes as it is, and with cells held still."""
    count = len(story.held)
    ways = ("As it is", f"The {count} cells that know most of pen lifts are held still", f"{count} others, chosen by chance, are held still")
    return [Panel(each.written, way, f"{way}: {each.lifts.value:.1f} pen lifts in 100 steps") for way, each in zip(ways, story.trials, strict=True)]


def held_prose(story: Story) -> str:
    """What holding them did, over all lines that were written."""
    free, held, control = (trial.lifts for trial in story.trials)
    (low, high), count, lines = held.minus(free).interval(), len(story.held), len(free.influence)
    return (
        f"Held still at their means, {count} cells of 500 are enough: the pen lifts {held.value:.1f} times in 100 steps instead of {free.value:.1f} "
        f"(a change of {low:.1f} to {high:.1f}, 95 % interval over {lines} lines each way). With {count} others held, chosen by chance, it lifts "
        f"{control.value:.1f} times. So the network does use what these cells know."
    ).replace("-", "−")


def story_actions(story: Story, known: CellMap) -> dict[str, Mapping[str, Any]]:
    """What each link does: choose in the view `to`, or show its data of a number there."""
    actions: dict[str, Mapping[str, Any]] = {f"moment.{number}": {"to": FORK, "show": number} for number in range(len(story.moments))}
    actions |= {f"cell.{cell}": {"to": CELLS, "choose": {"cell": cell, "band": None}} for cell in strongest(known).values()}
    for each in findings(known.roles, known.order, known.moving)[:2]:
        if each.band:
            actions[f"band.{each.band[0]}.{each.band[1]}"] = {"to": CELLS, "choose": {"order": SORTED, "band": list(each.band)}}
    orders = {"network": NETWORK_ORDER, "sorted": SORTED}
    return actions | {name: {"to": CELLS, "choose": {"order": order, "band": None}} for name, order in orders.items()}
