"""How pages begin, run without a browser."""

from __future__ import annotations

from typing import NoReturn

import pytest
import streamlit as st

from hwmodel.network.shipped import CheckpointError
from pages.ui.shell.address import PAGES
from tests.support.pages import page_alone


@pytest.mark.parametrize("name", PAGES)
def test_the_title_stands_before_the_network_is_loaded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> NoReturn:
        raise CheckpointError("it is broken")

    monkeypatch.setattr("hwmodel.network.checkpoint.load_checkpoint", broken)
    st.cache_resource.clear()
    at = page_alone(name).run()
    assert len(at.title) == 1
    assert [error.message for error in at.exception] == ([] if name == "your_hand" else ["it is broken"]), "an empty sheet needs no network"
