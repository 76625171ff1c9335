"""The live sheet on its page, run without a browser: what it is sent, and what becomes of what it sends."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from hwmodel.cells.atlas import load_cell_map
from hwmodel.ink.strokes import Strokes
from hwmodel.network.shipped import default_checkpoint
from hwmodel.views.colours import ACTIVATION_RAMP
from pages.ui.hand.live import ink_of
from tests.support.blobs import unpack
from tests.support.lines import wavy_offsets
from tests.support.pages import page_alone, page_with_drawn, through_app

HAND = Strokes(wavy_offsets(40), (4.0, 11.0))


def sent_to(at: AppTest) -> tuple[Any, Any]:
    """Header and arrays that the sheet is given."""
    assert not at.exception
    return next(unpack(one.proto.bytes) for one in at.get("bidi_component") if one.proto.component_name.endswith("live_sheet"))


def test_the_sheet_is_given_the_ink_the_order_and_the_address_of_the_weights() -> None:
    header, arrays = sent_to(page_with_drawn("your_hand", HAND).run())
    assert header["weights"].endswith(".bin") and not header["weights"].startswith("/") and len(header["fingerprint"]) == 16
    assert (tuple(header["start"]), header["sent"]) == (HAND.start, None)
    np.testing.assert_array_equal(arrays["offsets"], HAND.offsets)
    assert sorted(arrays["permutation"]) == list(range(500)) and set(arrays["sign"]) == {-1, 1}
    assert arrays["kernel"][:4].tobytes() == b"\0asm" and (arrays["reach"] > 0).all()
    usual = load_cell_map(default_checkpoint(), header["fingerprint"]).usual
    assert usual is not None
    np.testing.assert_array_equal((arrays["centre"], arrays["reach"]), (usual.median, usual.reach))
    assert header["ramp"] == {paper: list(colours) for paper, colours in ACTIVATION_RAMP.items()}


def test_an_empty_sheet_is_live_and_the_plain_one_a_choice() -> None:
    at = page_alone("your_hand").run()
    header, arrays = sent_to(at)
    assert len(arrays["offsets"]) == 0 and header["bias"] == at.slider(key="hand_bias").value
    at.segmented_control(key="sheet").set_value("Plain").run()
    assert any("drawable_canvas" in one.proto.component_name for one in at.get("bidi_component"))


def test_what_is_written_becomes_the_ink_of_all_pages_and_keeps_its_name() -> None:
    def page() -> None:
        from pages.ui.hand import live

        live.take_ink()

    at = AppTest.from_function(page)
    at.session_state["hand_live"] = {"ink": {"name": "7-9", "start": HAND.start, "offsets": HAND.offsets.ravel().tolist()}}
    at.run()
    assert not at.exception
    assert (at.session_state["drawn_ink"], at.session_state["ink_source"], at.session_state["hand_live_sent"]) == (HAND, "Drawn", "7-9")
    at.session_state["hand_live"] = {"ink": {"name": "8", "start": [0, 0], "offsets": [1, 2]}}
    at.run()
    assert at.session_state["drawn_ink"] == HAND and "cannot be read" in at.session_state["hand_live_wrong"]


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"start": [0, 0]},
        {"start": [0, 0], "offsets": [1, 2]},
        {"start": [0, 0], "offsets": ["a", 0, 1]},
        {"start": [0], "offsets": [1, 2, 1]},
        {"start": [0, 0], "offsets": [float("nan"), 0, 1]},
        {"start": [0, 0], "offsets": [1e30, 0, 1]},
        {"start": [0, 0], "offsets": [1, 0, 0.5]},
        {"start": [0, 0], "offsets": [[1, 0, 1]]},
    ],
)
def test_what_no_sheet_sends_is_refused_in_a_sentence(value: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        ink_of(value)


def test_the_first_page_has_the_sheet_in_place_of_its_ink_once_it_is_asked_for() -> None:
    at = through_app().run()
    at.button(key="front_write_here").click().run()
    header, _ = sent_to(at)
    assert header["weights"].endswith(".bin") and not any(button.key == "front_write_here" for button in at.button)


def test_a_device_that_is_too_slow_is_led_from_the_first_page_to_the_plain_sheet() -> None:
    at = through_app()
    at.session_state["front_sheet"], at.session_state["sheet"] = True, "Plain"
    at.session_state["hand_plain_because"] = "this device is too slow for it"
    at.run()
    assert not at.exception and [title.value for title in at.title] == ["Your hand"]
    assert any("too slow" in caption.value for caption in at.caption)


def test_a_device_that_is_too_slow_gets_the_plain_sheet_and_the_reason() -> None:
    at = page_alone("your_hand", sheet="Plain")
    at.session_state["hand_plain_because"] = "this device is too slow for it"
    at.run()
    assert not at.exception and any("too slow" in caption.value for caption in at.caption)
    assert any("drawable_canvas" in one.proto.component_name for one in at.get("bidi_component"))
