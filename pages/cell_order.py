"""Cell order: the cells sorted by what they do, and what they respond to."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from hwmodel.cells.article_claims import findings
from hwmodel.cells.atlas import CellMap
from hwmodel.cells.ordering import METHODS
from hwmodel.cells.telling import telling_cell
from hwmodel.network.shipped import CheckpointError
from hwmodel.views.cell_view import MAX_STEPS, Recording, RowNames
from pages.ui import cached, cached_told
from pages.ui.cells.card import cell_card, cell_list
from pages.ui.cells.claims import article
from pages.ui.cells.hold_panel import hold_panel
from pages.ui.cells.known import TSNE
from pages.ui.cells.live_order import LIVE, current_order, live_order, long_enough, progress, show_if_new, sort_if_asked, sorting
from pages.ui.components.cell_view import Choice, cell_view, current
from pages.ui.shell import address, entrance, fault, ink_source, subject, terms
from pages.ui.shell.subject import Subject
from pages.ui.shell.table import table

_, _, *NAMES, _ = address.options("order")
OTHERS = dict(zip(("pca", "spectral", "hierarchical"), NAMES, strict=True))
VIEW_KEY = "order_view"


@st.fragment
@fault.guarded
def view(seen: Subject, known: CellMap | None) -> None:
    """The picture, and the card of what is chosen in it."""
    checkpoint, strokes = seen.checkpoint, seen.strokes
    trace, window = cached_told.read(checkpoint, strokes, seen.text)
    orders, live = {}, current_order(seen)
    if known is not None:
        orders = {TSNE: known.order} | {name: known.other_order(method) for method, name in OTHERS.items()}
    if live is not None:
        orders[LIVE] = live
        show_if_new()
    first = Choice(order=TSNE)
    names = usual = None
    if known is not None:
        first, names, usual = replace(first, cell=telling_cell(known.roles)), RowNames.of(known.roles), known.usual
    if live is None:
        sort_if_asked(seen, known, current(first, VIEW_KEY).order)
    offers = (LIVE,) if long_enough(strokes) else ()
    recording = Recording.of(strokes, trace, names=names, orders=orders, usual=usual, offers=offers, window=window)
    choice = cell_view(recording, VIEW_KEY, f"cells-{checkpoint}", first)
    hold_panel(checkpoint, recording, choice, seen.text)
    if known is not None:
        article(findings(known.roles, known.order, known.moving), choice)
    cell_list(recording, choice)
    cell_card(checkpoint, recording, trace.cell, choice, known.roles if known is not None else None)


def quality(known: CellMap) -> None:
    """Every way to sort the cells, judged on lines it was not made from."""
    st.header("How good the order is")
    rows = [
        {
            "Order": METHODS[each.method][0].upper() + METHODS[each.method][1:],
            "Neighbours": f"{each.quality:.3f}",
            "Other lines": f"{each.halves:.3f}",
            "Other seed": "" if each.seeds is None else f"{each.seeds:.3f}",
        }
        for each in known.table
    ]
    table(rows)
    best = max(known.table, key=lambda each: each.quality)
    better = ""
    if best.method != "tsne":
        better = f" {METHODS[best.method].capitalize()} puts alike cells still closer together; it can be chosen above the picture."
    terms.caption(
        "Neighbours: mean correlation of neighbouring rows, signs turned, on lines that were not used to sort them (the article’s order on its own "
        "network reaches .172). Other lines, other seed: rank correlation with the order made from other lines, or with another seed. "
        f"Made from {known.lines}.{better}"
    )


def page() -> None:
    """The sorted picture, what the article says of it, and how good the order is."""
    entrance.begin(
        "Cells, sorted by what they do",
        "Neighbouring rows do alike; a cell that is mostly below zero has its sign turned. Switch the order and watch the rows move.",
    )
    told, whole = subject.ask(), len(ink_source.current_ink().strokes)
    seen = subject.chosen(told, MAX_STEPS)
    known: CellMap | None = None
    try:
        known = cached.cell_map(seen.checkpoint)
    except CheckpointError as error:
        st.info(f"No order to begin with: {error}. The cells can be sorted by the ink at hand, below.")
    if whole < 2:
        st.info("There is too little ink to look at: it needs two points at least. Write some more, or choose another ink at the left.")
    else:
        note = f"This ink has {whole:,} steps: the first {MAX_STEPS:,} are shown." if whole > MAX_STEPS else ""
        if note or seen.words:
            st.caption(f"{seen.words} {note}")
        if sorting():
            progress()
        view(seen, known)
        with st.expander("How the cells are sorted by this ink alone"):
            live_order(seen, known)
    if known is not None:
        quality(known)


page()
