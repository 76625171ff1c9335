"""The first page and the tour, run without a browser."""

from __future__ import annotations

import subprocess
import sys

import pytest
from streamlit.testing.v1 import AppTest

from hwmodel.views.cell_view import NETWORK_ORDER
from pages.ui.components.cell_view import ROWS, SEEN
from pages.ui.components.prose import spans
from pages.ui.shell import address, tour
from tests.support.pages import ROOT

WITHOUT_TORCH = """
import sys
from tests.support.pages import through_app
at = through_app().run()
assert not at.exception, at.exception[0].message
assert [title.value for title in at.title] == ["Handwriting, seen from inside"]
assert "torch" not in sys.modules, "the first page must not wait for the network"
"""


def test_the_first_page_needs_no_network() -> None:
    subprocess.run([sys.executable, "-c", WITHOUT_TORCH], cwd=ROOT, check=True)


def test_words_in_brackets_are_links() -> None:
    assert spans("see [this](cell.3), or [that](band.1.2)") == [
        {"text": "see "},
        {"text": "this", "choice": "cell.3"},
        {"text": ", or "},
        {"text": "that", "choice": "band.1.2"},
    ]


@pytest.mark.parametrize(
    ("choice", "cell", "order", "band"),
    [("cell.12", 12, NETWORK_ORDER, None), ("band.3.9", 0, "t-SNE", (3, 9)), ("network", 0, NETWORK_ORDER, None), ("sorted", 0, "t-SNE", None)],
)
def test_a_link_of_the_prose_sets_the_view_of_cells(choice: str, cell: int, order: str, band: tuple[int, int] | None) -> None:
    def script(choice: str) -> None:
        import streamlit as st

        from pages.ui.components.cell_view import VIEW
        from pages.ui.front.steps import set_cells

        st.session_state[VIEW] = "view"
        set_cells(choice)

    at = AppTest.from_function(script, kwargs={"choice": choice}).run()
    assert not at.exception
    assert (at.session_state[SEEN]["cell"], at.session_state[ROWS.format("view")]) == (cell, {"order": order, "band": band})


def test_a_task_of_the_tour_is_done_when_the_reader_does_it() -> None:
    def script() -> None:
        from pages.ui.shell import tour

        tour.onward("write")
        tour.onward("front")

    at = AppTest.from_function(script).run()
    assert len(at.markdown) == 1 and "To do here" in at.markdown[0].value and "(0 of 5 done)" in at.markdown[0].value
    at.session_state["write_bias"] = 2.0
    assert "Done" in at.run().markdown[0].value and "(1 of 5 done)" in at.markdown[0].value
    at.session_state["write_bias"] = address.default("write_bias")
    assert "Done" in at.run().markdown[0].value, "what is done stays done"


def test_the_tour_leads_through_every_page_to_the_last() -> None:
    assert all((ROOT / f"pages/{stop.page}.py").exists() for stop in tour.STOPS)
    assert (ROOT / tour.LAST).exists()
