"""A view as one file that the reader keeps, mails or puts on a web page: alive without a server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from hwmodel.views.standalone import AloneView, Section, alone_page

TOLD = "One HTML file, which is alive without this server and without a network: to keep, to mail, to put into a page of your own."


def keep_button(folder: str, key: str, data: bytes, file: str, title: str, chosen: Mapping[str, Any] | None = None) -> None:
    """A download of the component in `folder` with its data, as the file `file`.html; `chosen` is what is chosen in it."""

    def page() -> bytes:
        return alone_page(title, [Section(view=AloneView(folder, key, (data,), chosen or {}))]).encode()

    st.download_button(
        "Keep as a file (HTML)",
        page,
        f"{file}.html",
        "text/html",
        key=f"{key}_keep",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        help=TOLD,
    )
