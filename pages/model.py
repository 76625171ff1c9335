"""Model: how the network works, what it learnt from, how good it is, and another one beside it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from hwmodel.ink.strokes import Strokes
from hwmodel.network.shipped import CheckpointError
from hwmodel.views.colours import PAIR
from pages.ui import cached
from pages.ui.components.cell_view import Choice, choose, current
from pages.ui.model import card
from pages.ui.model.compare import comparison
from pages.ui.model.step import step_figures
from pages.ui.shell import address, entrance, ink_source, terms
from pages.ui.shell.paper import current_paper
from pages.ui.shell.table import table

MOST_POINTS = 2000  # of the ink that are looked at
GRAVES, ESSAY = "https://arxiv.org/abs/1308.0850", "https://distill.pub/2016/handwriting/"
LEAD = (
    "It is told one pen movement at a time, remembers in 500 cells what came before, and says where the pen may go next: a recurrent network with a "
    f"mixture of Gaussians at its end, as [Graves]({GRAVES}) described it and [the essay]({ESSAY}) used it."
)
ESSAY_LINES = "IAM-OnDB validation"  # as cards call them
CONVENTION = (
    "How surprised it is, on average, by each movement of people from whom it learnt nothing: place and pen lift together, in **nats a step**, with "
    "lengths in model units. Lower is better."
)
BESIDE = "the essay’s weights, measured in the same way", "−1.848", "−1.713"
AT_RESOLUTION = (
    "At the recording’s resolution: where a place was rounded to a grid, a cloud narrower than the grid gains nothing. The essay’s weights have such "
    f"a cloud. [Graves (2013)]({GRAVES}) gives −1,026 nats a *line* for one layer of 900 cells, on lengths that were scaled otherwise: nothing here "
    "can be compared with that figure."
)


def one_step(checkpoint: str, strokes: Strokes) -> None:
    """A step of the network, at a point that can be chosen."""
    first = len(strokes) // 3
    kept = min(max(current(Choice(step=first)).step, 0), len(strokes) - 1)
    st.session_state.setdefault("model_step", kept + 1)
    st.session_state.model_step = min(max(st.session_state.model_step, 1), len(strokes))
    point = st.slider("Step of the ink", 1, len(strokes), key="model_step", on_change=lambda: choose(step=st.session_state.model_step - 1)) - 1
    address.write(step=None if point == first else str(point + 1))
    trace = cached.recorded(checkpoint, strokes)
    try:
        order = cached.cell_map(checkpoint).order
        cells, laid = trace.cell[point, order.permutation] * order.sign[order.permutation], "sorted by what they do"
    except CheckpointError:
        cells, laid = trace.cell[point], "in the network’s own order"
    step = cached.next_step_at(checkpoint, strokes, point)
    for place, (words, figure) in zip(st.columns(4), step_figures(strokes, cells, point, step, current_paper()).items(), strict=True):
        place.caption(words)
        place.plotly_chart(figure, key=words)
    loudest = int(np.argmax(step.pi))
    came = "the ink ends here" if point + 1 == len(strokes) else "the orange dot is where it did go"
    terms.markdown(
        f"**1** The last movement comes in: how far right, how far down, and whether the pen lifted. **2** {len(cells)} cells, here {laid}, "
        f"change a little and keep a memory of all that came before. **3** From them come {len(step.pi)} bell-shaped clouds; added up they "
        f"say where the pen may go (the strongest holds {step.pi[loudest]:.0%}), and {came}. **4** The pen lifts after the next movement with a "
        f"chance of {step.pen_up:.1%}. When the network writes by itself, one movement is drawn by chance from 3 and 4 and comes in as the next 1."
    )


def figures(checkpoint: str) -> None:
    """What it learnt from and how good it is, as its card says."""
    parts = card.sections(checkpoint)
    if not parts:
        st.info("This network has no card.")
        return
    st.header("What it learnt from")
    st.markdown(parts.get("Data and licence", ""))
    st.header("How good it is")
    terms.markdown(CONVENTION)
    predicts = parts.get("How well it predicts", "")
    beside_the_essay(checkpoint, predicts)
    terms.caption(AT_RESOLUTION)
    with st.expander("On all lines it was tried on"):
        terms.markdown(card.without_last_column(predicts))
    curve = card.learning_curve(parts.get("How it was trained", ""))
    if curve:
        st.subheader("While it learnt")
        terms.caption(
            "The lower, the better it guesses. The lines it learns from are bent a little each time, so that it learns none by heart; the validation "
            "lines are as they were written."
        )
        learning_curve(curve)


def beside_the_essay(checkpoint: str, predicts: str) -> None:
    """Its figures on the lines that the essay's weights were measured on too."""
    own = card.on_lines(predicts, ESSAY_LINES)
    heads = "", "nats a step", "at the recording’s resolution"
    rows = ([(f"{ink_source.title(checkpoint)}, this network", *own)] if own else []) + [BESIDE]
    st.caption("On the 185 validation lines of IAM-OnDB")
    table([dict(zip(heads, row, strict=True)) for row in rows])


def with_a_text(checkpoint: str) -> None:
    """What changes in its cells and in its ink when it is told what to write, as the card of that network says."""
    told = card.sections(f"{checkpoint}-text").get("What changes when the text is told")
    if told is None:
        return
    _, how, letters, sentence, pieces, likeness, *_ = told.split("\n\n")
    st.header("When it is told what to write")
    st.markdown(sentence)
    with st.expander("How that was measured, and how like people’s its ink is"):
        st.markdown("\n\n".join((how, letters, pieces, likeness)))


def learning_curve(curve: list[tuple[int, float, float]]) -> None:
    """How it got better while it was trained."""
    from plotly.graph_objects import Figure, Scatter

    figure = Figure()
    updates, *nats = zip(*curve, strict=True)
    for name, values, colour, dash in zip(("lines it learns from", "validation lines"), nats, PAIR[current_paper()], ("dot", "solid"), strict=True):
        figure.add_trace(Scatter(x=updates, y=values, name=name, mode="lines+markers", line={"color": colour, "dash": dash}))
    figure.update_layout(height=300, margin={"l": 10, "r": 10, "t": 10, "b": 40}, legend={"orientation": "h", "y": 1.15})
    figure.update_xaxes(title="updates").update_yaxes(title="nats a step")
    st.plotly_chart(figure, key="model_curve")


def page() -> None:
    """One step as a picture, the card in short, and two networks on the same ink."""
    entrance.begin("How the network works", LEAD)
    checkpoint, strokes = ink_source.checkpoint_name(), ink_source.current_ink().strokes.first(MOST_POINTS)
    st.header("One step")
    if len(strokes) < 2:
        st.info("There is too little ink to look at: it needs two points at least. Write some more, or choose another ink at the left.")
    else:
        one_step(checkpoint, strokes)
    figures(checkpoint)
    with_a_text(checkpoint)
    if len(strokes) >= 2:
        st.header("Two networks on the same ink")
        comparison(checkpoint, strokes)


page()
