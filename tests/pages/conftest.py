"""What all tests of pages need."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit import config

from pages.ui.shell import fault


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    """Caches outlive one AppTest."""
    yield
    st.cache_data.clear()


@pytest.fixture(autouse=True)
def errors_surface(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Visitors see no details of an error; tests do, and no fault that fell into the net passes unseen."""
    told = config.get_option("client.showErrorDetails")
    config.set_option("client.showErrorDetails", "full")
    yield
    config.set_option("client.showErrorDetails", told)
    faults = [record for record in caplog.get_records("call") if record.name == fault.LOG.name and record.levelno >= logging.ERROR]
    assert not faults, logging.Formatter().format(faults[0])
