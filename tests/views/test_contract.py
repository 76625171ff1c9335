"""What Python sends and what the js expects: the TypedDicts of hwmodel/views against the typedefs of the components' data.js."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NotRequired, get_args, get_origin, get_type_hints

import numpy as np
import pytest

from hwmodel.cells.ordering import CellOrder
from hwmodel.cells.trace import CellTrace
from hwmodel.cells.usual import Usual
from hwmodel.futures.values import Certainty, Futures, side_angles
from hwmodel.ink.strokes import Strokes
from hwmodel.network.as_arrays import weights_of
from hwmodel.views.cell_view import CellArrays, CellHeader, Recording, view_bytes
from hwmodel.views.engine import EndingNumbers, PenNumbers, engine_parts
from hwmodel.views.futures_anew import BranchNumbers, CurveNumbers, DrawnWith, ForkNumbers
from hwmodel.views.futures_view import MEASURES, FuturesArrays, FuturesHeader, hairs_bytes, sure_bytes, whole_bytes
from hwmodel.views.ink_anew import HandInk, LiveTextHeader, TextNumbers, WrittenWith
from hwmodel.views.ink_view import InkArrays, InkHeader, Panel, ink_bytes
from hwmodel.views.live_sheet import LiveArrays, LiveHeader, live_bytes
from hwmodel.views.network_weights import WeightsArrays, WeightsHeader, weights_bytes
from hwmodel.views.story import load_story
from hwmodel.views.story_parts import fork_bytes
from tests.support.blobs import unpack
from tests.support.lines import wavy_offsets
from tests.support.models import small_model, small_text_model

COMPONENTS = Path(__file__).resolve().parents[2] / "pages" / "ui" / "components"
PROPERTY = re.compile(r"@property \{(.+?)\} (\[?)(\w+)\]?(?= |$)", re.MULTILINE)
KINDS = {f"{dtype.title()}Array": np.dtype(dtype) for dtype in ("uint8", "int8", "uint16", "int16", "int32", "float32")}
VIEWS = {
    "ink_view": (InkHeader, InkArrays),
    "cell_view": (CellHeader, CellArrays),
    "futures_view": (FuturesHeader, FuturesArrays),
    "live_sheet": (LiveHeader, LiveArrays),
    "engine": (WeightsHeader, WeightsArrays),
}
TYPED_DICTS = [(folder, kind) for folder, kinds in VIEWS.items() for kind in kinds] + [("engine", PenNumbers), ("engine", EndingNumbers)]
TYPED_DICTS += [("futures_anew", kind) for kind in (DrawnWith, ForkNumbers, BranchNumbers, CurveNumbers)]
TYPED_DICTS += [("ink_anew", kind) for kind in (WrittenWith, HandInk, TextNumbers)] + [("live_text", LiveTextHeader)]
PAIRS = [pytest.param(folder, kind, id=kind.__name__) for folder, kind in TYPED_DICTS]


def typedef(folder: str, name: str) -> dict[str, tuple[str, bool]]:
    """Type and whether it is always there, of each property of a JSDoc typedef."""
    text = (COMPONENTS / folder / "data.js").read_text("utf-8")
    blocks = [block for block in re.findall(r"/\*\*.*?\*/", text, re.DOTALL) if re.search(rf"@typedef \{{object\}} {name}\b", block)]
    assert len(blocks) == 1, f"{folder}/data.js must have one typedef {name}"
    return {key: (kind, not optional) for kind, optional, key in PROPERTY.findall(blocks[0])}


@pytest.mark.parametrize(("folder", "kind"), PAIRS)
def test_python_and_js_name_the_same_keys(folder: str, kind: Any) -> None:
    ours = {key: get_origin(hint) is not NotRequired for key, hint in get_type_hints(kind, include_extras=True).items()}
    assert {key: always for key, (_, always) in typedef(folder, kind.__name__).items()} == ours


@pytest.mark.parametrize(("folder", "kind"), [(folder, arrays) for folder, (_, arrays) in VIEWS.items()])
def test_python_and_js_mean_the_same_kinds_of_arrays(folder: str, kind: Any) -> None:
    ours = {key: np.dtype(get_args(get_args(hint)[1])[0]) for key, hint in get_type_hints(kind).items()}
    assert {key: KINDS[name] for key, (name, _) in typedef(folder, kind.__name__).items()} == ours


INK = Strokes(wavy_offsets(12))
DOUBLE = np.random.default_rng(0).normal(size=(12, 8))  # as numpy makes it by itself: what is sent is narrower
FUTURES = Futures(np.arange(3), np.stack([np.stack([INK.offsets[:4]] * 2)] * 3).astype(np.float64))
ANGLES = side_angles(FUTURES, INK)
ORDER = CellOrder(np.arange(8), np.ones(8), 0.0)
USUAL = Usual(DOUBLE[0], np.abs(DOUBLE[1]), DOUBLE[0] > 9)
SENT = {
    "ink": ("ink_view", lambda: ink_bytes([Panel(INK, "a line", "")], 4.0, 2.0)),
    "cells": ("cell_view", lambda: view_bytes(Recording.of(INK, CellTrace(DOUBLE, DOUBLE)), "key", "file")),
    "hairs": ("futures_view", lambda: hairs_bytes("key", "hairs", INK, FUTURES, ANGLES)),
    "one point": ("futures_view", lambda: whole_bytes("key", INK, FUTURES, ANGLES)),
    "certainty": (
        "futures_view",
        lambda: sure_bytes(
            "key", INK, FUTURES, ANGLES, Certainty(FUTURES.points, DOUBLE[0, :3], DOUBLE[1, :3], DOUBLE[2, :3], DOUBLE[3, :3]), next(iter(MEASURES))
        ),
    ),
    "fan": ("futures_view", lambda: fork_bytes(load_story(), 0)),
    "live sheet": ("live_sheet", lambda: live_bytes(engine_parts(COMPONENTS / "engine"), "", "", ORDER, USUAL, INK, None, 0.5)),
    "weights": ("engine", lambda: weights_bytes(weights_of(small_model()), "", 40.0)),
    "weights as halves": ("engine", lambda: weights_bytes(weights_of(small_model()), "", 40.0, "float16")),
    "weights of a text network": ("engine", lambda: weights_bytes(weights_of(small_text_model()), "", 40.0)),
}


@pytest.mark.parametrize("what", SENT)
def test_what_is_sent_keeps_to_the_contract(what: str) -> None:
    """Of a header and arrays as they are sent: mypy does not see what dtype an array has."""
    folder, make = SENT[what]
    header, arrays = unpack(make())
    for name, found in zip((kind.__name__ for kind in VIEWS[folder]), (header.keys() - {"arrays"}, arrays.keys()), strict=True):
        known = typedef(folder, name)
        assert {key for key, (_, always) in known.items() if always} <= found <= known.keys()
    kinds = {key: KINDS[kind] for key, (kind, _) in typedef(folder, VIEWS[folder][1].__name__).items()}
    assert {name: array.dtype for name, array in arrays.items()} == {name: kinds[name] for name in arrays}
