"""The sheet to write on: its lines, its strokes in the session, and what can be done with them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from streamlit_drawable_canvas import st_canvas

from hwmodel.ink.letter_size import px_per_unit, x_height
from hwmodel.ink.strokes import Polyline, Strokes
from pages.ui.hand.canvas import INK_COLOUR, INK_WIDTH, Drawing, drawing_of, is_given, pixels, read_canvas, to_drawing, to_object
from pages.ui.hand.drawing import KEPT, MOUNT, STROKES
from pages.ui.shell import address, ink_source

START = "hand_start"  # what the present widget was given when it began
GIVEN = "hand_given"  # the height of the letter x, in px, at which a link's ink was put on the sheet, and the drawing it became
SIZE = "hand_size"  # of a small x, in the session and in the link
MARGIN = 8  # px between given ink and the sheet's edge
GUESS_COLOURS = ("#bf812d", "#8073ac", "#c51b7d", "#4393c3", "#d6604d")  # of continuations, seen on light and dark alike


@dataclass(frozen=True)
class Sheet:
    """The canvas and its guide lines, in px."""

    width: int

    @property
    def guide(self) -> int:
        """From the base line up to the top of a letter x."""
        return round(float(np.clip(self.width / 22, 24, 38)))

    @property
    def height(self) -> int:
        return 6 * self.guide

    @property
    def base_line(self) -> float:
        return 3.6 * self.guide


def key() -> str:
    """The present widget's."""
    return f"hand_canvas_{st.session_state.get(MOUNT, 0)}"


def strokes_on(sheet: Sheet) -> Drawing:
    """What is on the canvas, known before it is drawn. A new widget is given what was there when the page was left, or what a link brought."""
    state = st.session_state.get(key())
    if state:
        try:
            st.session_state[STROKES] = drawing_of(state["drawing"]["raw"])
        except (KeyError, TypeError, ValueError) as error:
            st.error(f"What came from the sheet cannot be read: {error}. What was on it before is there again.")
            replace(st.session_state.get(STROKES, []))
            st.session_state[START] = st.session_state[STROKES]
    given = ink_source.drawn()
    height = fitting(sheet, given)
    if STROKES not in st.session_state or was_put_otherwise(height):
        drawing = to_drawing(given, px_per_unit(height)) if given else []
        st.session_state[GIVEN] = (height, drawing)
        if state:
            replace(drawing)
        st.session_state[STROKES] = st.session_state[START] = drawing
    elif not state:
        st.session_state[START] = st.session_state[STROKES]
    on_it: Drawing = st.session_state[STROKES]
    return on_it


def fitting(sheet: Sheet, given: Strokes | None) -> float:
    """How high, in px, a small x of given ink is on this sheet: as it was written, or as the sheet's lines are; less where the ink would not fit."""
    height = float(address.value(SIZE) or sheet.guide)
    if not given:
        return height
    right, bottom = (given.points.max(axis=0) * px_per_unit(height)).tolist()
    return float(height * min(1.0, (sheet.width - MARGIN) / max(right, 1.0), (sheet.height - MARGIN) / max(bottom, 1.0)))


def was_put_otherwise(height: float) -> bool:
    """The sheet holds nothing but the given drawing, at another height than this one: the browser had not told yet how wide the sheet is."""
    before, drawing = st.session_state.get(GIVEN, (height, []))
    now = st.session_state[STROKES]
    return bool(before != height and drawing and len(now) == len(drawing) and all(map(is_given, now)))


def keep_size(drawing: Drawing, sheet: Sheet, height: float) -> None:
    """Keep how high a small x is on the sheet, for the link; ink that was given, and fitted, says nothing of it."""
    if not all(map(is_given, drawing)):
        st.session_state[SIZE] = 0 if round(height) == sheet.guide else round(height)
    address.keep((SIZE,))


def ink_on(drawing: Drawing, px_per_unit: float) -> Strokes | None:
    """The ink of the drawing; None where nothing is drawn or, as it then says, what is drawn cannot be ink."""
    try:
        return read_canvas(drawing, px_per_unit)
    except ValueError as error:
        st.error(f"The network cannot read what is on the sheet: {error}. Undo takes it back.")
        return None


def draw_sheet(sheet: Sheet, background: str) -> None:
    """Draw the widget, with `background` (SVG) behind what is written."""
    told = st_canvas(
        stroke_width=INK_WIDTH,
        stroke_color=INK_COLOUR,
        background_image=f"data:image/svg+xml;base64,{b64encode(background.encode()).decode()}",
        width=sheet.width,
        height=sheet.height,
        initial_drawing={"objects": st.session_state[START]},
        key=key(),
        on_change=lambda: st.session_state.update(ink_source=ink_source.DRAWN),
    )
    if st.session_state[START] is st.session_state[STROKES]:
        take_over(told.json_data)


def take_over(json_data: Any) -> None:
    """Go on with what the browser has on its sheet, where this session begins with less: the server was started anew while somebody wrote. Only now,
    when it has been drawn, does the widget tell; what it is given at the same time would take the place of what it has."""
    with suppress(ValueError):
        drawing = drawing_of(json_data)
        if drawing and drawing != st.session_state[START]:
            replace(drawing)
            st.rerun()


def replace(drawing: Drawing) -> None:
    """Put another drawing on the canvas (in a callback)."""
    st.session_state[STROKES] = drawing
    st.session_state[MOUNT] = st.session_state.get(MOUNT, 0) + 1


def undo() -> None:
    """Take back the last stroke, or the last continuation that was kept, whole."""
    drawing: Drawing = st.session_state[STROKES]
    kept = st.session_state.get(KEPT, [])
    count = kept.pop()[0] if kept and kept[-1][1] == len(drawing) else len(drawing) - 1
    replace(drawing[:count])


def clear() -> None:
    """An empty sheet."""
    st.session_state[KEPT] = []
    st.session_state.pop(GIVEN, None)
    replace([])


def keep_guess(lines: Sequence[Polyline], scale: float, colour: str) -> None:
    """Make a continuation of strokes (n, 2) in model units ink, at `scale` px a unit; it keeps its colour beside what the reader wrote."""
    drawing: Drawing = st.session_state[STROKES]
    longer = drawing + [to_object(line * scale, colour) for line in lines]
    st.session_state.setdefault(KEPT, []).append((len(drawing), len(longer)))
    st.session_state.ink_source = ink_source.DRAWN
    replace(longer)


def letter_height(drawing: Drawing, sheet: Sheet) -> float:
    """Height of the letter x in px, found in what the reader wrote. Ink that was given is not looked at: it keeps the size at which it was put on the
    sheet, however wide the window has become since."""
    height, _ = st.session_state.get(GIVEN, (sheet.guide, None)) if any(map(is_given, drawing)) else (sheet.guide, None)
    return x_height([pixels(thing) for thing in drawing if not is_given(thing)], height)


def new_strokes(ink_before: Strokes, offsets: np.ndarray) -> list[Polyline]:
    """The strokes (n, 2), in model units, that go on from finished ink; the way to the first of them is no ink."""
    points = ink_before.points[-1] + offsets[:, :2].cumsum(axis=0, dtype=np.float64)
    return [line for line in np.split(points, np.flatnonzero(offsets[:, 2]) + 1) if len(line)]


def path_of(lines: Sequence[Polyline], scale: float) -> str:
    """Strokes in model units at `scale` px a unit, as an SVG path's d attribute."""
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line * scale) + ("h0" if len(line) == 1 else "") for line in lines)


def background(sheet: Sheet, guesses: Sequence[Sequence[Polyline]], scale: float) -> str:
    """The guide lines, and the continuations (strokes in model units) at `scale` px a unit, numbered where there are several, as SVG."""
    base, top = sheet.base_line, sheet.base_line - sheet.guide
    parts = [f'<path d="M0 {base}H{sheet.width}" stroke="#8a9699" stroke-width="1"/>']
    parts += [f'<path d="M0 {top}H{sheet.width}" stroke="#8a9699" stroke-width="1" stroke-dasharray="2 6" opacity="0.7"/>']
    for number, (lines, colour) in enumerate(zip(guesses, GUESS_COLOURS, strict=False), 1):
        pen = f'stroke="{colour}" stroke-width="{INK_WIDTH}" stroke-linecap="round" stroke-linejoin="round" opacity="0.9"'
        parts.append(f'<path d="{path_of(lines, scale)}" {pen}/>')
        if len(guesses) > 1 and lines:
            x, y = lines[-1][-1] * scale + (6, 5)
            x, y = min(x, sheet.width - 14), float(np.clip(y, 14, sheet.height - 6))
            parts.append(f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}" font-family="sans-serif" font-size="13">{number}</text>')
    size = f'width="{sheet.width}" height="{sheet.height}" viewBox="0 0 {sheet.width} {sheet.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="none">{"".join(parts)}</svg>'
