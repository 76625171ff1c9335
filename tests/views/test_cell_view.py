"""What the cell view is sent."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.cells.atlas import load_cell_map
from hwmodel.cells.ordering import CellOrder
from hwmodel.cells.recording import record_cells
from hwmodel.cells.trace import CellTrace, WindowTrace
from hwmodel.cells.usual import Usual
from hwmodel.ink.strokes import Strokes
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.sampling.laws import graves
from hwmodel.sampling.lines import generate
from hwmodel.views.cell_view import KEPT_STEPS, MAX_STEPS, NETWORK_ORDER, Group, Recording, RowNames, kept_bytes, view_bytes
from hwmodel.views.packing import TOP
from hwmodel.views.standalone import AloneView, Section, alone_page
from tests.support.blobs import unpack
from tests.support.lines import wavy_offsets


def trace_of(steps: int, cells: int) -> CellTrace:
    values = np.random.default_rng(0).normal(0, 1.5, (steps, cells)).astype(np.float32)
    return CellTrace(np.tanh(values), values)


def values_from(arrays: dict[str, np.ndarray]) -> np.ndarray:
    """(T, H) as view.js reads them."""
    return (arrays["low"] + (arrays["high"] - arrays["low"]) * arrays["levels"].T / TOP).astype(np.float64)


def test_a_quiet_cell_is_as_exact_as_a_loud_one() -> None:
    strokes, trace = Strokes(wavy_offsets(200)), trace_of(200, 3)
    values = trace.cell * np.array([5, 0.01, 0], np.float32)
    _, arrays = unpack(view_bytes(Recording(strokes, values, "cell state"), "key", "file"))
    assert (np.abs(values_from(arrays) - values) <= np.abs(values).max(axis=0) / TOP + 1e-9).all()


def test_the_centred_scale_is_sent_only_for_cell_states_whose_usual_values_are_known() -> None:
    strokes, trace = Strokes(wavy_offsets(30)), trace_of(30, 3)
    usual = Usual(np.array([0.5, -1, 0], np.float32), np.array([2, 1, 0.1], np.float32), np.zeros(3, bool))
    header, arrays = unpack(view_bytes(Recording.of(strokes, trace, usual=usual), "key", "file"))
    assert header["scales"] == ["centred", "own", "same"]
    np.testing.assert_array_equal(arrays["median"], usual.median)
    np.testing.assert_array_equal(arrays["reach"], usual.reach)
    for recording in (Recording.of(strokes, trace), Recording.of(strokes, trace, "hidden state", usual=usual)):
        assert unpack(view_bytes(recording, "key", "file"))[0]["scales"] == ["own", "same"]


def test_a_gate_is_exact_between_its_own_extremes() -> None:
    gate = np.random.default_rng(0).uniform(0.4, 0.6, (50, 2)).astype(np.float32)
    _, arrays = unpack(view_bytes(Recording(Strokes(wavy_offsets(50)), gate, "input gate"), "key", "file"))
    assert np.abs(values_from(arrays) - gate).max() <= 0.1 / TOP + 1e-6


def test_the_blob_gives_back_ink_levels_orders_and_names() -> None:
    strokes, trace = Strokes(wavy_offsets(40), (2.0, 1.0)), trace_of(40, 6)
    order = CellOrder(np.array([3, 1, 2, 0, 5, 4]), np.array([1, -1, 1, 1, -1, 1], np.int8), 0.5)
    names = RowNames(
        (Group("none", "", "#888888"), Group("x", "x", "#123456")),
        np.array([0, 1, 0, 1, 1, 0], np.uint8),
        ("", "R² .6", "", "r .4", "r .5", ""),
        ("", "R² .6", "", "r −.4", "r −.5", ""),
    )
    header, arrays = unpack(view_bytes(Recording.of(strokes, trace, "cell state", names, {"t-SNE": order}), "key", "file"))
    assert header["orders"] == [NETWORK_ORDER, "t-SNE"] and header["evidence"] == list(names.evidence) and header["groups"][1]["label"] == "x"
    np.testing.assert_allclose(values_from(arrays), trace.cell, atol=np.abs(trace.cell).max() / TOP)
    np.testing.assert_allclose(arrays["points"], strokes.points, atol=1e-5)
    np.testing.assert_array_equal(arrays["pen_up"], strokes.pen_up)
    np.testing.assert_array_equal(arrays["permutation"], [order.permutation])
    np.testing.assert_array_equal(arrays["sign"], [order.sign])
    assert names.label(1) == "x, R² .6" and names.label(0) == "" and names.label(3, turned=True) == "x, r −.4"
    assert header["evidence_turned"] == list(names.evidence_turned)


def test_a_gate_has_no_sign_to_turn() -> None:
    strokes = Strokes(wavy_offsets(10))
    trace = CellTrace(np.zeros((10, 3), np.float32), np.zeros((10, 3), np.float32), np.full((10, 4, 3), 0.5, np.float32))
    order = CellOrder(np.arange(3), np.array([-1, 1, -1], np.int8), 0.0)
    _, gate = unpack(view_bytes(Recording.of(strokes, trace, "forget gate", None, {"t-SNE": order}), "key", "file"))
    _, candidate = unpack(view_bytes(Recording.of(strokes, trace, "candidate", None, {"t-SNE": order}), "key", "file"))
    assert (gate["sign"] == 1).all() and (candidate["sign"] == order.sign).all()


def test_long_ink_is_shown_up_to_a_limit() -> None:
    steps = MAX_STEPS + 50
    recording = Recording.of(Strokes(wavy_offsets(steps)), trace_of(steps, 2))
    assert len(recording.strokes) == recording.steps == MAX_STEPS


def test_values_of_another_length_than_the_ink_are_named() -> None:
    with pytest.raises(ValueError, match=r"values must be \(10, H\), a row for each offset of the ink, got \(9, 3\)"):
        Recording(Strokes(wavy_offsets(10)), np.zeros((9, 3)), "cell state")


def test_gates_that_were_not_recorded_are_asked_for() -> None:
    with pytest.raises(ValueError, match="gates=True"):
        Recording.of(Strokes(wavy_offsets(5)), trace_of(5, 2), "input gate")


def test_a_told_recording_says_which_letter_is_written_and_what_the_window_looks_at() -> None:
    """Two lines; the row of the way to the second is the line break's, and the window stands a letter ahead of the pen's."""
    strokes = Strokes(np.tile([[1.0, 0, 0]], (9, 1)))
    line = np.array([0] * 4 + [1] * 5)
    progress = np.array([0.5, 1.5, 1.6, 2.6, 0.1, 0.5, 0.6, 1.5, 1.6], np.float32)
    phi = np.zeros((9, 6), np.float32)
    phi[np.arange(9), [0, 1, 1, 2, 4, 4, 4, 5, 5]] = 2.0
    phi[3, 1], phi[8, 5] = 2.0, 0.5
    window = WindowTrace("abc\nde", phi, line, progress, progress)
    header, arrays = unpack(view_bytes(Recording.of(strokes, trace_of(9, 2), window=window), "key", "file"))
    assert header["text"] == "abc\nde"
    assert arrays["letter"].tolist() == [0, 0, 1, 1, 3, 4, 4, 4, 5]
    assert arrays["window"].shape == (9, 6) and arrays["window"][0].tolist() == [255, 0, 0, 0, 0, 0]
    assert arrays["window"][3].tolist() == [0, 128, 128, 0, 0, 0] and arrays["window"][8, 5] == 128, "beyond the text it weighs little"


def test_a_recording_that_was_told_nothing_has_no_letters() -> None:
    header, arrays = unpack(view_bytes(Recording.of(Strokes(wavy_offsets(5)), trace_of(5, 2)), "key", "file"))
    assert header["text"] == "" and arrays["letter"].shape == (0,) and arrays["window"].shape == (5, 0)


@pytest.mark.parametrize("what", ["cell state", "candidate"])
def test_a_kept_file_of_a_long_line_is_small(what: str) -> None:
    loaded = load_checkpoint("iam")
    ink = generate(loaded.model, [1], graves(0.75), max_steps=900, width=np.inf)[0].strokes
    trace, known = record_cells(loaded.model, ink, gates=True), load_cell_map("iam", loaded.fingerprint)
    recording = Recording.of(ink, trace, what, RowNames.of(known.roles), {"t-SNE": known.order}, known.usual, offers=("another",))
    short = recording.kept()
    assert len(ink) == 900 and short.steps == KEPT_STEPS and short.offers == ()
    file = alone_page("Cells", [Section(view=AloneView("cell_view", "cells", (kept_bytes(short, "cells", "file"),)))])
    assert len(file.encode()) < 395_000  # 5 kB less than it may have: ink whose text is told has the window too
