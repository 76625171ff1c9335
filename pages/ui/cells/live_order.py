"""An order of the cells made for the ink at hand, in the background of the page."""

from __future__ import annotations

import numpy as np
import streamlit as st

from hwmodel.cells.ordering import CellOrder, order_cells
from hwmodel.ink.strokes import Strokes
from pages.ui import cached
from pages.ui.components.cell_view import choose
from pages.ui.shell import address, fault
from pages.ui.shell.job import Job

*_, LIVE = address.options("order")
JOB = "order_job"  # session key: what for (network and ink) and the work itself, of what was begun last
LEAST_STEPS = 50  # an order by less than this is chance
POLL_S = 0.5


def current_order(checkpoint: str, strokes: Strokes) -> CellOrder | None:
    """The order that was made for this ink in this session, if one was."""
    wanted, job = st.session_state.get(JOB, (None, None))
    return job.result if wanted == (checkpoint, cached.ink_key(strokes)) and not job.running else None


def live_order(checkpoint: str, strokes: Strokes, top: np.ndarray | None) -> None:
    """Controls, or the progress of what they started. `top` (H,): larger for cells that belong to the top, as in `order_cells`; None: not known."""
    _, job = st.session_state.get(JOB, (None, None))
    if job is not None and job.running:
        progress()
        return
    if job is not None and job.error is not None:
        st.error(str(job.error))
    left, right, start = st.columns((3, 1, 1), vertical_alignment="bottom")
    perplexity = left.slider(
        "Perplexity", help="How many neighbours each cell is to be near, about. The article took 50.", **address.widget("order_perplexity")
    )
    seed = right.number_input("Seed", **address.widget("order_seed"))
    short = len(strokes) < LEAST_STEPS
    given = (checkpoint, strokes, top, perplexity, int(seed))
    start.button("Sort by this ink", on_click=begin, args=given, key="order_begin", disabled=short, width="stretch")
    if short:
        st.caption(f"This ink is too short to sort the cells by: it has {len(strokes)} steps, and {LEAST_STEPS} are the least.")


def begin(checkpoint: str, strokes: Strokes, top: np.ndarray | None, perplexity: float, seed: int) -> None:
    """Start sorting."""
    trace = cached.recorded(checkpoint, strokes)
    upwards = -np.arange(trace.cell.shape[1]) if top is None else top
    job = Job(lambda report: order_cells([trace], upwards, perplexity=perplexity, seed=seed, progress=report))
    st.session_state[JOB] = (checkpoint, cached.ink_key(strokes)), job


@st.fragment(run_every=POLL_S)
@fault.guarded
def progress() -> None:
    """How far it is, and a way to stop it; when it is done, the whole page runs again with the new order."""
    _, job = st.session_state[JOB]
    if not job.running:
        if job.result is not None:
            choose(order=LIVE)
        st.rerun()
    bar, stop = st.columns((4, 1), vertical_alignment="bottom")
    waiting = f"Waiting for {'another visitor’s sort' if job.ahead == 1 else f'{job.ahead} other visitors’ sorts'} …"
    bar.progress(job.done, waiting if job.ahead else "Sorting the cells by this ink …")
    stop.button("Stop", on_click=job.stop, key="order_stop", width="stretch")
