"""A view as one file that the reader keeps, mails or puts on a web page: alive without a server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from hwmodel.sampling.showcase import showcase
from hwmodel.views.standalone import AloneNetwork, AloneView, Section, alone_page
from pages.ui import cached
from pages.ui.components.engine import parts

TOLD = "One HTML file, which is alive without this server and without a network: to keep, to mail, to put into a page of your own."
KEEP = "Keep as a file (HTML)"


def keep_button(folder: str, key: str, data: Callable[[], bytes], file: str, title: str, chosen: Mapping[str, Any] | None = None) -> None:
    """A download of the component in `folder` with its data, as the file `file`.html; `chosen` is what is chosen in it."""
    download(lambda: alone_page(title, [Section(view=AloneView(folder, key, (data(),), chosen or {}))]), key, file, KEEP, TOLD)


def download(page: Callable[[], str], key: str, file: str, label: str, told: str) -> None:
    """A download of HTML that is made when it is asked for: outside of the script's run, where there is no session."""
    st.download_button(
        label,
        lambda: page().encode(),
        f"{file}.html",
        "text/html",
        key=f"{key}_keep",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        help=told,
    )


def network_of(checkpoint: str) -> AloneNetwork:
    """The network as a page takes it along. Raises CheckpointError."""
    about = showcase(checkpoint)
    told = f"The network in this file: {about.title}. Licence of its weights: {about.licence}."
    return AloneNetwork(cached.load_writer(checkpoint).fingerprint, cached.packed_weights(checkpoint), parts(), told)
