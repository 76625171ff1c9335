"""A menu of downloads for some ink; each file is made only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st

from hwmodel.formats.plotter import plotter_page
from hwmodel.formats.registry import WRITTEN, write_ink
from hwmodel.ink.drawn import Drawn
from hwmodel.ink.strokes import Strokes

BETWEEN = 3.5  # model units from the lowest ink of a line to the highest of the next: about a small x


def ink_downloads(strokes: Strokes, stem: str, text: str = "", *, drawn: Drawn) -> None:
    """Buttons for the ink. `stem` names the files; `text` is what the ink says, where that is known; `drawn` is how pictures of it look."""

    def maker(name: str) -> Callable[[], bytes]:
        return lambda: write_ink(strokes, name, text or None, drawn)

    with st.popover("Download"):
        for format in WRITTEN:
            file = f"{stem}.{format.extensions[0]}"
            key = f"{stem}_{format.name}"
            st.download_button(format.name, maker(format.name), file, format.media_type, key=key, on_click="ignore", width="stretch")
        plotter = f"{stem}-plotter.svg"
        told = "An A4 page in millimetres, one path a stroke and nothing filled"
        st.download_button(
            "SVG for plotters", lambda: plotter_page(strokes, text), plotter, "image/svg+xml", help=told, on_click="ignore", width="stretch"
        )


def one_below_the_other(lines: list[Strokes]) -> Strokes:
    """All lines as one piece of ink, no line touching the one above it; each line's last stroke ends with a pen lift where another follows."""
    page, floor = lines[0], float(lines[0].points[:, 1].max())
    for line in lines[1:]:
        top, left = line.points[:, 1].min(), line.points[:, 0].min()
        start = np.array((line.start[0] - left, line.start[1] + max(floor + BETWEEN - top, 0)))
        lift = page.offsets.copy()
        lift[-1, 2] = 1
        page = Strokes(lift, page.start).followed_by(np.r_[start - page.points[-1], 0][None]).followed_by(line.offsets)
        floor = float(page.points[len(page) - len(line) :, 1].max())
    return page


def of_all(values: Sequence[np.ndarray]) -> np.ndarray:
    """Of each offset of `one_below_the_other(lines)`, what the values (T,) of each line tell of its own; 0 for the way to the next line."""
    return np.concatenate([np.r_[[0] * (number > 0), each] for number, each in enumerate(values)]).astype(values[0].dtype)
