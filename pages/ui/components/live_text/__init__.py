"""What is typed into a text field of the page, written at once by the network in the browser, and shown in a view of ink."""

from __future__ import annotations

from hwmodel.views.ink_anew import WrittenWith, live_text_bytes
from pages.ui import cached
from pages.ui.components.loader import component
from pages.ui.components.served import address_of


def live_text(key: str, label: str, to: str, checkpoint: str, told: WrittenWith, px_per_unit: float, thickness: float) -> None:
    """Listen to the text field of this label, whose text Python knows as that of `told`, and say below it how it goes; the view of ink with the key
    `to` shows what is written, at this size and thickness (pixels). Raises CheckpointError."""
    fingerprint = cached.load_writer(checkpoint).fingerprint
    data = live_text_bytes(
        {
            "engine": address_of(cached.engine_file(checkpoint), f"engine.{fingerprint}"),
            "fingerprint": fingerprint,
            "label": label,
            "to": to,
            "told": told,
            "px_per_unit": px_per_unit,
            "thickness": thickness,
        }
    )
    component("live_text")(data=data, key=key)
