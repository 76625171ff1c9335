"""The first page and the tour, run without a browser."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from hwmodel.cells.atlas import load_cell_map
from hwmodel.ink.strokes import Strokes
from hwmodel.views import story_parts as parts
from hwmodel.views.story import load_story
from pages.ui.components.cell_view import Choice
from pages.ui.components.prose import spans
from pages.ui.shell import address, tour
from tests.support.lines import wavy_offsets
from tests.support.pages import ROOT, through_app, with_link

WITHOUT_TORCH = """
import sys
from pages.ui.shell import tour
from tests.support.pages import through_app
at = through_app().run()
assert not at.exception, at.exception[0].message
assert [title.value for title in at.title] == ["Handwriting, seen from inside"]
links = {link.proto.label: link.proto.page for link in at.main.get("page_link")}
assert [links[stop.task] for stop in tour.STOPS] == [stop.page for stop in tour.STOPS], links
assert "torch" not in sys.modules, "the first page must not wait for the network"
"""


def test_the_first_page_needs_no_network() -> None:
    subprocess.run([sys.executable, "-c", WITHOUT_TORCH], cwd=ROOT, check=True)


def test_a_link_to_the_page_that_was_first_before_leads_there_whatever_ink_it_names() -> None:
    at = through_app(write_seed="12", ink_source="Circle").run()
    assert not at.exception and not at.error and [title.value for title in at.title] == ["Handwriting that nobody wrote"]
    assert (at.selectbox(key="ink_source").value, at.query_params["ink_seed"]) == ("Circle", "12")


def test_words_in_brackets_are_links() -> None:
    assert spans("see [this](cell.3), or [that](band.1.2)") == [
        {"text": "see "},
        {"text": "this", "choice": "cell.3"},
        {"text": ", or "},
        {"text": "that", "choice": "band.1.2"},
    ]


def test_every_link_of_the_story_does_something() -> None:
    story = load_story()
    known = load_cell_map(story.checkpoint, story.fingerprint)
    named = {
        span["choice"] for text in (parts.FORK_PROSE, parts.cell_prose(known), parts.order_prose(known)) for span in spans(text) if "choice" in span
    }
    assert named == set(parts.story_actions(story, known)) and len(named) == 10


def test_the_actions_of_links_are_choices_of_the_view_of_cells() -> None:
    story = load_story()
    for action in parts.story_actions(story, load_cell_map(story.checkpoint, story.fingerprint)).values():
        replace(Choice(), **action.get("choose", {}))


def tour_page(page: str) -> AppTest:
    """The end of a page, in a session that has begun; what a visitor does is put into the session."""

    def script(page: str) -> None:
        from pages.ui.shell import tour

        tour.onward(page)

    return AppTest.from_function(script, args=(page,))


DONE_BY = {  # page -> where in the session, what a link brings, what the reader makes of it
    "write": ("ink_bias", 3.0, 0.0),
    "your_hand": ("drawn_ink", Strokes(wavy_offsets(20)), Strokes(wavy_offsets(30))),
    "futures": ("futures_view", SimpleNamespace(chosen={"point": 3, "fork": False}), SimpleNamespace(chosen={"point": 9, "fork": True})),
    "activations": ("cells_seen", {"cell": 7, "step": 1}, {"cell": 0, "step": 1}),
    "cell_order": ("hold", False, True),
    "model": ("cells_seen", {"step": 4}, {"step": 5}),
}


@pytest.mark.parametrize("page", DONE_BY)
def test_a_task_of_the_tour_is_done_when_the_reader_does_it_and_not_by_a_link(page: str) -> None:
    key, brought, made = DONE_BY[page]
    at = tour_page(page)
    at.session_state[key] = brought
    for _ in range(2):
        assert "To do here" in at.run().markdown[0].value and "(0 of 6 done)" in at.markdown[0].value
    at.session_state[key] = made
    assert "Done" in at.run().markdown[0].value and "(1 of 6 done)" in at.markdown[0].value
    at.session_state[key] = brought
    assert "Done" in at.run().markdown[0].value, "what is done stays done"


def test_a_task_is_done_by_a_reader_who_acts_before_the_page_has_run_to_its_end() -> None:
    def script() -> None:
        import streamlit as st

        from pages.ui.shell import tour

        tour.arrive("model")
        if "cells_seen" in st.session_state:
            tour.onward("model")

    at = with_link(AppTest.from_function(script), {"step": "3"}).run()
    at.session_state["cells_seen"] = {"step": 2}  # what the link says, counted from 0
    assert "(0 of 6 done)" in at.run().markdown[0].value
    at = with_link(AppTest.from_function(script), {"step": "3"}).run()
    at.session_state["cells_seen"] = {"step": 4}
    assert "(1 of 6 done)" in at.run().markdown[0].value


def test_what_is_chosen_on_one_page_does_no_task_of_another() -> None:
    at = tour_page("futures")
    at.session_state["cells_seen"] = {"cell": 7, "step": 1}
    at.run()
    at.session_state["cells_seen"] = {"cell": 8, "step": 2}
    assert "(0 of 6 done)" in at.run().markdown[0].value
    at.session_state["drawn_ink"] = Strokes(wavy_offsets(20))
    assert "(1 of 6 done)" in at.run().markdown[0].value, "one writes on the first page too"


def test_every_page_ends_in_a_task_and_a_link_to_another() -> None:
    pages = [stop.page for stop in tour.STOPS]
    assert ["front", *pages] == list(address.PAGES)
