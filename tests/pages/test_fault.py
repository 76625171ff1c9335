"""The net under every page: what nobody foresaw is one sentence, and in the log."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from hwmodel.network.shipped import CheckpointError
from pages.ui.shell import fault
from tests.support.pages import PATIENCE, as_read, through_app

PAGES = Path(fault.__file__).parents[2]


def page_with_a_fault() -> None:
    import streamlit as st

    from pages.ui.shell import fault

    @st.fragment
    @fault.guarded
    def part() -> None:
        raise st.session_state["error"]

    st.title("A page")
    part()
    st.write("The rest of it")


def opened(error: Exception) -> AppTest:
    at = AppTest.from_function(page_with_a_fault, default_timeout=PATIENCE)
    at.session_state["error"] = error
    return at.run()


def test_a_fault_of_ours_says_so_hides_its_words_and_is_logged_under_its_number(caplog: pytest.LogCaptureFixture) -> None:
    at = opened(ZeroDivisionError("secret/path.py"))
    assert not at.exception and [text.value for text in at.markdown] == ["The rest of it"]
    (error,) = at.error
    number = re.search(r"the number (\w{6})", error.value)
    assert number and "fault of ours" in error.value and "secret" not in error.value
    (record,) = [record for record in caplog.records if record.name == fault.LOG.name]
    assert number[1] in record.getMessage() and record.exc_info and "secret/path.py" in str(record.exc_info[1])
    caplog.clear()


def test_a_network_that_cannot_be_used_is_no_fault_but_says_its_cause() -> None:
    at = opened(CheckpointError("it is broken; fetch it again"))
    assert [as_read(error.value) for error in at.error] == ["The network cannot be used: it is broken; fetch it again."]


def test_the_net_is_under_the_whole_app(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> None:
        raise KeyError("gone")

    monkeypatch.setattr("pages.ui.shell.ink_source.sidebar", broken)
    at = through_app().run()
    assert not at.exception and [error.value for error in at.error if "fault of ours" in error.value]
    caplog.clear()


@pytest.mark.parametrize("path", sorted(PAGES.rglob("*.py")), ids=lambda path: path.name)
def test_every_fragment_has_the_net_under_it(path: Path) -> None:
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        decorators = [ast.unparse(each) for each in getattr(function, "decorator_list", [])]
        if any(each.startswith("st.fragment") for each in decorators):
            assert decorators[-1] == "fault.guarded", f"{path.name}: {ast.unparse(function)[:60]}"


def test_what_the_net_does_not_see_shows_no_details_either() -> None:
    """As in a callback, which runs before the page."""
    assert 'showErrorDetails = "none"' in (PAGES.parent / ".streamlit/config.toml").read_text("utf-8")
    assert config.get_option("client.showErrorDetails") == "full", "but these tests see them"
