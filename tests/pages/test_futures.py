"""The page Futures, without a browser."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from hwmodel.futures.values import Futures, side_angles
from hwmodel.ink.page import page_of
from hwmodel.ink.strokes import Strokes
from hwmodel.views.colours import SIDES
from hwmodel.views.futures_view import NO_SIDE, PER_UNIT, hairs_bytes, spaced_points, whole_bytes
from pages.ui import cached, cached_futures
from tests.support.blobs import unpack
from tests.support.lines import wavy_offsets
from tests.support.pages import as_read, page_alone

KEY = "futures_view"
KINDS = ("Hairs", "Main paths", "Fan at one point", "Sure or lost")

SEEN = {"cell": 0, "step": 5, "scale": "centred"}  # as pages.ui.components.cell_view keeps the chosen step


def futures_page(strokes: Strokes | None = None, link: dict[str, str] | None = None, **state: Any) -> AppTest:
    """The page on small ink, as a visitor with this link and this session finds it."""
    at = page_alone("futures", **(link or {}))
    at.session_state["ink_source"] = "Uploaded"
    at.session_state["uploaded_ink"] = (Strokes(wavy_offsets(24)) if strokes is None else strokes, "made up")
    at.session_state["futures_samples"] = 10
    for key, value in state.items():
        at.session_state[key] = value
    return at.run()


def sent(at: AppTest) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What the view was sent."""
    assert not at.exception, at.exception
    (blob,) = (element.proto.bytes for element in at.get("bidi_component") if element.proto.component_name == "futures_view")
    return unpack(blob)


@pytest.mark.parametrize("kind", KINDS)
def test_every_view_stands(kind: str) -> None:
    header, arrays = sent(futures_page(futures_kind=kind))
    assert header["samples"] == 10 and arrays["points"].shape == (25, 2)
    assert header["starts"] == (1 if kind == "Fan at one point" else 24)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ink", [[[0, 0, 1]], [[0, 0, 0]], [[1, 0, 0], [1, 0, 1]], [[1, 0.5, 1]] * 30])
def test_a_dot_two_points_and_all_lifts_are_clear(kind: str, ink: list) -> None:
    at = futures_page(Strokes(np.array(ink)), futures_kind=kind)
    assert sent(at)[1]["points"].shape == (len(ink) + 1, 2)


def test_page_asks_for_ink_when_there_is_none() -> None:
    at = futures_page(Strokes(np.zeros((0, 3))))
    assert not at.exception and "no ink yet" in at.info[0].value


def test_points_are_left_out_only_where_it_would_be_too_much_work() -> None:
    assert spaced_points(600, 50, 8) == range(600) and spaced_points(2000, 50, 8) == range(2000)
    assert spaced_points(10_000, 50, 8) == range(0, 10_000, 4) and spaced_points(1, 200, 400) == range(1)


def test_very_long_ink_starts_from_fewer_points_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hwmodel.views.futures_view.MOST_STEPS", 20_000)
    at = futures_page(Strokes(wavy_offsets(10_050)), futures_samples=10, futures_steps=1)
    header, arrays = sent(at)
    assert arrays["points"].shape == (10_001, 2) and header["starts"] == 2000 and arrays["start"][:3].tolist() == [1, 6, 11]
    assert "first 10,000 of 10,050" in at.caption[0].value and "One point in 5" in at.caption[1].value


def test_the_step_chosen_on_another_page_is_the_point_here() -> None:
    at = futures_page(futures_kind="Fan at one point", cells_seen=SEEN | {"step": 17})
    assert sent(at)[1]["start"].tolist() == [18]


def test_a_fan_opens_where_the_futures_fork() -> None:
    """A line of the network's own has such points, and the one a third along this one is none."""
    line = cached.written_lines("unipen", (3,), "Graves", (0.5,), 0.0, 200)[0].strokes
    header, arrays = sent(futures_page(line, futures_kind="Fan at one point", futures_samples=40))
    (row,) = arrays["start"].tolist()
    assert row in arrays["forks"] and row != len(line) // 3 + 1 and len(header["branches"]) > 1
    assert sorted(arrays["forks"]) == arrays["forks"].tolist()


def test_forks_of_ink_that_was_left_are_not_jumped_to() -> None:
    line = cached.written_lines("unipen", (3,), "Graves", (0.5,), 0.0, 200)[0].strokes
    before = sent(futures_page(line, futures_kind="Fan at one point", futures_samples=40))[1]["forks"]
    after = sent(futures_page(line, futures_kind="Fan at one point", futures_samples=40, link={"way": "100.1"}))[1]["forks"]
    assert after.tolist() == [fork for fork in before.tolist() if fork <= 100] and len(after) < len(before)


def test_the_measure_of_certainty_is_in_the_link() -> None:
    at = futures_page(link={"futures_kind": "Sure or lost", "futures_measure": "Surprise"})
    assert sent(at)[0]["measure"] == "Surprise" and at.query_params["futures_measure"] == "Surprise"
    for link in ({"futures_measure": "Spread"}, {"futures_measure": "bogus"}, {}):
        at = futures_page(link={"futures_kind": "Sure or lost"} | link)
        assert sent(at)[0]["measure"] == "Spread" and "futures_measure" not in at.query_params


def test_a_link_opens_the_same_point_and_way() -> None:
    header, arrays = sent(futures_page(futures_kind="Fan at one point", link={"step": "12", "way": "10.1"}))
    assert arrays["start"].tolist() == [12] and header["taken"] == 1 and header["written_from"] == 10
    np.testing.assert_allclose(arrays["points"][:11], Strokes(wavy_offsets(24)).points[:11], atol=1e-5)


@pytest.mark.parametrize("way", ["x", "0.1", "5", "3.0-", "9999999999.1"])
def test_a_way_without_sense_in_the_link_does_no_harm(way: str) -> None:
    sent(futures_page(futures_kind="Fan at one point", link={"way": way, "step": "900"}))


def test_a_chosen_branch_can_be_undone() -> None:
    at = futures_page(futures_kind="Fan at one point", link={"way": "11.1-14.1", "step": "20"})
    assert sent(at)[0]["taken"] == 2 and len(sent(at)[1]["points"]) > 25
    at.button[0].click().run()
    header, arrays = sent(at)
    assert header["taken"] == 1 and at.query_params["way"] == "11.1" and arrays["start"].tolist() == [14]
    at.button[1].click().run()
    header, arrays = sent(at)
    assert header["taken"] == 0 and "way" not in at.query_params and arrays["start"].tolist() == [11] and len(arrays["points"]) == 25


def test_a_way_can_become_the_ink_of_all_pages() -> None:
    at = futures_page(futures_kind="Fan at one point", link={"way": "11.1"})
    walked = sent(at)[1]["points"]
    next(button for button in at.button if button.label == "Use as the ink of all pages").click().run()
    strokes, label = at.session_state["made_ink"]
    assert at.session_state["ink_source"] == "Made here" and label == "a way through the futures"
    np.testing.assert_allclose(strokes.points, walked, atol=1e-4)


def test_a_way_belongs_to_its_ink() -> None:
    at = futures_page(futures_kind="Fan at one point", link={"way": "11.1"})
    at.session_state["uploaded_ink"] = (Strokes(wavy_offsets(30, seed=1)), "other ink")
    header, arrays = sent(at.run())
    assert header["taken"] == 0 and len(arrays["points"]) == 31 and "way" not in at.query_params


def test_what_is_sent_says_where_futures_go_and_on_which_side() -> None:
    ink = Strokes(np.array([[1, 0, 0]] * 8))
    futures = Futures(np.array([2, 7]), np.array([[[(1, 1, 0), (1, 1, 0)], [(1, -1, 1), (5, 5, 0)]]] * 2, np.float32))
    header, arrays = unpack(hairs_bytes("a", "hairs", ink, futures, side_angles(futures, ink)))
    assert header["steps"] == 2 and arrays["start"].tolist() == [3, 8] and arrays["lengths"].tolist() == [[2, 1]] * 2
    assert (arrays["paths"][0, 0] / PER_UNIT).tolist() == [[1, 1], [2, 2]]
    assert arrays["side"].tolist() == [[100, -100], [NO_SIDE, NO_SIDE]] and arrays["lifted"].tolist() == [[0, 1]] * 2


def test_whole_continuations_go_on_after_a_lift() -> None:
    ink = Strokes(np.array([[1, 0, 0]] * 8))
    futures = Futures(np.array([2]), np.array([[[(1, 1, 0), (1, 1, 1), (1, 1, 0)]]], np.float32))
    _, arrays = unpack(whole_bytes("a", ink, futures, side_angles(futures, ink)))
    assert arrays["lengths"].tolist() == [[3]] and arrays["air"].tolist() == [[[0, 0, 1]]]


def test_main_paths_of_the_chosen_point() -> None:
    header, arrays = sent(futures_page(futures_kind="Main paths", futures_origin="The chosen point", cells_seen=SEEN))
    assert header["mode"] == "whole" and header["steps"] == 200 and arrays["start"].tolist() == [6]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_left_and_right_can_be_told_apart_without_red_and_green_cones(theme: str) -> None:
    """Machado, Oliveira and Fernandes 2009: the colours as someone without green cones (deuteranopia) or without red ones (protanopia) sees them."""
    deuteranopia = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    protanopia = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    left, beside, right = SIDES[theme]
    for seen in (np.eye(3), np.array(deuteranopia), np.array(protanopia)):
        lab = {colour: to_lab(seen @ to_linear(colour)) for colour in (left, beside, right)}
        assert abs(lab[left][0] - lab[right][0]) > 18
        for one, other in ((left, right), (left, beside), (right, beside)):
            assert np.linalg.norm(lab[one] - lab[other]) > 20


def to_linear(colour: str) -> np.ndarray:
    share = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def to_lab(linear: np.ndarray) -> np.ndarray:
    """CIELAB under D65."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ linear.clip(0, 1) / (0.9505, 1, 1.089)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_pieces_of_futures_are_the_whole() -> None:
    """Blocks of points that are cached one by one give what one call gives."""
    ink = Strokes(wavy_offsets(20))
    whole = cached_futures.futures_from("unipen", ink, range(20), 10, 4, 0.5, 1, "")
    parts = [cached_futures.futures_from("unipen", ink, range(20)[first : first + 7], 10, 4, 0.5, 1, "").offsets for first in (0, 7, 14)]
    np.testing.assert_allclose(np.concatenate(parts), whole.offsets, atol=1e-5)


# ---- Told what the ink says


def told_page(text: str, **given: Any) -> AppTest:
    """The page on ink of two lines, of which the reader has typed what it says."""
    ink = page_of([Strokes(wavy_offsets(steps, steps)) for steps in (24, 20)])
    return futures_page(ink, ink_said={"Uploaded": text}, **given)


@pytest.mark.parametrize("kind", KINDS)
def test_every_view_stands_of_a_told_network_and_of_the_one_without_text(kind: str) -> None:
    at = told_page("you\nand I", futures_kind=kind)
    told = sent(at)[1]["paths"]
    assert any("Read by iam-text, which is told “you / and I”." in as_read(each.value) for each in at.caption)
    at.session_state["reading"] = "Without its text"
    at.run()
    assert any("Read by iam, which takes no text" in as_read(each.value) for each in at.caption)
    assert told.shape == sent(at)[1]["paths"].shape and np.abs(told - sent(at)[1]["paths"].astype(int)).max() > PER_UNIT / 2


def test_a_told_network_goes_on_along_a_branch_with_its_text() -> None:
    at = told_page("you\nand I", futures_kind="Fan at one point", link={"way": "30.1"})
    header, arrays = sent(at)
    assert header["taken"] == 1 and len(arrays["points"]) > header["written_from"]
    next(button for button in at.button if button.label == "Use as the ink of all pages").click().run()
    assert at.session_state["ink_said"]["Made here"] == "you\nand I"
    above = told_page("you\nand I", futures_kind="Fan at one point", link={"way": "10.1"})
    next(button for button in above.button if button.label == "Use as the ink of all pages").click().run()
    assert above.session_state["ink_said"]["Made here"] == "you", "it goes on in the first line"


def test_a_told_networks_futures_are_kept_without_the_network() -> None:
    assert [each.proto.label for each in told_page("you\nand I").get("download_button")] == ["Keep as a file (HTML)"]
