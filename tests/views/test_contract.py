"""What Python sends and what the js expects: the TypedDicts of hwmodel/views against the typedefs of the components' data.js."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NotRequired, get_args, get_origin, get_type_hints

import numpy as np
import pytest

from hwmodel.views.cell_view import CellArrays, CellHeader
from hwmodel.views.engine import EndingNumbers, PenNumbers
from hwmodel.views.futures_view import FuturesArrays, FuturesHeader
from hwmodel.views.ink_view import InkArrays, InkHeader
from hwmodel.views.live_sheet import LiveArrays, LiveHeader
from hwmodel.views.network_weights import WeightsArrays, WeightsHeader

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
