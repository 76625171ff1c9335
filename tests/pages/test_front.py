"""The first page and the tour, run without a browser."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

from streamlit.testing.v1 import AppTest

from hwmodel.cells.atlas import load_cell_map
from hwmodel.views import story_parts as parts
from hwmodel.views.story import load_story
from pages.ui.components.cell_view import Choice
from pages.ui.components.prose import spans
from pages.ui.shell import address, tour
from tests.support.pages import ROOT, through_app

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


def test_a_task_of_the_tour_is_done_when_the_reader_does_it() -> None:
    def script() -> None:
        from pages.ui.shell import tour

        tour.onward("write")
        tour.onward("front")

    at = AppTest.from_function(script).run()
    assert len(at.markdown) == 1 and "To do here" in at.markdown[0].value and "(0 of 5 done)" in at.markdown[0].value
    at.session_state["ink_bias"] = 2.0
    assert "Done" in at.run().markdown[0].value and "(1 of 5 done)" in at.markdown[0].value
    at.session_state["ink_bias"] = address.default("ink_bias")
    assert "Done" in at.run().markdown[0].value, "what is done stays done"


def test_the_tour_leads_through_every_page_to_the_last() -> None:
    assert all((ROOT / f"pages/{stop.page}.py").exists() for stop in tour.STOPS)
    assert (ROOT / tour.LAST).exists()
