"""The live sheet on a page: its ink becomes the session's, and devices that cannot have it get the plain one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from hwmodel.ink.limits import MAX_POINTS, check_reach
from hwmodel.ink.strokes import Strokes
from hwmodel.network.shipped import CheckpointError
from pages.ui.components.live_sheet import keep_sheet, live_sheet
from pages.ui.hand.drawing import forget
from pages.ui.shell import address, ink_source, terms

LIVE, PLAIN = address.options("sheet")
KEY = "hand_live"
SENT = "hand_live_sent"  # session key: the name under which the drawn ink was sent up
WHY_PLAIN = "hand_plain_because"  # session key: what keeps this device from the live sheet
BIAS_HELP = terms.meaning("bias")
WRONG = "hand_live_wrong"  # session key: what is wrong with what was sent last


def is_chosen() -> bool:
    """Ask which sheet it shall be."""
    st.segmented_control("Sheet", default=LIVE, required=True, label_visibility="collapsed", **address.widget("sheet"))
    is_plain = address.value("sheet") == PLAIN
    if is_plain and WHY_PLAIN in st.session_state:
        st.caption(f"The plain sheet, as {st.session_state[WHY_PLAIN]}.")
    return not is_plain


def draw() -> bool:
    """Draw the live sheet and its bias; False, and a sentence instead, where the network cannot be had."""
    if not draw_sheet():
        return False
    st.slider("Bias", help=BIAS_HELP, **address.widget("hand_bias"))
    keep_sheet(KEY, ink_source.checkpoint_name(), ink_source.drawn(), float(address.value("hand_bias")), "your-hand")
    return True


def draw_sheet() -> bool:
    """The same without the bias."""
    drawn, sent = ink_source.drawn(), st.session_state.get(SENT)
    try:
        live_sheet(KEY, ink_source.checkpoint_name(), drawn, sent, float(address.value("hand_bias")), take_ink, take_plain)
    except CheckpointError as error:
        st.info(f"The live sheet needs the network, and there is none: {error}.")
        return False
    if WRONG in st.session_state:
        st.error(st.session_state[WRONG])
    return True


def take_ink() -> None:
    """Make what was written the session's ink, which the plain sheet's drawing no longer is; a sentence where it cannot be read."""
    value = st.session_state[KEY]["ink"]
    st.session_state.pop(WRONG, None)
    try:
        strokes = ink_of(value)
    except ValueError as error:
        st.session_state[WRONG] = f"What came from the sheet cannot be read: {error}."
        return
    st.session_state[SENT] = str(value["name"])
    ink_source.set_drawn(strokes)
    st.session_state.ink_source = ink_source.DRAWN
    forget()


def take_plain() -> None:
    """Go over to the plain sheet."""
    st.session_state[WHY_PLAIN] = str(st.session_state[KEY]["plain"])
    st.session_state.sheet = PLAIN


def ink_of(value: Mapping[str, Any]) -> Strokes | None:
    """The ink that the browser sends: `start` and a flat list `offsets`; None where there is none. Raises ValueError."""
    try:
        offsets = np.asarray(value["offsets"], np.float32)
        if offsets.ndim != 1 or len(offsets) % 3 or len(offsets) > 3 * MAX_POINTS:
            raise ValueError(f"expected (dx, dy, pen_up) of at most {MAX_POINTS:,} steps in turn, got {offsets.shape} numbers")
        strokes = Strokes(offsets.reshape(-1, 3), tuple(value["start"])) if len(offsets) else None
    except (KeyError, TypeError) as error:
        raise ValueError(f"expected `start` and `offsets`, and {error} is missing or of another kind") from error
    if strokes:
        check_reach(strokes)
    return strokes
