"""How pages begin, run without a browser."""

from __future__ import annotations

from typing import NoReturn

import pytest
import streamlit as st

from hwmodel.network.shipped import CheckpointError
from pages.ui.shell.address import FRONT, PAGES
from tests.support.pages import page_alone, through_app


@pytest.mark.parametrize("name", PAGES)
def test_the_title_stands_before_the_network_is_loaded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> NoReturn:
        raise CheckpointError("it is broken")

    monkeypatch.setattr("hwmodel.network.checkpoint.load_checkpoint", broken)
    st.cache_resource.clear()
    at = through_app().run() if name == FRONT else page_alone(name).run()  # whose links to other pages need the app
    assert len(at.title) == 1
    assert [error.message for error in at.exception] == ([] if name in (FRONT, "your_hand") else ["it is broken"]), "these need none"
