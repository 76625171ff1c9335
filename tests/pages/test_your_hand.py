"""The page Your hand, run without a browser: drawings are put where the widget leaves them."""

from __future__ import annotations

import json
from base64 import b64decode
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from hwmodel.formats.link import pack
from hwmodel.ink.letter_size import px_per_unit
from hwmodel.ink.strokes import Strokes
from hwmodel.network import familiarity
from hwmodel.network.shipped import SHIPPED
from pages.ui.hand.canvas import Drawing, pixels
from tests.support.blobs import unpack
from tests.support.lines import wavy_offsets
from tests.support.mouse import canvas_json, fabric_object, session_value
from tests.support.pages import page_alone

HAND = Strokes(wavy_offsets(80), (4.0, 11.0))


def sheet(drawing: dict[str, Any] | None = None) -> AppTest:
    """The page, with a drawing on its canvas."""
    at = page_alone("your_hand", sheet="Plain").run()
    return draw(at, drawing) if drawing else at


def draw(at: AppTest, drawing: dict[str, Any]) -> AppTest:
    """As if the present widget had sent a drawing."""
    key = f"hand_canvas_{at.session_state.get('hand_mount', 0)}"
    at.session_state[key] = session_value(drawing)
    at.run()
    assert not at.exception
    return at


def words(px_per_unit: float = 10.0) -> dict[str, Any]:
    return canvas_json(HAND, px_per_unit, 1.0)


def behind(at: AppTest) -> str:
    """The SVG behind what is written."""
    data = next(json.loads(one.proto.json) for one in at.get("bidi_component") if "drawable_canvas" in one.proto.component_name)
    return b64decode(data["backgroundImageURL"].split("base64,")[1]).decode()


def cells(at: AppTest) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Header and arrays as sent to the view of the cells."""
    return next(unpack(one.proto.bytes) for one in at.get("bidi_component") if one.proto.bytes)


def told_apart(at: AppTest) -> dict[str, Any]:
    """What tells the guesses apart."""
    return next(json.loads(one.proto.json) for one in at.get("bidi_component") if one.proto.component_name == "guesses")


def test_page_asks_for_ink_when_the_canvas_is_empty() -> None:
    at = sheet()
    assert not at.exception and "cells of the network will appear" in at.info[0].value
    assert "stroke-dasharray" in behind(at), "the guide lines are there"
    assert all(button.disabled for button in at.button)


def test_after_a_stroke_the_network_goes_on_and_every_cell_is_shown() -> None:
    at = sheet(words())
    assert "#bf812d" in behind(at)
    ink = at.session_state["drawn_ink"]
    assert ink.finished and cells(at)[1]["levels"].shape == (500, len(ink))
    assert any("the network learnt from" in text.value for text in at.markdown)


def test_the_continuation_starts_where_the_settings_say() -> None:
    at = sheet(words())
    one = behind(at)
    at.slider(key="hand_guesses").set_value(3).run()
    three = behind(at)
    assert three.count("<text") == 3 and one.count("<text") == 0
    at.slider(key="hand_length").set_value(200).run()
    assert len(behind(at)) > len(three)


def test_the_cells_below_are_sorted_and_named() -> None:
    at = sheet(words())
    header, arrays = cells(at)
    assert header["orders"][1:] == ["t-SNE"] and [band["label"] for band in header["bands"][1]] and arrays["group"].any()
    command = next(json.loads(one.proto.json) for one in at.get("bidi_component") if one.proto.component_name == "remote")
    assert command["value"]["order"] == "t-SNE"


def test_the_guesses_are_told_apart_where_they_are_painted_and_by_their_buttons() -> None:
    at = sheet(words())
    at.slider(key="hand_guesses").set_value(3).run()
    told = told_apart(at)
    assert told["sheet"] == "hand_canvas_0" and len(told["guesses"]) == 3
    for guess, button in zip(told["guesses"], [button for button in at.button if button.label.startswith("Keep")], strict=True):
        assert f'd="{guess["path"]}" stroke="{guess["colour"]}"' in behind(at) and button.key == guess["button"]
    press(at, "Keep 2")
    assert told_apart(at)["sheet"] == "hand_canvas_1", "a new widget shows the longer ink"


def test_the_same_ink_is_gone_on_with_in_the_same_way_until_asked_again() -> None:
    at = sheet(words())
    first = behind(at)
    assert behind(at.run()) == first
    press(at, "Guess again")
    assert behind(at) != first


def page_html(at: AppTest) -> str:
    return "".join(each.proto.body for each in at.get("html"))


def press(at: AppTest, label: str) -> None:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception


def test_a_kept_continuation_becomes_ink_and_undo_takes_it_back_whole() -> None:
    at = sheet(words())
    written: Strokes = at.session_state["drawn_ink"]
    press(at, "Keep it")
    longer: Strokes = at.session_state["drawn_ink"]
    np.testing.assert_allclose(longer.offsets[: len(written)], written.offsets, atol=1e-5)
    assert 60 >= len(longer) - len(written) > 30 and longer.finished
    press(at, "Undo")
    assert at.session_state["drawn_ink"] == written


def test_kept_ink_has_the_colour_of_its_guess_beside_what_was_written() -> None:
    at = sheet(words())
    at.slider(key="hand_guesses").set_value(2).run()
    written = len(at.session_state["hand_strokes"])
    press(at, "Keep 2")
    kept = at.session_state["hand_strokes"][written:]
    assert kept and {thing["stroke"] for thing in kept} == {"#8073ac"} and "solid #8073ac" in page_html(at)


def test_one_can_write_on_after_what_was_kept() -> None:
    at = sheet(words())
    strokes = len(at.session_state["hand_strokes"])
    press(at, "Keep it")
    kept = list(at.session_state["hand_strokes"])
    more = canvas_json(Strokes(wavy_offsets(20), (50.0, 11.0)), 10.0, 1.0)["objects"]
    draw(at, {"objects": kept + more})
    assert len(at.session_state["hand_strokes"]) == len(kept) + len(more) > strokes
    press(at, "Undo")
    assert len(at.session_state["hand_strokes"]) == len(kept) + len(more) - 1, "only the last stroke"


@pytest.mark.parametrize(
    "sent", [{"drawing": {}}, {"drawing": {"raw": {"objects": 3}}}, session_value({"objects": [{"type": "Path", "path": [["M"]]}]})]
)
def test_a_drawing_that_no_widget_made_is_one_sentence_and_the_ink_before_it_stays(sent: dict[str, Any]) -> None:
    at = sheet(words())
    before, mount = at.session_state["drawn_ink"], at.session_state.get("hand_mount", 0)
    at.session_state[f"hand_canvas_{mount}"] = sent
    at.run()
    assert not at.exception and [error.value for error in at.error if "cannot be read" in error.value]
    assert at.session_state["drawn_ink"] == before and at.session_state["hand_mount"] == mount + 1, "a new widget shows what was there"
    assert not at.run().error


def test_ink_that_no_hand_wrote_is_one_sentence_and_can_be_taken_back() -> None:
    at = sheet(words())
    before = at.session_state["drawn_ink"]
    far = fabric_object([["M", 0, 0], ["L", 9, 9]]) | {"left": 9e4, "scaleX": 900, "scaleY": 900}
    draw(at, {"objects": [*at.session_state["hand_strokes"], {**far, "angle": 45, "path": [["M", 0, 0], ["L", 9e4, 9]]}]})
    assert [error.value for error in at.error if "farther than any page" in error.value] and at.session_state["drawn_ink"] is None
    press(at, "Undo")
    assert not at.error and at.session_state["drawn_ink"] == before


def test_undo_takes_one_stroke_and_clear_all() -> None:
    at = sheet(words())
    before = at.session_state["drawn_ink"].pen_up.sum()
    press(at, "Undo")
    assert at.session_state["drawn_ink"].pen_up.sum() == before - 1
    press(at, "Clear")
    assert at.session_state["drawn_ink"] is None and at.info


def test_the_drawing_is_there_again_after_another_page() -> None:
    """The widget's own state goes when the page is left: it begins anew with what the session kept."""
    at = sheet(words())
    written = at.session_state["drawn_ink"]
    del at.session_state["hand_canvas_0"]
    at.run()
    assert not at.exception and at.session_state["drawn_ink"] == written
    assert at.session_state["hand_start"] == words()["objects"]


def test_ink_from_a_link_lies_on_the_canvas_unchanged() -> None:
    text = pack(HAND)
    assert text is not None
    at = page_alone("your_hand", sheet="Plain")
    at.session_state["drawn_ink"] = HAND
    at.run()
    assert len(at.session_state["hand_start"]) == HAND.pen_up.sum()
    assert pack(at.session_state["drawn_ink"]) == text


@pytest.mark.parametrize("touched", [False, True])
def test_ink_from_a_link_stands_on_the_sheets_lines_and_stays_the_same_ink_however_wide_the_window_is_found_to_be(touched: bool) -> None:
    """The browser tells the width after the first run, and a link is opened on a phone and on a desk."""
    text = pack(HAND)
    assert text is not None
    at = page_alone("your_hand", sheet="Plain", ink_source="Drawn", ink=text)
    at.session_state["drawn_ink"] = HAND
    at.run()
    for width, guide in ((1180, 38), (360, 24), (700, 32)):
        if touched:
            key = f"hand_canvas_{at.session_state.get('hand_mount', 0)}"
            at.session_state[key] = session_value({"objects": at.session_state["hand_strokes"]})
        at.session_state["page_width"] = width
        at.run()
        assert not at.exception and pack(at.session_state["drawn_ink"]) == text, width
        assert extent(at.session_state["hand_start"])[1, 0] == pytest.approx(HAND.points[:, 0].max() * px_per_unit(guide), rel=0.01), (
            "as large as the sheet's lines are apart"
        )


def test_a_link_to_the_sheet_has_the_size_of_the_writing_and_the_guesses() -> None:
    at = sheet(words(14.0))
    at.slider(key="hand_guesses").set_value(2).run()
    press(at, "Guess again")
    link = {name: at.query_params[name] for name in ("hand_seed", "hand_size")} | {"hand_guesses": "2"}  # which the browser writes
    other = page_alone("your_hand", sheet="Plain", ink_source="Drawn", **link)
    other.session_state["drawn_ink"] = at.session_state["drawn_ink"]
    other.run()
    assert {name: other.query_params[name] for name in link} == link and link["hand_seed"] == "1"
    assert pack(other.session_state["drawn_ink"]) == pack(at.session_state["drawn_ink"])
    assert behind(other).count("<text") == 2
    here, there = (extent(each.session_state["hand_strokes"]) for each in (at, other))
    np.testing.assert_allclose(there, here, rtol=0.02, atol=2), "as large, and in the same place"


@pytest.mark.parametrize("width", [360, 1180])
def test_given_ink_that_would_not_fit_is_put_on_the_sheet_smaller(width: int) -> None:
    long = Strokes(wavy_offsets(400), (4.0, 11.0))
    at = page_alone("your_hand", sheet="Plain", ink_source="Drawn")
    at.session_state["drawn_ink"], at.session_state["page_width"] = long, width
    at.run()
    assert extent(at.session_state["hand_strokes"])[1, 0] <= width
    assert pack(at.session_state["drawn_ink"]) == pack(long), "and it is the same ink"


def extent(drawing: Drawing) -> np.ndarray:
    """Upper left and lower right corner of what is drawn, px."""
    points = np.concatenate([pixels(thing) for thing in drawing])
    return np.stack([points.min(axis=0), points.max(axis=0)])


@pytest.mark.parametrize("linked", [False, True])
def test_what_the_browser_has_on_its_sheet_outlives_a_restart_of_the_server(linked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session is new and knows the link at most; the widget is as the visitor left it, and tells so when it has been drawn."""
    monkeypatch.setattr("pages.ui.hand.sheet.st_canvas", lambda **_: SimpleNamespace(json_data=words()))
    at = page_alone("your_hand", sheet="Plain")
    if linked:
        at.session_state["drawn_ink"] = HAND.first(30)
    at.run()
    assert not at.exception and at.session_state["drawn_ink"] == sheet(words()).session_state["drawn_ink"]
    assert at.session_state["hand_mount"] == 1, "a new widget is given what the old one had"


def test_larger_writing_is_the_same_ink_for_the_network() -> None:
    lengths = [len(sheet(words(size)).session_state["drawn_ink"]) for size in (9.0, 14.0)]
    assert lengths[1] < 1.3 * lengths[0], lengths


def test_the_height_can_be_set_by_hand() -> None:
    at = sheet(words())
    found = at.session_state["drawn_ink"].points[-1, 0]
    at.toggle(key="hand_auto").set_value(False).run()
    at.slider(key="hand_height").set_value(15).run()
    small = at.session_state["drawn_ink"].points[-1, 0]
    at.slider(key="hand_height").set_value(60).run()
    assert at.session_state["drawn_ink"].points[-1, 0] == pytest.approx(small / 4, rel=0.01)
    assert small > found


@pytest.mark.parametrize(
    "points",
    [
        [[50.0, 80.0]],
        [[50.0, 80.0], [51.0, 80.0]],
        [[0.0, 0.0], [700.0, 200.0]],
        np.random.default_rng(0).integers(0, 200, (400, 2)).astype(float).tolist(),
    ],
    ids=["dot", "one pixel", "line", "scribble"],
)
def test_odd_drawings_make_no_trouble(points: list) -> None:
    from tests.support.mouse import fabric_object, recorded_path

    at = sheet({"objects": [fabric_object(recorded_path(np.array(points)))]})
    assert at.session_state["drawn_ink"].finished


def test_mouse_ink_of_the_networks_own_kind_is_not_called_unlike() -> None:
    """A line that the network wrote, written again with a mouse."""
    from hwmodel.network.checkpoint import load_checkpoint
    from hwmodel.sampling.lines import generate, graves

    line = generate(load_checkpoint("iam").model, [1], graves(0.5), 300)[0].strokes
    at = sheet(canvas_json(line, 10.6, 1.0))
    sentence = next(text.value for text in at.markdown if "network learnt from" in text.value)
    assert "is unlike" not in sentence, sentence


def test_a_meter_that_was_made_for_other_weights_says_so_and_judges_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ranges = json.loads((SHIPPED / "iam.domain.json").read_text("utf-8")) | {"fingerprint": "older"}
    (tmp_path / "iam.domain.json").write_text(json.dumps(ranges), "utf-8")
    monkeypatch.setattr(familiarity, "load_ranges", partial(familiarity.load_ranges, folder=tmp_path))
    at = sheet(words())
    assert any("is not known for these weights" in caption.value and "python -m hwmodel.domain" in caption.value for caption in at.caption)
    assert not any("learnt from." in one.value for one in at.markdown)
