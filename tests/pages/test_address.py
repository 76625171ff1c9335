"""What a link can say, and what it cannot."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from hwmodel.ink.strokes import Strokes
from pages.ui.shell import address
from tests.support.lines import wavy_offsets
from tests.support.pages import PATIENCE, page_with_drawn, with_link

NONSENSE = ("", "zzz", "Infinity", "nan", "-99", "1e400", "9" * 20)
ITS_OWN_SENTENCE = ("ink", "write_text")  # say what is wrong with them, as tests/pages/test_ink_source.py and test_write.py tell
SHOWN_WITH = {  # what must be chosen for the parameter's widget to be there
    "write_temperature": {"write_law": "Temperature"},
    "hand_length": {"sheet": "Plain"},
    "hand_guesses": {"sheet": "Plain"},
    "hand_seed": {"sheet": "Plain"},
    "hand_size": {"sheet": "Plain"},
    "futures_origin": {"futures_kind": "Main paths"},
    "futures_fan_steps": {"futures_kind": "Fan at one point"},
    "futures_long_steps": {"futures_kind": "Main paths", "futures_origin": "The chosen point"},
    "way": {"futures_kind": "Fan at one point"},
} | {name: {"hold": "true"} for name in ("hold_at", "hold_value", "hold_seed", "hold_bias")}


def sidebar_alone() -> None:
    """The controls that stand on every page."""
    from pages.ui.shell import embed, ink_source

    embed.leave_out()
    ink_source.show(ink_source.sidebar())


def opened(name: str, link: dict[str, str]) -> AppTest:
    """A page that has the parameter, or the sidebar, on small ink."""
    pages = next(pages for pages, group in address.TABLE.items() if name in group)
    if pages == address.PAGES:
        at = AppTest.from_function(sidebar_alone, default_timeout=PATIENCE)
    else:
        at = page_with_drawn(pages[-1], Strokes(wavy_offsets(24)))
    return with_link(at, SHOWN_WITH.get(name, {}) | link).run()


def shown(at: AppTest) -> list[Any]:
    """What the widgets say, and what the browser is given."""
    assert not at.exception, at.exception
    widgets = [*at.slider, *at.number_input, *at.selectbox, *at.toggle, *at.get("button_group")]
    return [(each.key, each.value) for each in widgets] + [each.proto.bytes for each in at.get("bidi_component")]


@pytest.mark.parametrize("name", [name for name in address.PARAMETERS if name not in ITS_OWN_SENTENCE])
def test_nonsense_opens_the_default_and_leaves_the_address(name: str) -> None:
    expected = shown(opened(name, {}))
    for nonsense in NONSENSE:
        at = opened(name, {name: nonsense})
        assert shown(at) == expected, nonsense
        assert name not in at.query_params, nonsense


@pytest.mark.parametrize("name", ["futures_seed", "futures_kind"])
def test_nonsense_that_comes_to_a_widget_in_use_does_no_harm(name: str) -> None:
    """As when the reader goes back to an address that was written by hand."""
    at = opened(name, {})
    expected = shown(at)
    at.query_params[name] = "Infinity" if name == "futures_seed" else ""
    assert shown(at.run()) == expected
    assert name not in at.query_params


def test_a_parameter_has_one_place() -> None:
    assert len(address.PARAMETERS) == sum(len(group) for group in address.TABLE.values())


@pytest.mark.parametrize("name", [name for name, each in address.PARAMETERS.items() if each.default is not None])
def test_a_default_is_read_as_it_is_written(name: str) -> None:
    assert address.PARAMETERS[name].read(str(address.default(name))) == address.default(name)
