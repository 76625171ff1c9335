"""The page Cell order, run without a browser."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from hwmodel.cells.article_claims import Finding, findings
from hwmodel.cells.atlas import CellMap, Judged
from hwmodel.cells.ordering import METHODS, CellOrder
from hwmodel.cells.roles import NO_ROLE, ROLE_KEYS, CellRoles
from hwmodel.ink.strokes import Strokes
from hwmodel.network.shipped import CheckpointError
from hwmodel.views.cell_view import NETWORK_ORDER
from pages.ui.cells.claims import target
from tests.support.blobs import unpack
from tests.support.lines import wavy_offsets
from tests.support.pages import as_read, page_with_drawn

PATIENCE = 240  # seconds for a t-SNE on a busy machine


@pytest.fixture(autouse=True)
def fresh_maps() -> Iterator[None]:
    """A cell map is kept for every visitor: none comes in from other tests, and no made-up one goes out."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def made_up_map() -> CellMap:
    """An order and roles of 500 cells; cell 7 knows how far along the line the pen is, and is shown turned."""
    rng = np.random.default_rng(0)
    effect = rng.uniform(0.4, 0.6, (len(ROLE_KEYS), 500)).astype(np.float32)
    effect[ROLE_KEYS.index("x"), 7] = -0.9
    name = rng.integers(NO_ROLE, len(ROLE_KEYS), 500).astype(np.int8)
    name[7] = ROLE_KEYS.index("x")
    roles = CellRoles(effect, effect - np.float32(0.1), effect + np.float32(0.1), rng.uniform(-3, 3, 500).astype(np.float32), name)
    sign = rng.choice((-1, 1), 500).astype(np.int8)
    sign[7] = -1
    permutations = np.stack([rng.permutation(500) for _ in METHODS])
    order = CellOrder(permutations[list(METHODS).index("tsne")], sign, 0.21)
    table = tuple(Judged(method, 0.3 if method == "spectral" else 0.2, 0.9, 0.8 if method == "tsne" else None) for method in METHODS)
    return CellMap("made up", order, roles, table, "30 made-up lines", permutations)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> CellMap:
    """The page finds this cell map beside the checkpoint."""
    cell_map = made_up_map()
    monkeypatch.setattr("pages.ui.cached.load_cell_map", lambda *_, cells: cell_map)
    return cell_map


@pytest.fixture
def unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no cell map beside the checkpoint."""

    def missing(name: str, fingerprint: str, cells: int) -> CellMap:
        raise CheckpointError("the checkpoint 'unipen' has no cell map; make it")

    monkeypatch.setattr("pages.ui.cached.load_cell_map", missing)


def page_text(at: AppTest) -> str:
    return "\n".join(as_read(element.value) for element in [*at.markdown, *at.caption, *at.info])


def test_the_view_begins_in_the_shipped_order_with_signs_and_roles(known: CellMap) -> None:
    at = page_with_drawn("cell_order", Strokes(wavy_offsets(60))).run()
    assert not at.exception
    header, arrays = unpack(at.get("bidi_component")[0].proto.bytes)
    assert header["orders"] == [NETWORK_ORDER, "t-SNE", "PCA", "Spectral", "Hierarchical"]
    np.testing.assert_array_equal(arrays["permutation"][0], known.order.permutation)
    np.testing.assert_array_equal(arrays["sign"][0], known.order.sign)
    np.testing.assert_array_equal(arrays["group"], known.roles.name + 1)
    assert header["evidence"][7] == "r −.90" and header["evidence_turned"][7] == "r .90"
    assert "order" not in at.query_params, "it is the first choice"


def test_every_sentence_of_the_article_jumps_to_its_cells(known: CellMap) -> None:
    at = page_with_drawn("cell_order", Strokes(wavy_offsets(60))).run()
    claims, found = said(at), findings(known.roles, known.order)
    assert "Our strongest is cell 7" in claims["claim_2"] and "So it is here." in claims["claim_2"]
    chosen_by(at, found[2])
    assert "It follows the **horizontal position**: high while the hand is far along the line" in page_text(at)
    assert "r 0.90 (0.80 to 1.00)" in claims["claim_2"], "of the cell as it is shown"
    chosen_by(at, found[1])
    assert found[1].band is not None
    first, last = found[1].band
    names = [each.value for each in at.subheader]
    assert f"The {last - first + 1} cells of rows {first + 1} to {last + 1}" in names


def said(at: AppTest) -> dict[str, str]:
    """The words of each piece of prose with links, by its key."""
    prose = [each.proto for each in at.get("bidi_component") if each.proto.component_name == "prose"]
    return {each.id.split("-")[-1]: "".join(span["text"] for span in json.loads(each.json)["spans"]) for each in prose}


def chosen_by(at: AppTest, finding: Finding) -> AppTest:
    """The page after the finding's link was followed."""
    rows = {"order": "t-SNE", "band": None} | {name: value for name, value in target(finding).items() if name != "cell"}
    at.session_state["cells_seen"] = {"cell": target(finding).get("cell", 0), "step": 0, "scale": "centred"}
    at.session_state["cells_rows_order_view"] = rows
    return at.run()


def test_the_table_compares_all_methods_and_says_which_is_best(known: CellMap) -> None:
    at = page_with_drawn("cell_order", Strokes(wavy_offsets(60))).run()
    (table,) = (text.value for text in at.markdown if "| Neighbours |" in text.value)
    rows = [line.replace("\\", "").strip("| ").split(" | ") for line in table.splitlines()[2:]]
    assert len(rows) == len(METHODS) and {row[1] for row in rows} == {"0.200", "0.300"}
    assert "Spectral puts alike cells still closer together" in page_text(at)


def test_a_missing_cell_map_is_one_sentence(unknown: None) -> None:
    at = page_with_drawn("cell_order", Strokes(wavy_offsets(60))).run()
    assert not at.exception
    assert "has no cell map" in page_text(at) and not at.header and not said(at)
    assert header_of(at)["orders"] == [NETWORK_ORDER]


def header_of(at: AppTest) -> dict:
    return unpack(at.get("bidi_component")[0].proto.bytes)[0]


def sorted_by_ink(at: AppTest) -> AppTest:
    """Press the button and wait until the job has ended, looking at it as the page does."""
    return ended(at.button(key="order_begin").click().run())


def ended(at: AppTest) -> AppTest:
    """The page after the sorting has ended."""
    until = time.monotonic() + PATIENCE
    while at.session_state["order_job"][1].running and time.monotonic() < until:
        time.sleep(0.5)
    return at.run()


def test_the_cells_are_sorted_by_the_ink_at_hand(known: CellMap) -> None:
    at = sorted_by_ink(page_with_drawn("cell_order", Strokes(wavy_offsets(80))).run())
    assert not at.exception
    assert header_of(at)["orders"][-1] == "t-SNE of this ink"
    _, arrays = unpack(at.get("bidi_component")[0].proto.bytes)
    assert sorted(arrays["permutation"][-1]) == list(range(500))


def test_other_ink_lets_go_of_the_order_made_for_this(known: CellMap) -> None:
    at = sorted_by_ink(page_with_drawn("cell_order", Strokes(wavy_offsets(80))).run())
    at.session_state["drawn_ink"] = Strokes(wavy_offsets(90, seed=1))
    at.run()
    assert not at.exception
    assert "t-SNE of this ink" not in header_of(at)["orders"]


def test_a_link_to_the_order_of_this_ink_sorts_and_then_shows_it(known: CellMap) -> None:
    at = page_with_drawn("cell_order", Strokes(wavy_offsets(80)))
    at.query_params["order"] = "t-SNE of this ink"
    at = ended(at.run())
    assert not at.exception
    assert header_of(at)["orders"][-1] == "t-SNE of this ink"
    assert at.query_params["order"] == "t-SNE of this ink"


def test_sorting_can_be_stopped(known: CellMap) -> None:
    at = page_with_drawn("cell_order", Strokes(wavy_offsets(400))).run()
    at.button(key="order_begin").click().run()
    at.button(key="order_stop").click().run()
    assert not at.exception
    assert at.session_state["order_job"][1].result is None
    assert header_of(at)["orders"][-1] != "t-SNE of this ink"


def test_short_ink_cannot_sort_the_cells(known: CellMap) -> None:
    at = page_with_drawn("cell_order", Strokes(wavy_offsets(20))).run()
    assert not at.exception
    assert at.button(key="order_begin").disabled
    assert any("too short to sort the cells by" in caption.value for caption in at.caption)


@pytest.mark.parametrize("offsets", [np.zeros((0, 3)), np.array([[0.0, 0.0, 1.0]])])
def test_too_little_ink_is_one_sentence(offsets: np.ndarray, unknown: None) -> None:
    at = page_with_drawn("cell_order", Strokes(offsets)).run()
    assert not at.exception
    assert [info.value for info in at.info if "too little ink" in info.value]


def test_the_cells_of_a_told_network_have_an_order_and_its_letters_stand_above_them() -> None:
    at = page_with_drawn("cell_order", Strokes(wavy_offsets(60)))
    at.session_state["ink_said"] = {"Drawn": "hi"}
    at.run()
    assert not at.exception and "told what they say" in page_text(at)
    header, arrays = unpack(at.get("bidi_component")[0].proto.bytes)
    assert header["text"] == "hi" and arrays["window"].shape == (60, 2) and "t-SNE" in header["orders"]
