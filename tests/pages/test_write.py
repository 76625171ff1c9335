"""The page Write, and what app.py does for all pages, run without a browser."""

from __future__ import annotations

import functools
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import streamlit as st
from PIL import Image
from streamlit.testing.v1 import AppTest

import hwmodel.network.checkpoint
from hwmodel.formats.link import pack
from hwmodel.formats.registry import WRITTEN, read_ink, write_ink
from hwmodel.ink.drawn import Drawn
from hwmodel.ink.page import of_page, page_of
from hwmodel.ink.strokes import Strokes
from hwmodel.sampling.laws import GRAVES
from hwmodel.sampling.showcase import showcase
from hwmodel.views.colours import ORDER_RAMP
from hwmodel.views.ink_colours import by_order
from pages.ui.shell.ink_source import GENERATED
from pages.ui.write import line
from pages.ui.write.controls import PATH
from pages.ui.write.downloads import of_all, one_below_the_other
from tests.support.blobs import unpack
from tests.support.lines import wavy_offsets
from tests.support.pages import PATIENCE, as_read, through_app, with_link

SHOWN = showcase("iam")  # what the page begins with


def write_page(**link: str) -> AppTest:
    return through_app("write", **link).run()


def sent(at: AppTest, key: str = "write_ink") -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What a view of ink is given in the browser: header and arrays."""
    assert not at.exception
    (view,) = [each for each in at.get("bidi_component") if each.proto.id.endswith(f"-{key}")]
    return unpack(view.proto.bytes)


def points(at: AppTest) -> np.ndarray:
    return sent(at)[1]["points"]


def test_the_page_writes_a_line_and_says_why_it_stopped() -> None:
    header, arrays = sent(write_page(write_lines="1"))
    (panel,) = header["panels"]
    assert panel["note"].startswith(f"seed {SHOWN.seed}, bias {SHOWN.bias:g} · ") and "stopped: " in panel["note"]
    assert arrays["points"].shape == (panel["count"], 2)
    assert np.ptp(arrays["points"][:, 0]) > 20  # model units: it went somewhere
    assert arrays["inked"][0] == 0 and set(arrays["inked"]) <= {0, 1}


def test_the_bias_changes_the_ink_and_going_back_brings_it_back() -> None:
    at = write_page()
    first = points(at)
    at.slider(key="ink_bias").set_value(2.0).run()
    assert not np.array_equal(points(at), first)
    at.slider(key="ink_bias").set_value(SHOWN.bias).run()
    np.testing.assert_array_equal(points(at), first)


def test_a_link_writes_what_the_widgets_write() -> None:
    at = write_page()
    at.number_input(key="ink_seed").set_value(41)
    at.slider(key="write_lines").set_value(2)
    at.selectbox(key="write_law").set_value("Temperature")
    at.slider(key="write_pen_bias").set_value(0.5)
    at.run()
    at.slider(key="write_temperature").set_value(0.4).run()
    link = {"ink_seed": "41", "write_lines": "2", "write_law": "Temperature", "write_pen_bias": "0.5", "write_temperature": "0.4"}
    np.testing.assert_array_equal(points(write_page(**link)), points(at))


@pytest.mark.parametrize(
    "link",
    [
        {"ink_bias": "99"},
        {"ink_bias": "abc", "ink_seed": "-5"},
        {"write_law": "zzz", "write_view": "{}", "write_colour": "1e9"},
        {"write_lines": "1e400"},
    ],
)
def test_a_nonsense_link_shows_ordinary_writing(link: dict[str, str]) -> None:
    np.testing.assert_array_equal(points(write_page(**link)), points(write_page()))


def test_new_writes_something_else() -> None:
    at = write_page()
    first = points(at)
    next(button for button in at.button if button.label == "Again").click().run()
    assert not np.array_equal(points(at), first)


def test_lines_have_seeds_of_their_own() -> None:
    header, _ = sent(write_page(write_lines="3", ink_seed="5"))
    assert [panel["row"] for panel in header["panels"]] == ["seed 5", "seed 6", "seed 7"]


def test_the_grid_has_biases_across_and_seeds_down() -> None:
    header, _ = sent(write_page(write_view="Grid"), "write_grid")
    assert header["columns"] == [f"bias {bias:g}" for bias in line.ACROSS[GRAVES]]
    assert [panel["row"] for panel in header["panels"]][:: len(header["columns"])] == [f"seed {SHOWN.seed + row}" for row in range(line.DOWN)]
    assert header["panels"][5]["label"] == f"seed {SHOWN.seed + 1}, bias {line.ACROSS[GRAVES][1]:g}"


@pytest.mark.parametrize("colour", ["Order", "Stroke", PATH, "Surprise: pen"])
def test_ink_is_coloured_by_levels(colour: str) -> None:
    header, arrays = sent(write_page(write_colour=colour))
    assert len(np.unique(arrays["level"])) > 2
    assert set(header["palette"]) == {"light", "dark"}


def test_plain_ink_has_no_palette() -> None:
    assert "palette" not in sent(write_page())[0]


def given_ink(at: AppTest) -> Strokes:
    """What the other pages get."""

    def other_page() -> None:
        import streamlit as st

        from pages.ui.shell import ink_source

        place = ink_source.sidebar()
        st.session_state.got = ink_source.current_ink()
        ink_source.show(place)

    other = with_link(AppTest.from_function(other_page, default_timeout=PATIENCE), dict(at.query_params)).run()
    assert not other.exception
    return other.session_state["got"].strokes


@pytest.mark.parametrize(
    "link",
    [
        {"ink_seed": "12", "ink_bias": "1.5", "write_sample": "3"},
        {"write_law": "Temperature", "write_temperature": "0.4", "write_steps": "100", "write_lines": "1"},
        {"write_view": "Grid", "write_sample": "6", "write_steps": "300"},
        {"write_text": "thank you", "write_sample": "2", "write_hand": "3"},
        {"write_text": "thank you\nAnna"},
    ],
)
def test_the_line_on_write_is_the_ink_of_all_pages(link: dict[str, str]) -> None:
    at = write_page(**link)
    header, arrays = sent(at)
    several = header["one_by_one"]
    first = 0 if len(header["panels"]) == 1 or several else sum(each["count"] for each in header["panels"][: header["chosen"]])
    count = header["panels"][0 if len(header["panels"]) == 1 else header["chosen"]]["count"]
    ink = given_ink(at)
    assert header["chosen"] == (int(link.get("write_sample", "1")) - 1 if len(header["panels"]) > 1 else 0)
    if several:
        assert abs(len(ink) + 1 - len(arrays["points"])) <= len(header["panels"]), "all of its lines"
    else:
        np.testing.assert_allclose(ink.points, arrays["points"][first : first + count], atol=1e-3)
    assert {name: at.query_params.get(name) for name in link} == link, "and the link says which it is"


def test_a_line_becomes_the_ink_again_after_another_was_chosen() -> None:
    at = write_page(ink_source="Circle")
    assert not at.get("page_link") or all("Look inside" not in link.proto.label for link in at.get("page_link"))
    next(button for button in at.button if button.label == "Look inside").click().run()
    assert at.session_state["ink_source"] == GENERATED
    assert [link for link in at.get("page_link") if "Look inside" in link.proto.label]


def test_a_link_from_the_time_of_two_seeds_writes_the_same() -> None:
    at = write_page(write_seed="12", write_bias="1.5")
    np.testing.assert_array_equal(points(at), points(write_page(ink_seed="12", ink_bias="1.5")))
    assert at.query_params["ink_seed"] == "12" and "write_seed" not in at.query_params


def test_a_text_is_written_in_samples_the_most_legible_first() -> None:
    at = write_page(write_text="thank you")
    header, arrays = sent(at)
    (panel,) = header["panels"]
    assert panel["text"] == "thank you"
    assert arrays["letter"][0] == 0 and arrays["letter"].max() == len("thank you") - 1
    samples, _ = sent(at, "write_samples")
    assert 1 < len(samples["panels"]) <= line.SAMPLES and samples["panels"][0]["note"] == "", "what is read first is read right"
    live, _ = sent(at, "write_live")
    told = {name: live["told"][name] for name in ("text", "bias", "seed", "hand")}
    shown = showcase("iam-text")
    assert told == {"text": "thank you", "bias": shown.bias, "seed": shown.seed, "hand": None} and live["to"] == header["name"]
    assert live["label"] == at.text_area(key="write_text").label and live["engine"].endswith(".bin")
    hands, _ = sent(at, "write_hands")
    assert len(hands["panels"]) == 12 and hands["chosen"] == -1


def test_a_text_is_written_in_the_hand_of_drawn_ink_once_it_is_known_what_that_says() -> None:
    at = write_page(write_text="thank you", ink_source="Drawn", ink=str(pack(Strokes(wavy_offsets(120)))))

    def own() -> Any:
        return next(button for button in at.button if button.label == "In my own hand")

    first = points(at)
    assert own().disabled
    at.text_area(key="ink_says_Drawn").set_value("x" * 99).run()
    assert own().disabled and "at most 40 characters" in at.warning[0].value
    at.text_area(key="ink_says_Drawn").set_value("cab cab").run()
    own().click().run()
    assert not np.array_equal(points(at), first) and "In whose hand: your own" in [each.label for each in at.expander]
    assert sent(at, "write_live")[0]["told"]["hand"]["text"] == "cab cab" and sent(at, "write_hands")[0]["chosen"] == -1
    next(button for button in at.button if button.label == "Any hand").click().run()
    np.testing.assert_array_equal(points(at), first)


def test_bias_and_seed_are_at_first_those_that_suit_the_network_that_writes_and_stay_where_they_were_chosen() -> None:
    at = write_page(write_lines="1")
    seen = []
    for text, chosen in (("thank you", None), ("", None), ("thank you", 0.3), ("", None)):
        if chosen is not None:
            at.slider(key="ink_bias").set_value(chosen)
        at.text_area(key="write_text").set_value(text).run()
        seen.append((at.slider(key="ink_bias").value, at.number_input(key="ink_seed").value))
    told = showcase("iam-text")
    assert seen == [(told.bias, told.seed), (SHOWN.bias, SHOWN.seed), (0.3, told.seed), (0.3, SHOWN.seed)]
    assert (told.bias, told.seed) != (SHOWN.bias, SHOWN.seed)


def test_a_letter_is_written_line_by_line_in_one_go() -> None:
    at = write_page(write_text="Dear Susan,\nthank you for the flowers, they stand on my desk")
    header, arrays = sent(at)
    assert [panel["text"] for panel in header["panels"]] == ["Dear Susan,", "thank you for the flowers, they stand on", "my desk"]
    ends = np.cumsum([panel["count"] for panel in header["panels"]])
    assert header["one_by_one"] and [each.max() for each in np.split(arrays["letter"], ends[:-1])] == [10, 39, 6]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 10_000, "10,000 characters; at most 1,000"),
        ("\U0001f600\U0001f600", "never seen \U0001f600 (GRINNING FACE)"),
        ("\u05e9\u05dc\u05d5\u05dd", "HEBREW LETTER SHIN"),
        ("\x00\x07", "U+0000"),
    ],
)
def test_a_text_that_cannot_be_written_is_one_sentence_and_stays_in_the_field(text: str, said: str) -> None:
    at = write_page(write_lines="1")
    at.text_area(key="write_text").set_value(text).run()
    (warning,) = at.warning
    assert said in as_read(warning.value) and at.text_area(key="write_text").value == text
    assert sent(at)[0]["panels"][0]["text"] == "", "and the network writes as it likes"


@pytest.mark.parametrize(("text", "said", "written"), [("caf\u00e9 \u2615", "HOT BEVERAGE", "cafe"), ("  \n ", "only blanks", "")])
def test_a_text_that_is_written_otherwise_says_how(text: str, said: str, written: str) -> None:
    at = write_page(write_lines="1")
    at.text_area(key="write_text").set_value(text).run()
    assert said in as_read(at.info[0].value) and sent(at)[0]["panels"][0]["text"] == written


def test_a_suggestion_fills_the_field() -> None:
    at = write_page(write_lines="1")
    next(button for button in at.button if button.label == "A wish").click().run()
    assert sent(at)[0]["panels"][0]["text"] == at.text_area(key="write_text").value == "happy birthday to you"


def test_a_broken_checkpoint_is_one_sentence_under_standing_controls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "iam.safetensors").write_bytes(b"no weights")
    broken = functools.partial(hwmodel.network.checkpoint.load_checkpoint, folder=tmp_path)
    monkeypatch.setattr(hwmodel.network.checkpoint, "load_checkpoint", broken)
    st.cache_resource.clear()
    at = write_page(write_view="Lines")
    assert not at.exception
    assert as_read(at.error[0].value).startswith("The network cannot be used: iam.safetensors is no safetensors file")
    assert at.title and at.slider(key="ink_bias").value == SHOWN.bias


def test_without_any_network_the_page_says_where_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hwmodel.network.shipped.available_checkpoints", lambda folder: [])
    monkeypatch.setattr("pages.ui.shell.address.available_checkpoints", list)
    monkeypatch.setattr("pages.ui.shell.ink_source.available_checkpoints", list)
    at = write_page()
    assert not at.exception
    assert "there is none in hwmodel/checkpoints" in as_read(at.error[0].value)


@pytest.mark.parametrize("name", [format.name for format in WRITTEN])
def test_every_download_holds_the_ink(name: str) -> None:
    strokes = Strokes(wavy_offsets(60))
    data = write_ink(strokes, name)
    if name == "PNG":
        assert data.startswith(b"\x89PNG")
    else:
        back = read_ink(data, f"ink.{name.lower()}").strokes
        np.testing.assert_allclose(back.points, strokes.points, atol=0.02)


@pytest.mark.parametrize("finished", [True, False])
def test_a_picture_of_coloured_ink_has_its_colours_and_width_and_is_read_as_the_same_ink(finished: bool) -> None:
    strokes = Strokes(wavy_offsets(60)) if finished else Strokes(wavy_offsets(60)[:-1])
    colours = tuple(("#c2371e", "#3b4a9c", "#3b4a9c")[i % 3] for i in range(len(strokes)))
    svg = write_ink(strokes, "SVG", None, Drawn(0.5, colours))
    assert read_ink(svg, "ink.svg").strokes == strokes
    assert b'stroke-width="0.5"' in svg and svg.count(b"#c2371e") > 15
    with Image.open(BytesIO(write_ink(strokes, "PNG", None, Drawn(0.5, colours)))) as picture:
        seen = {colour for _, colour in picture.getcolors(10**6) or ()}
    assert {(0xC2, 0x37, 0x1E), (0x3B, 0x4A, 0x9C), (255, 255, 255)} <= seen


def test_a_picture_of_several_lines_has_each_ones_colours() -> None:
    lines = [Strokes(wavy_offsets(50, seed)) for seed in range(3)]
    colouring = by_order(lines)
    colours = colouring.colours(of_all(colouring.levels))
    assert len(colours) == len(one_below_the_other(lines)) and colours.count(ORDER_RAMP["light"][-1]) == 3 and colours[0] == ORDER_RAMP["light"][0]
    page = page_of(lines)
    assert colouring.colours(of_page(lines, colouring.levels, page)).count(ORDER_RAMP["light"][-1]) == 3


def test_lines_are_put_one_below_the_other_and_stay_as_they_are() -> None:
    lines = [Strokes(wavy_offsets(50, seed)) for seed in range(3)]
    page = one_below_the_other(lines)
    floor, first = -np.inf, 0
    for one in lines:
        mine = page.points[first : first + len(one) + 1]
        np.testing.assert_allclose(mine - mine[0], one.points - one.points[0], atol=1e-3)
        assert mine[:, 1].min() > floor
        floor, first = mine[:, 1].max(), first + len(one) + 1
    assert len(page) == sum(map(len, lines)) + 2
