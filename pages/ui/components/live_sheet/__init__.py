"""The live sheet in a browser component: the reader writes, and the network answers there, without the server."""

from __future__ import annotations

from collections.abc import Callable

from hwmodel.ink.strokes import Strokes
from hwmodel.views.engine import EngineParts
from hwmodel.views.live_sheet import live_bytes
from hwmodel.views.standalone import AloneView, Section, alone_page
from pages.ui import cached
from pages.ui.components.engine import parts
from pages.ui.components.keep import download, network_of
from pages.ui.components.loader import component
from pages.ui.components.served import address_of

KEPT = "One HTML file with the network in it, about 1.5 MB: a live sheet without this server and without a network."


def live_sheet(
    key: str, checkpoint: str, ink: Strokes | None, sent: str | None, bias: float, on_ink: Callable[[], None], on_plain: Callable[[], None]
) -> None:
    """Draw the sheet with this ink on it. Its `ink`, {name, start, offsets}, comes up when the pen has rested, under a name that is to be given back
    as `sent` with that ink; `plain`, why this device needs the plain sheet. Raises CheckpointError."""
    fingerprint, order = cached.load_model(checkpoint).fingerprint, cached.cell_map(checkpoint).order
    data = live_bytes(parts(), weights_address(checkpoint, fingerprint), fingerprint, order, cached.usual_cells(checkpoint), ink, sent, bias)
    component("live_sheet")(data=data, key=key, on_ink_change=on_ink, on_plain_change=on_plain)


def keep_sheet(key: str, checkpoint: str, ink: Strokes | None, bias: float, file: str) -> None:
    """A download of the sheet with this ink and with the network, as the file `file`.html. Raises CheckpointError."""
    network, order, usual = network_of(checkpoint), cached.cell_map(checkpoint).order, cached.usual_cells(checkpoint)

    def page() -> str:
        data = live_bytes(EngineParts("", b""), "", network.fingerprint, order, usual, ink, None, bias)
        return alone_page("Write, and a network goes on", [Section(view=AloneView("live_sheet", key, (data,)))], network=network)

    download(page, key, file, "Keep the sheet as a file (HTML)", KEPT)


def weights_address(checkpoint: str, fingerprint: str) -> str:
    """Where the packed weights are served. It is asked once a visit."""
    return address_of(cached.packed_weights(checkpoint), f"weights.{fingerprint}")
