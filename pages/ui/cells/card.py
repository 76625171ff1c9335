"""What is known about the chosen cell, or a band of cells: beside the view of cells, on every page that has it."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter

import numpy as np
import streamlit as st

from hwmodel.cells.extremes import Extreme, extremes, most_alike
from hwmodel.cells.roles import DETERMINATION, ROLES, CellRoles, Role
from hwmodel.cells.trace import OwnLines
from hwmodel.ink.signals import InkSignals
from hwmodel.ink.strokes import Strokes
from hwmodel.views.cell_pictures import compass_svg, histogram_svg, ink_around_svg
from hwmodel.views.cell_view import Recording
from pages.ui import cached
from pages.ui.cells.hold_panel import called
from pages.ui.components.cell_view import Choice, choose
from pages.ui.shell import terms
from pages.ui.shell.paper import current_paper
from pages.ui.shell.table import table

PIECES = 6  # of ink, highest and lowest each
APART = 40  # steps between two pieces of one line
ALIKE = 8
EFFECTS = 4  # roles in the table of evidence
DIRECTION = next(role for role in ROLES if role.key == "direction")
COMPASS = ("to the right", "down to the right", "down", "down to the left", "to the left", "up to the left", "up", "up to the right")


def cell_card(checkpoint: str, recording: Recording, trace_cell: np.ndarray, choice: Choice, roles: CellRoles | None) -> None:
    """The card. `trace_cell` (T, H): cell states of the ink at hand, whatever the view shows."""
    lines = cached.own_lines(checkpoint)
    cells, sign = choice.cells(recording), recording.sign(choice.order)
    name = called(choice, recording)
    st.subheader(name[0].upper() + name[1:])
    if roles is not None:
        evidence(roles.shown_with(sign), cells, lines, sign)
    series = lines.series(cells, sign)
    here = (trace_cell[:, list(cells)] * sign[list(cells)]).mean(axis=1)
    peak, paper = float(max(np.abs(line).max() for line in series)) or 1.0, current_paper()
    left, right = st.columns((3, 2), gap="large")
    with left:
        if roles is not None and all(roles.named(cell) is DIRECTION for cell in cells):
            st.caption("Mean value while the pen moves in each direction, in those lines")
            st.html(picture(compass_svg(lines.signals.direction, np.concatenate(series), paper), "The mean value in each direction of the pen"))
        for title, highest in (("Highest", True), ("Lowest", False)):
            st.caption(f"{title} in {len(lines.strokes)} lines that the network wrote itself, on its own scale")
            st.html(pieces(lines.strokes, series, extremes(series, PIECES, APART, highest), peak, paper))
    with right:
        st.caption("How often it has which value")
        st.html(picture(histogram_svg(np.concatenate(series), here, (-peak, peak), paper), "How often it has which value"))
        terms.caption("Cells that go with it most closely (r over those lines; with a minus: against it)")
        alike = dict(most_alike(lines.covariance, sign, cells, ALIKE))
        st.pills(
            "Cells most like it",
            alike,
            format_func=lambda cell: f"{cell}  {alike[cell]:+.2f}".replace("-", "−"),
            key="card_alike",
            on_change=go_to_alike,
            label_visibility="collapsed",
            wrap=True,
        )


def follows(roles: CellRoles, cell: int, values: np.ndarray, signals: InkSignals) -> str:
    """The cell's role in a sentence, of the cell as it is shown (`CellRoles.shown_with`), with its values (N,) on lines of
    these signals, which are shown with it and may contradict what was measured on others."""
    role = roles.named(cell)
    if role is None:
        return "Nothing that was measured explains it well enough for a name."
    if role.measure == DETERMINATION:
        towards = COMPASS[round(float(roles.preferred[cell]) / (np.pi / 4)) % len(COMPASS)]
        side, does = "highest", f"{role.high} {towards}"
    else:
        side, does = "high" if roles.effect[ROLES.index(role), cell] > role.chance else "low", role.high
    found = f"It follows the **{role.name}**: {side} while the hand is {does}"
    if roles.holds(cell, values, signals):
        return found + "."
    return found + " on lines that people wrote. In the network’s own lines, below, it is the other way round."


def evidence(roles: CellRoles, cells: tuple[int, ...], lines: OwnLines, sign: np.ndarray) -> None:
    """What carries a cell's name, or how many of a band's cells have which; cells and roles as they are shown."""
    if len(cells) > 1:
        counts = Counter(role.name for cell in cells if (role := roles.named(cell)))
        words = ", ".join(f"{count} {name}" for name, count in counts.most_common())
        st.markdown(f"{words or 'None of them has a name'}; {len(cells) - counts.total()} without a name.")
        return
    (cell,) = cells
    st.markdown(follows(roles, cell, lines.together[:, cell] * sign[cell], lines.signals))
    measured = [number for number in np.argsort(-roles.strength[:, cell]) if roles.measured[number]]
    rows = [row(ROLES[number], roles.effect[number, cell], roles.low[number, cell], roles.high[number, cell]) for number in measured[:EFFECTS]]
    rows += [row(role, *[np.nan] * 3) for role, known in zip(ROLES, roles.measured, strict=True) if not known]
    table(rows)


def row(role: Role, effect: float, low: float, high: float) -> dict[str, str]:
    """One role of a cell in the table of evidence."""
    known = not np.isnan(effect)
    return {
        "It may follow": role.name,
        "measure": role.measure,
        "effect": f"{effect:.2f}".replace("-", "−") if known else "not measured",
        "95 % interval": f"{low:.2f} to {high:.2f}".replace("-", "−") if known else "",
    }


def go_to_alike() -> None:
    """Choose the cell that was clicked in the list."""
    cell = st.session_state.card_alike
    st.session_state.card_alike = None
    if cell is not None:
        choose(cell=cell)


def pieces(lines: list[Strokes], series: list[np.ndarray], found: list[Extreme], peak: float, paper: str) -> str:
    """Small pieces of ink side by side, as HTML, in colours from -peak to peak."""
    images = []
    for each in found:
        svg = ink_around_svg(lines[each.line], series[each.line], each.step, (-peak, peak), paper)
        words = f"{each.value:.2f} at step {each.step + 1} of line {each.line + 1}".replace("-", "−")
        images.append(picture(svg, words))
    return f'<div style="display:flex;flex-wrap:wrap;gap:4px">{"".join(images)}</div>'


def picture(svg: str, words: str) -> str:
    """An SVG as an image in HTML."""
    source = b64encode(svg.encode()).decode()
    return f'<img alt="{words}" title="{words}" style="max-width:100%" src="data:image/svg+xml;base64,{source}">'


def cell_list(recording: Recording, choice: Choice) -> None:
    """All cells with their names, to choose one by."""
    sign = recording.sign(choice.order)
    labels = [recording.names.label(cell, sign[cell] < 0) if recording.names else "" for cell in range(recording.cells)]
    st.session_state.cell_list = choice.cell
    st.selectbox(
        "Cell",
        range(len(labels)),
        format_func=lambda cell: f"{cell} · {labels[cell]}" if labels[cell] else str(cell),
        key="cell_list",
        on_change=lambda: choose(cell=st.session_state.cell_list),
        help="Type a number or a name.",
    )
