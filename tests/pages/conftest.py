"""What all tests of pages need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    """Caches outlive one AppTest."""
    yield
    st.cache_data.clear()
