"""What the Distill article says of its cells, beside our numbers, as links that move the picture."""

from __future__ import annotations

from typing import Any

import streamlit as st

from hwmodel.cells.article_claims import Finding
from pages.ui.cells.known import TSNE
from pages.ui.components.cell_view import VIEW, Choice, choose
from pages.ui.components.prose import prose
from pages.ui.shell import terms


def article(found: list[Finding], choice: Choice) -> None:
    """The article's sentences with our numbers; each is a link that moves the picture above to its cells."""
    st.subheader("What the article says of its cells, and what is so here")
    targets = {str(number): target(finding) for number, finding in enumerate(found)}
    for number, finding in enumerate(found):
        chosen = all(getattr(choice, name) == value for name, value in targets[str(number)].items())
        verdict = "So it is here." if finding.agrees else "Not so here."
        text = f"[{finding.sentence.says}]({number}) {verdict} {finding.words}"
        prose(text, f"claim_{number}", lambda name: choose(**targets[name]), chosen=str(number) if chosen else None, to=st.session_state[VIEW])
    terms.caption(
        "The sorting starts from cells laid out by what they follow, direction and curve at the top, pen lifts at the bottom, as in the article; "
        "left to itself it puts its bands anywhere. So that those two are true is partly our choice; that neighbours do alike is not."
    )


def target(finding: Finding) -> dict[str, Any]:
    """What a sentence chooses in the picture: its band, or its cell."""
    return {"band": finding.band, "order": TSNE} | ({"cell": finding.cell} if finding.band is None else {})
