"""The caches of a network that is told what the ink says, with the keys of `cached`."""

from __future__ import annotations

import streamlit as st

from hwmodel.cells.trace import CellTrace, Trial, WindowTrace
from hwmodel.ink.strokes import Strokes
from pages.ui import cached


@st.cache_data(max_entries=4, max_size="60MB", show_spinner="Reading the ink …", hash_funcs=cached.INK_HASH)
def told_record(checkpoint: str, strokes: Strokes, text: str, gates: bool = False) -> tuple[CellTrace, WindowTrace]:
    """What every cell and the window do while the ink is read. Raises ValueError where the ink cannot have as many lines as the text."""
    from hwmodel.cells.recording import record_told

    return record_told(cached.load_text_model(checkpoint).model, strokes, text, gates)


def read(checkpoint: str, strokes: Strokes, text: str, gates: bool = False) -> tuple[CellTrace, WindowTrace | None]:
    """What every cell does while the ink is read, with the gates where they are asked for, and where the window stands, where there is one."""
    return told_record(checkpoint, strokes, text, gates) if text else (cached.recorded(checkpoint, strokes, gates), None)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=cached.INK_HASH)
def goes_on(checkpoint: str, strokes: Strokes, text: str, seed: int, bias: float, steps: int) -> Strokes:
    """How the network goes on from some ink with the text's last line."""
    from hwmodel.sampling.laws import graves
    from hwmodel.sampling.text_lines import go_on

    if not text:
        (written,) = cached.continuations(checkpoint, strokes, (seed,), bias, steps)
        return written.strokes
    return go_on(cached.load_text_model(checkpoint).model, strokes, text, seed, graves(bias), steps)


@st.cache_data(max_entries=64, show_spinner=False)
def trial(checkpoint: str, cells: tuple[int, ...], value: float | None, seeds: tuple[int, ...], bias: float, text: str) -> Trial:
    """What `cached.trial` gives, of a network that writes a line of text to its end, however many steps that takes."""
    from hwmodel.cells.holding import hold, told_trial
    from hwmodel.sampling.laws import graves

    model, own = cached.load_text_model(checkpoint).model, cached.own_lines(checkpoint)
    values = own.together[:, list(cells)].mean(axis=0) if value is None else [value] * len(cells)
    return told_trial(model, hold(model, cells, values) if cells else None, own, text, seeds, graves(bias))
