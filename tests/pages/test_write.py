"""The page Write, and what app.py does for all pages, run without a browser."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import hwmodel.network.checkpoint
from hwmodel.formats.registry import WRITTEN, read_ink, write_ink
from hwmodel.ink.strokes import Strokes
from hwmodel.sampling.laws import GRAVES
from hwmodel.sampling.showcase import showcase
from pages.ui.shell.ink_source import GENERATED, MADE
from pages.ui.write.controls import ACROSS, DOWN, PATH
from pages.ui.write.downloads import one_below_the_other
from tests.conftest import wavy_offsets
from tests.support.blobs import unpack
from tests.support.pages import as_read, page_alone, through_app

SHOWN = showcase("iam")  # what the page begins with


def write_page(**link: str) -> AppTest:
    return page_alone("write", **link).run()


def sent(at: AppTest) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What the browser is given: header and arrays."""
    assert not at.exception
    return unpack(at.get("bidi_component")[0].proto.bytes)


def points(at: AppTest) -> np.ndarray:
    return sent(at)[1]["points"]


def test_the_page_writes_a_line_and_says_why_it_stopped() -> None:
    header, arrays = sent(write_page())
    (panel,) = header["panels"]
    assert panel["note"].startswith(f"seed {SHOWN.seed}, bias {SHOWN.bias:g} · ") and "stopped: " in panel["note"]
    assert arrays["points"].shape == (panel["count"], 2)
    assert np.ptp(arrays["points"][:, 0]) > 20  # model units: it went somewhere
    assert arrays["inked"][0] == 0 and set(arrays["inked"]) <= {0, 1}


def test_the_bias_changes_the_ink_and_going_back_brings_it_back() -> None:
    at = write_page()
    first = points(at)
    at.slider(key="write_bias").set_value(2.0).run()
    assert not np.array_equal(points(at), first)
    at.slider(key="write_bias").set_value(SHOWN.bias).run()
    np.testing.assert_array_equal(points(at), first)


def test_a_link_writes_what_the_widgets_write() -> None:
    at = write_page()
    at.number_input(key="write_seed").set_value(41)
    at.slider(key="write_lines").set_value(2)
    at.selectbox(key="write_law").set_value("Temperature")
    at.slider(key="write_pen_bias").set_value(0.5)
    at.run()
    at.slider(key="write_temperature").set_value(0.4).run()
    link = {"write_seed": "41", "write_lines": "2", "write_law": "Temperature", "write_pen_bias": "0.5", "write_temperature": "0.4"}
    np.testing.assert_array_equal(points(write_page(**link)), points(at))


@pytest.mark.parametrize(
    "link",
    [
        {"write_bias": "99"},
        {"write_bias": "abc", "write_seed": "-5"},
        {"write_law": "zzz", "write_view": "{}", "write_colour": "1e9"},
        {"write_lines": "1e400"},
    ],
)
def test_a_nonsense_link_shows_ordinary_writing(link: dict[str, str]) -> None:
    np.testing.assert_array_equal(points(write_page(**link)), points(write_page()))


def test_new_writes_something_else() -> None:
    at = write_page()
    first = points(at)
    next(button for button in at.button if button.label == "New").click().run()
    assert not np.array_equal(points(at), first)


def test_lines_have_seeds_of_their_own() -> None:
    header, _ = sent(write_page(write_lines="3", write_seed="5"))
    assert [panel["row"] for panel in header["panels"]] == ["seed 5", "seed 6", "seed 7"]


def test_the_grid_has_biases_across_and_seeds_down() -> None:
    header, _ = sent(write_page(write_view="Grid"))
    assert header["columns"] == [f"bias {bias:g}" for bias in ACROSS[GRAVES]]
    assert [panel["row"] for panel in header["panels"]][:: len(header["columns"])] == [f"seed {SHOWN.seed + row}" for row in range(DOWN)]
    assert header["panels"][5]["label"] == f"seed {SHOWN.seed + 1}, bias {ACROSS[GRAVES][1]:g}"


@pytest.mark.parametrize("colour", ["Order", "Stroke", PATH, "Surprise: pen"])
def test_ink_is_coloured_by_levels(colour: str) -> None:
    header, arrays = sent(write_page(write_colour=colour))
    assert len(np.unique(arrays["level"])) > 2
    assert set(header["palette"]) == {"light", "dark"}


def test_plain_ink_has_no_palette() -> None:
    assert "palette" not in sent(write_page())[0]


def app(**link: str) -> AppTest:
    return through_app(**link).run()


def test_looking_inside_makes_the_line_everyones_ink() -> None:
    at = app(write_seed="12", write_bias="1.5")
    next(button for button in at.button if button.label == "Look inside this line").click().run()
    assert not at.exception
    assert (at.session_state["ink_source"], at.session_state["ink_seed"], at.session_state["ink_bias"]) == (GENERATED, 12, 1.5)
    assert at.get("page_link")


def test_looking_inside_a_line_by_another_law_hands_over_its_ink() -> None:
    at = app(write_law="Temperature", write_temperature="0.4")
    written = points(at)
    next(button for button in at.button if button.label == "Look inside this line").click().run()
    assert not at.exception
    assert at.session_state["ink_source"] == MADE
    np.testing.assert_allclose(at.session_state["made_ink"][0].points, written, atol=1e-4)


def test_a_broken_checkpoint_is_one_sentence_under_standing_controls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "iam.safetensors").write_bytes(b"no weights")
    broken = functools.partial(hwmodel.network.checkpoint.load_checkpoint, folder=tmp_path)
    monkeypatch.setattr(hwmodel.network.checkpoint, "load_checkpoint", broken)
    st.cache_resource.clear()
    at = app(write_view="Lines")
    assert not at.exception
    assert as_read(at.error[0].value).startswith("The network cannot be used: iam.safetensors is no safetensors file")
    assert at.title and at.slider(key="write_bias").value == SHOWN.bias


def test_without_any_network_the_page_says_where_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hwmodel.network.shipped.available_checkpoints", lambda folder: [])
    monkeypatch.setattr("pages.ui.shell.address.available_checkpoints", list)
    monkeypatch.setattr("pages.ui.shell.ink_source.available_checkpoints", list)
    at = app()
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


def test_lines_are_put_one_below_the_other_and_stay_as_they_are() -> None:
    lines = [Strokes(wavy_offsets(50, seed)) for seed in range(3)]
    page = one_below_the_other(lines)
    floor, first = -np.inf, 0
    for line in lines:
        mine = page.points[first : first + len(line) + 1]
        np.testing.assert_allclose(mine - mine[0], line.points - line.points[0], atol=1e-3)
        assert mine[:, 1].min() > floor
        floor, first = mine[:, 1].max(), first + len(line) + 1
    assert len(page) == sum(map(len, lines)) + 2
