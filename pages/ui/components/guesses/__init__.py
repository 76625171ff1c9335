"""The plain sheet's guesses, told apart where the pointer is. The drawing widget's own toolbar, which repeats the page's buttons, is not shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from pages.ui.components.loader import component


class Guess(TypedDict):
    """A continuation as it stands on the sheet. The contract with view.js."""

    path: str  # an SVG path's d, in the sheet's pixels
    colour: str
    button: str  # key of the button that keeps it


def tell_apart(guesses: Sequence[Guess], width: float, sheet: str) -> None:
    """Let the guesses, lines of a width in px, be picked out by pointing at them or at their buttons, on the drawing widget whose key is `sheet`."""
    component("guesses")(data={"guesses": list(guesses), "width": width, "sheet": sheet}, key="guesses")
