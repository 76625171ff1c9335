"""Whatever comes from a browser, on the canvas or in the address: ink, a value within its limits, or one sentence."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hwmodel.formats.link import LinkError, pack, unpack
from hwmodel.ink.limits import MAX_POINTS, check_reach
from hwmodel.ink.strokes import Strokes
from pages.ui.hand.canvas import drawing_of, pixels, read_canvas
from pages.ui.shell import address
from tests.support.changes import CHANGES, ENDS, JSON, PLAIN, Changes, changed
from tests.support.lines import wavy_offsets
from tests.support.mouse import canvas_json

STROKE: dict[str, Any] = canvas_json(Strokes(wavy_offsets(12)), 10.0, 1.0)["objects"][0]
NUMBERS = st.floats(-2000, 2000) | st.sampled_from([0, 1e-9, 99_999.0, -1e38]) | PLAIN
COMMANDS = st.tuples(st.sampled_from("MLQCZ"), st.lists(NUMBERS, max_size=5)).map(lambda command: [command[0], *command[1]])
WRITTEN = st.builds(lambda x, y: ["L", x, y], *[st.floats(-2000, 2000)] * 2)
PATHS = st.lists(COMMANDS, max_size=4) | st.lists(WRITTEN, max_size=9).map(lambda rest: [["M", 1.0, 2.0], *rest]) | JSON
OBJECTS = st.fixed_dictionaries({}, optional={"path": PATHS, "type": PLAIN} | {name: NUMBERS for name in STROKE if name not in ("path", "type")})
TEXT = pack(Strokes(wavy_offsets(40), (1.0, 2.0))) or ""
often = settings(max_examples=250, derandomize=True, deadline=None, database=None)


@often
@given(drawing=JSON | st.lists(OBJECTS.map(lambda odd: STROKE | odd), max_size=3).map(lambda objects: {"objects": objects}), px=st.floats(2, 30))
def test_any_drawing_is_ink_or_one_sentence(drawing: Any, px: float) -> None:
    began = time.process_time()
    try:
        read = drawing_of(drawing)
        assert all(np.isfinite(pixels(thing)).all() for thing in read)
        ink = read_canvas(read, px)
    except ValueError as error:
        assert "\n" not in str(error) and len(str(error)) < 300
    else:
        assert (ink is None) == (not read)
        if ink is not None:
            check_reach(ink)
            assert len(ink) <= MAX_POINTS
    assert time.process_time() - began < 2


@often
@given(changes=CHANGES, end=ENDS)
def test_any_link_is_ink_or_one_sentence(changes: Changes, end: int) -> None:
    try:
        check_reach(unpack(changed(TEXT.encode(), changes, end).decode("latin-1")))
    except LinkError as error:
        assert "\n" not in str(error) and len(str(error)) < 400


@often
@given(name=st.sampled_from(sorted(address.PARAMETERS)), text=PLAIN.map(str) | st.text() | st.from_regex(r"[-+]?\d*[._eE]?\d*"))
def test_any_value_in_the_address_is_one_that_its_widget_takes_or_none(name: str, text: str) -> None:
    parameter: address.Parameter = address.PARAMETERS[name]
    said: Any = parameter.read(text)
    match parameter:
        case address.Number():
            assert said is None or (parameter.low <= said <= parameter.high and type(said) is type(parameter.default))
        case address.OneOf():
            assert said is None or said in parameter.options
        case address.Switch():
            assert said in (None, True, False)
        case address.Text():
            assert said in (None, text)
