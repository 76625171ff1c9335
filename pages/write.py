"""Write: the network writes what it is told, or what it likes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

import numpy as np
import streamlit as st

from hwmodel.ink.drawn import Drawn
from hwmodel.ink.page import of_page
from hwmodel.ink.strokes import Strokes
from hwmodel.network.shipped import CheckpointError
from hwmodel.sampling.told import Told, told_page
from hwmodel.views.ink_colours import by_order, by_stroke, by_surprise
from hwmodel.views.ink_view import Colouring, Panel
from pages.ui import cached
from pages.ui.components.ink_view import ink_view
from pages.ui.components.live_text import live_text
from pages.ui.shell import address, entrance, ink_source
from pages.ui.shell.words import escaped
from pages.ui.write import line
from pages.ui.write.controls import FIELD, PATH, PEN, TILE_PX_PER_UNIT, TILE_THICKNESS, TILES, Look, hands, main_controls, more_controls, text_field
from pages.ui.write.downloads import ink_downloads, of_all, one_below_the_other

GRID_SIZE, GRID_WIDTH = 0.75, 0.75  # of the pieces of the grid, beside lines
ALONE = 1.5  # times as large as lines below one another
INK_VIEW = "write_ink"  # the line or lines; what is typed shows there too
PLAYED = "write_played"  # session key: the ink of this text and seed has written itself


def colouring(lines: list[Strokes], colour: str) -> Colouring | None:
    """Levels and legend of a way to colour; None for plain ink."""
    if colour == "Order":
        return by_order(lines)
    if colour == "Stroke":
        return by_stroke(lines)
    if colour in (PATH, PEN):
        nats = [each[:, int(colour == PEN)] for each in cached.surprises(ink_source.checkpoint_name(), lines)]
        return by_surprise(nats, "path" if colour == PATH else "pen lift")
    return None


def writes_itself(what: object) -> bool:
    """Whether this ink is new, so that it is to be seen being written."""
    new = st.session_state.get(PLAYED) != what
    st.session_state[PLAYED] = what
    return new


def free(look: Look) -> None:
    """What the network writes as it likes: lines, or a grid of pieces and the chosen one whole."""
    setting, checkpoint = line.setting(), ink_source.checkpoint_name()
    written = setting.written(checkpoint)
    chosen = line.chosen_of(len(written))
    notes = [f"{setting.name(i)} · {len(each.strokes):,} steps; stopped: {each.stopped}" for i, each in enumerate(written)]
    panels = [Panel(each.strokes, setting.name(i), notes[i], f"seed {setting.seeds[i]}") for i, each in enumerate(written)]
    lines = [each.strokes for each in written]
    play = writes_itself(("", setting.seeds[0]))
    if not line.in_grid():
        stem, colours = f"handwriting-{setting.seeds[0]}", colouring(lines, look.colour)
        ink_view(panels, INK_VIEW, line.choose, look.px_per_unit, look.thickness, colours, chosen=chosen, play=play, file=stem)
        actions(one_below_the_other(lines), stem, drawn=as_shown(look, 1, colours, of_all))
        return
    columns = [setting.value_name(column) for column in range(len(line.ACROSS[setting.law]))]
    size, width = look.px_per_unit * GRID_SIZE, look.thickness * GRID_WIDTH
    ink_view(panels, "write_grid", line.choose, size, width, colouring(lines, look.colour), columns, chosen, play)
    (alone,) = line.whole(chosen).written(checkpoint)
    note = f"{setting.name(chosen)} · {len(alone.strokes):,} steps; stopped: {alone.stopped}"
    panel, colours = Panel(alone.strokes, setting.name(chosen), note), colouring([alone.strokes], look.colour)
    stem = f"handwriting-{setting.seeds[chosen]}"
    ink_view([panel], INK_VIEW, line.choose, look.px_per_unit * ALONE, look.thickness, colours, file=stem)
    actions(alone.strokes, stem, drawn=as_shown(look, ALONE, colours, of_all))


def told(lines: tuple[str, ...], look: Look) -> None:
    """What the network was told to write: the chosen one of several samples of a line, or a page. Raises ValueError, a sentence."""
    seed = int(address.value("ink_seed"))
    samples = line.told_samples(lines[0]) if len(lines) == 1 else []
    chosen = line.chosen_of(len(samples))
    shown: list[Told] = [samples[chosen]] if samples else line.told_lines(lines)
    panels = [Panel(each.strokes, each.text, "", letters=each.letters, text=each.text) for each in shown]
    strokes = [each.strokes for each in shown]
    play = writes_itself((lines, seed))
    size, colours = look.px_per_unit * ALONE, colouring(strokes, look.colour)
    stem, page = f"handwriting-{seed}", told_page(shown)
    several = len(panels) > 1
    ink_view(
        panels,
        INK_VIEW,
        line.choose,
        size,
        look.thickness,
        colours,
        play=play,
        file=stem,
        one_by_one=several,
        written=line.written_by("\n".join(lines)),
    )
    actions(page.strokes, stem, page.text, drawn=as_shown(look, ALONE, colours, lambda levels: of_page(strokes, levels, page.strokes)))
    if len(samples) > 1:
        st.caption(f"{len(samples)} samples by {line.text_network()}, the one that a second network reads most easily first. Choose one.")
        tiles = [Panel(each.strokes, f"sample {i + 1}", "" if each.read == each.text else f"read as “{each.read}”") for i, each in enumerate(samples)]
        ink_view(tiles, "write_samples", line.choose, TILE_PX_PER_UNIT, TILE_THICKNESS, columns=TILES, chosen=chosen)
    hands()


def as_shown(look: Look, larger: float, colours: Colouring | None, together: Callable[[Sequence[np.ndarray]], np.ndarray]) -> Drawn:
    """How the lines look, so many times larger than others, for a picture of all of them; `together` makes one of what is told of each line."""
    return Drawn(look.thickness / (look.px_per_unit * larger), None if colours is None else colours.colours(together(colours.levels)))


def actions(ink: Strokes, stem: str, text: str = "", *, drawn: Drawn) -> None:
    """What can be done with the line, which is the ink of all pages; `ink` is all that is shown."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.session_state.get("ink_source", ink_source.GENERATED) == ink_source.GENERATED:
            st.page_link("pages/activations.py", label="Look inside this line →")
        else:
            st.button("Look inside", on_click=take_line, help="All other pages look at another ink now: let them look at this line.", type="primary")
        ink_downloads(ink, stem, text, drawn=drawn)


def take_line() -> None:
    st.session_state.ink_source = ink_source.GENERATED


def page() -> None:
    """The line or lines, and what they are written with."""
    entrance.begin(
        "Handwriting that nobody wrote",
        "The network draws one pen movement after another, each by chance from what it thinks could come next.",
    )
    address.take_renamed()
    asked, live = text_field()
    address.follow_text()
    main_controls(bool(asked.lines))
    place = st.container()
    look = more_controls(bool(asked.lines))
    with place:
        if not asked.lines:
            free(look)
        else:
            try:
                told(asked.lines, look)
            except ValueError as error:
                st.warning(f"{escaped(str(error))}.")
    with live, suppress(CheckpointError):
        text = str(address.value("write_text") or "")
        live_text("write_live", FIELD, INK_VIEW, line.text_network(), line.told_with(text), look.px_per_unit * ALONE, look.thickness)


page()
