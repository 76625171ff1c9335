"""An order of the cells made for the ink at hand, in the background of the page."""

from __future__ import annotations

import numpy as np
import streamlit as st

from hwmodel.cells.article_claims import top_first
from hwmodel.cells.atlas import CellMap
from hwmodel.cells.ordering import CellOrder, order_cells
from hwmodel.ink.strokes import Strokes
from pages.ui import cached, cached_told
from pages.ui.components.cell_view import choose
from pages.ui.shell import address, fault, terms
from pages.ui.shell.job import Job
from pages.ui.shell.subject import Subject

*_, LIVE = address.options("order")
JOB = "order_job"  # session key: what for (network and ink) and the work itself, of what was begun last
WANTED = "order_wanted"  # session key: show the order as soon as it is made
LEAST_STEPS = 50  # an order by less than this is chance
POLL_S = 0.5


def current_order(seen: Subject) -> CellOrder | None:
    """The order that was made for this ink in this session, if one was."""
    wanted, job = st.session_state.get(JOB, (None, None))
    return job.result if wanted == what_for(seen) and not job.running else None


def show_if_new() -> None:
    """Choose an order that was just made."""
    if st.session_state.pop(WANTED, False):
        choose(order=LIVE)


def sorting() -> bool:
    """The cells are being sorted for this visitor."""
    _, job = st.session_state.get(JOB, (None, None))
    return job is not None and job.running


def long_enough(strokes: Strokes) -> bool:
    """There are steps enough to sort by."""
    return len(strokes) >= LEAST_STEPS


def sort_if_asked(seen: Subject, known: CellMap | None, order: str) -> None:
    """Begin to sort where this order was asked for, above the picture or by a link, and did not fail before; the page then runs again."""
    begun, job = st.session_state.get(JOB, (None, None))
    failed = begun == what_for(seen) and job.error is not None
    if order != LIVE or not long_enough(seen.strokes) or sorting() or failed:
        return
    begin(seen, known, int(address.value("order_perplexity")), int(address.value("order_seed")))
    st.rerun()


def live_order(seen: Subject, known: CellMap | None) -> None:
    """How the sorting is set."""
    strokes = seen.strokes
    _, job = st.session_state.get(JOB, (None, None))
    if job is not None and job.error is not None:
        st.error(str(job.error))
    left, right, start = st.columns((3, 1, 1), vertical_alignment="bottom")
    perplexity = left.slider("Perplexity", help=f"{terms.meaning('perplexity')} The article took 50.", **address.widget("order_perplexity"))
    seed = right.number_input("Seed", **address.widget("order_seed"))
    given = (seen, known, int(perplexity), int(seed))
    barred = sorting() or not long_enough(strokes)
    start.button("Sort by this ink", on_click=begin, args=given, key="order_begin", disabled=barred, width="stretch")
    if not long_enough(strokes):
        st.caption(f"This ink is too short to sort the cells by: it has {len(strokes)} steps, and {LEAST_STEPS} are the least.")


def begin(seen: Subject, known: CellMap | None, perplexity: int, seed: int) -> None:
    """Start sorting."""
    trace, _ = cached_told.read(seen.checkpoint, seen.strokes, seen.text)
    top = -np.arange(trace.cell.shape[1]) if known is None else top_first(known.roles)
    steady = known.usual.steady if known is not None and known.usual is not None else None
    job = Job(lambda report: order_cells([trace], top, perplexity=perplexity, seed=seed, progress=report, steady=steady))
    st.session_state[JOB] = what_for(seen), job
    st.session_state[WANTED] = True


def what_for(seen: Subject) -> tuple[str, bytes, str]:
    """Which network's cells are sorted by which ink, told what."""
    return seen.checkpoint, cached.ink_key(seen.strokes), seen.text


@st.fragment(run_every=POLL_S)
@fault.guarded
def progress() -> None:
    """How far it is, and a way to stop it; when it is done, the whole page runs again with the new order."""
    _, job = st.session_state[JOB]
    if not job.running:
        st.rerun()
    bar, stop = st.columns((4, 1), vertical_alignment="bottom")
    waiting = f"Waiting for {'another visitor’s sort' if job.ahead == 1 else f'{job.ahead} other visitors’ sorts'} …"
    bar.progress(job.done, waiting if job.ahead else "Sorting the cells by this ink …")
    stop.button("Stop", on_click=job.stop, key="order_stop", width="stretch")
