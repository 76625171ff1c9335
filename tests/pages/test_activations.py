"""The page Activations, run without a browser."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from hwmodel.cells.atlas import load_cell_map
from hwmodel.cells.rates import Rate
from hwmodel.cells.roles import NO_ROLE, ROLE_KEYS
from hwmodel.cells.trace import Trial
from hwmodel.ink.strokes import Strokes
from hwmodel.network.shipped import default_checkpoint
from pages.ui import cached_told
from tests.support.blobs import unpack
from tests.support.lines import wavy_offsets
from tests.support.pages import as_read, page_with_drawn, through_app, with_link


def test_the_page_shows_the_cells_of_the_ink_and_a_card() -> None:
    at = page_with_drawn("activations", Strokes(wavy_offsets(60))).run()
    assert not at.exception
    header, arrays = unpack(at.get("bidi_component")[0].proto.bytes)
    assert header["what"] == "cell state" and arrays["levels"].shape == (500, 60)
    pictures = [each.proto.body for each in at.get("html")]
    assert sum("How often it has which value" in each for each in pictures) == 1 and sum("of line" in each for each in pictures) == 2
    assert header["scales"][0] == "centred"


def test_the_page_opens_on_a_cell_that_follows_the_direction_with_its_circle() -> None:
    at = page_with_drawn("activations", Strokes(wavy_offsets(60))).run()
    assert "cell" not in at.query_params, "it is the first choice"
    assert any("It follows the **direction**" in each.value for each in at.markdown)
    assert sum("The mean value in each direction" in each.proto.body for each in at.get("html")) == 1
    at.selectbox(key="cell_list").set_value(int(np.flatnonzero(load_cell_map(default_checkpoint()).roles.name == NO_ROLE)[0])).run()
    assert not any("The mean value in each direction" in each.proto.body for each in at.get("html"))


def test_a_choice_in_the_view_reaches_list_and_link() -> None:
    at = page_with_drawn("activations", Strokes(wavy_offsets(60)))
    at.session_state["cells_seen"] = {"cell": 136, "step": 20, "scale": "centred"}
    at.run()
    assert not at.exception
    assert at.selectbox(key="cell_list").value == 136
    assert at.query_params["cell"] == "136" and at.query_params["step"] == "21"


def test_the_page_opens_sorted_on_the_cell_that_follows_the_direction_most() -> None:
    at = page_with_drawn("activations", Strokes(wavy_offsets(60))).run()
    roles = load_cell_map(default_checkpoint()).roles
    assert at.selectbox(key="cell_list").value == roles.strength[ROLE_KEYS.index("direction")].argmax()
    assert commanded(at)["order"] == "t-SNE" and "cell" not in at.query_params


def commanded(at: AppTest) -> dict[str, Any]:
    """What the browser is told to choose in the view."""
    (remote,) = (each.proto for each in at.get("bidi_component") if each.proto.component_name == "remote")
    return dict(json.loads(remote.json)["value"])


def test_a_step_chosen_on_another_page_leaves_the_telling_cell_and_the_band() -> None:
    at = through_app("model", ink_source="Circle").run()
    for step, link in ((12, {"rows": "5-9"}), (30, {})):
        at.slider(key="model_step").set_value(step).run()
        with_link(at.switch_page("pages/activations.py"), link).run()
        telling = load_cell_map(default_checkpoint()).roles.strength[ROLE_KEYS.index("direction")].argmax()
        assert at.selectbox(key="cell_list").value == telling
        assert commanded(at)["step"] == step - 1 and commanded(at)["band"] == [4, 8]
        at.switch_page("pages/model.py").run()


def test_the_list_chooses_a_cell() -> None:
    at = page_with_drawn("activations", Strokes(wavy_offsets(60))).run()
    at.selectbox(key="cell_list").set_value(42).run()
    assert not at.exception
    assert at.session_state["cells_seen"]["cell"] == 42 and at.query_params["cell"] == "42"


def test_a_link_opens_the_same_choice() -> None:
    at = page_with_drawn("activations", Strokes(wavy_offsets(60)))
    link = {"cell": "7", "step": "31", "rows": "5-9", "scale": "same", "only": "pen lift"}
    with_link(at, link).run()
    assert commanded(at) == {"cell": 7, "step": 30, "order": "t-SNE", "band": [4, 8], "scale": "same", "only": "pen lift"}
    for name in link:
        del at.query_params[name]  # as when another page was visited
    at.run()
    assert dict(at.query_params) == link, "and it is kept"


@pytest.mark.parametrize("link", [{"cell": "many"}, {"step": "-4", "cell": "9999"}, {"rows": "9"}, {"rows": "40-2"}, {"order": "by colour"}])
def test_a_link_that_makes_no_sense_is_not_followed(link: dict[str, str]) -> None:
    at = page_with_drawn("activations", Strokes(wavy_offsets(60)))
    for name, value in link.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    chosen = commanded(at)
    assert 0 <= chosen["cell"] < 500 and 0 <= chosen["step"] < 60 and (chosen["order"], chosen["band"]) == ("t-SNE", None)


def test_gates_are_recorded_where_they_are_asked_for() -> None:
    at = page_with_drawn("activations", Strokes(wavy_offsets(60)))
    at.session_state["activation"] = "forget gate"
    at.run()
    assert not at.exception
    assert "Forget gate: how much of its memory it keeps" in at.caption[0].value


@pytest.mark.parametrize("offsets", [np.zeros((0, 3)), np.array([[0.0, 0.0, 1.0]])])
def test_too_little_ink_is_one_sentence(offsets: np.ndarray) -> None:
    at = page_with_drawn("activations", Strokes(offsets)).run()
    assert not at.exception
    assert len(at.info) == 1 and "too little ink" in at.info[0].value


def test_long_ink_is_cut_and_the_page_says_so() -> None:
    at = page_with_drawn("activations", Strokes(wavy_offsets(2100))).run()
    assert not at.exception
    assert "2,100 steps: the first 2,000 are shown" in at.caption[0].value


def test_a_held_band_is_told_in_words_beside_as_many_other_cells() -> None:
    at = page_with_drawn("activations", Strokes(wavy_offsets(60)))
    at.query_params["rows"] = "1-100"
    at.run()
    at.button(key="hold_button").click().run()
    assert at.query_params["hold"] == "true"
    assert not at.exception
    words = next(as_read(each.value) for each in at.markdown if each.value.startswith("With "))
    assert words.startswith("With the 100 cells of rows 1 to 100 held, the network ") and "on lines that it wrote itself" in words
    assert "With 100 other cells held instead, chosen by chance, it lifts " in words
    assert len(at.get("bidi_component")) == 3  # the view, its remote, and the lines


# ---- Told what the ink says


def view_of(at: AppTest) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What the view of cells is given in the browser."""
    assert not at.exception
    return unpack(at.get("bidi_component")[0].proto.bytes)


def drawn_that_says(page: str, text: str) -> AppTest:
    """A page with drawn ink of which the reader has typed what it says."""
    at = page_with_drawn(page, Strokes(wavy_offsets(120)))
    at.session_state["ink_said"] = {"Drawn": text}
    return at


def test_ink_that_was_told_is_read_by_the_network_that_was_told() -> None:
    at = through_app("activations", write_text="thank you").run()
    header, arrays = view_of(at)
    assert header["text"] == "thank you" and header["scales"][0] == "centred" and "t-SNE" in header["orders"]
    assert arrays["window"].shape == (header["steps"], 9)
    letters = arrays["window"].argmax(axis=1)
    assert letters[0] == 0 and letters[-1] == 8 and (np.diff(letters.astype(int)) >= 0).mean() > 0.95, "a staircase"
    assert "Read by iam-text, which is told “thank you”." in as_read(at.caption[0].value)
    at.session_state["reading"] = "Without its text"
    header, without = view_of(at.run())
    assert header["text"] == "" and without["window"].shape == (header["steps"], 0)
    assert "Read by iam, which takes no text" in as_read(at.caption[0].value)
    np.testing.assert_array_equal(without["points"], arrays["points"])


def test_the_reader_tells_what_drawn_ink_says() -> None:
    at = page_with_drawn("activations", Strokes(wavy_offsets(120))).run()
    assert view_of(at)[0]["text"] == "" and not [each for each in at.get("button_group") if each.key == "reading"]
    at.text_area(key="ink_says_Drawn").set_value("hello").run()
    header, arrays = view_of(at)
    assert header["text"] == "hello" and arrays["window"].shape == (120, 5)
    assert at.text_area(key="ink_says_Drawn").value == "hello"


def test_a_text_that_the_ink_cannot_say_is_one_sentence_and_stays() -> None:
    at = drawn_that_says("activations", "\n".join("abcdefghijkl")).run()
    assert "the text has 12 lines, and the pen is lifted only" in as_read(at.warning[0].value)
    assert view_of(at)[0]["text"] == "" and at.text_area(key="ink_says_Drawn").value == "\n".join("abcdefghijkl")
    at = drawn_that_says("activations", "caf\u00e9 \u2615").run()
    assert "HOT BEVERAGE" in as_read(at.info[0].value) and view_of(at)[0]["text"] == "cafe"


def test_the_gates_of_a_told_network_are_those_of_its_cells() -> None:
    at = drawn_that_says("activations", "hello")
    at.session_state["activation"] = "forget gate"
    header, arrays = view_of(at.run())
    assert header["what"] == "forget gate" and arrays["window"].shape == (120, 5)


def test_a_told_networks_held_cells_write_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes of that is slow, and held elsewhere (tests/cells/test_holding.py)."""
    asked = []

    def trial(*given: Any) -> Trial:
        asked.append((given[0], given[-1]))
        return Trial(Strokes(wavy_offsets(30)), Rate.of([1.0, 2.0], [10, 20]), Rate.of([3.0, 4.0], [10, 20]))

    monkeypatch.setattr(cached_told, "trial", trial)
    at = drawn_that_says("activations", "hi")
    at.query_params["rows"], at.query_params["hold"] = "1-20", "true"
    at.run()
    assert not at.exception and set(asked) == {("iam-text", "hi")}
    assert any(each.value.startswith("With the 20 cells of rows 1 to 20 held, the network ") for each in at.markdown)
