"""Files that a browser component fetches by itself."""

from __future__ import annotations

from streamlit import runtime


def address_of(data: bytes, name: str) -> str:
    """Where Streamlit serves a file, from a page's folder on: behind a proxy and under any base path. To be asked in every run that needs it; `name`
    tells one place that needs a file from another."""
    return runtime.get_instance().media_file_mgr.add(data, "application/octet-stream", name).lstrip("/")
