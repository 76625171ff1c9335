"""Two networks on the same ink: what each of them finds surprising, and what each of them writes."""

from __future__ import annotations

import numpy as np
import streamlit as st

from hwmodel.ink.strokes import Strokes
from hwmodel.network.shipped import CheckpointError, available_checkpoints
from hwmodel.sampling.laws import GRAVES
from hwmodel.views.colours import PAIR
from hwmodel.views.ink_colours import by_difference
from hwmodel.views.ink_view import NOT_ONE, Panel
from pages.ui import cached
from pages.ui.components.ink_view import ink_view
from pages.ui.model.card import with_minus
from pages.ui.shell import address, terms
from pages.ui.shell.ink_source import title
from pages.ui.shell.paper import current_paper

YOURS = "one of your own"
SMOOTHED = 15  # steps
STEPS = 600
PX_PER_UNIT = 7.0
MOST_MB = 40


def second_network(first: str) -> str | None:
    """Ask for the network to compare with; None where there is none yet."""
    others = [name for name in available_checkpoints() if name != first]
    name = st.selectbox("Compare with", [*others, YOURS], format_func=called, key="model_other", persist_state="session")
    if name != YOURS:
        return str(name)
    file = st.file_uploader(
        "Checkpoint",
        type="safetensors",
        max_upload_size=MOST_MB,
        help="As `python -m hwmodel.train` writes it. It is kept for you alone, until you leave.",
    )
    if file is None:
        st.info("Give a checkpoint that `python -m hwmodel.train` has written: a .safetensors file of a network that writes as it likes.")
        return None
    try:
        return cached.own_checkpoint(file.getvalue())
    except CheckpointError as error:
        st.error(f"This checkpoint cannot be used: {error}.")
        return None


def comparison(first: str, strokes: Strokes) -> None:
    """Both networks' surprise along the ink, and a line that each writes."""
    other = second_network(first)
    if other is None:
        return
    names = (called(first), called(other))
    nats = [cached.surprises(name, [strokes])[0].sum(axis=1) for name in (first, other)]
    terms.markdown(in_words(names, nats))
    apart = by_difference(smoothed(nats[0] - nats[1]), "who is surprised less:", names)
    ink_view([Panel(strokes, "this ink", "")], "model_apart", lambda index: None, PX_PER_UNIT, 2.0, apart, chosen=NOT_ONE)
    st.plotly_chart(curves(names, nats), key="model_curves")
    st.caption("What each of the two writes itself")
    seed, bias = int(address.value("ink_seed")), float(address.value("ink_bias"))
    written = [cached.written_lines(name, (seed,), GRAVES, (bias,), 0.0, STEPS)[0].strokes for name in (first, other)]
    panels = [Panel(line, name, f"{name}, seed {seed}, bias {bias:g}") for line, name in zip(written, names, strict=True)]
    ink_view(panels, "model_lines", lambda index: None, PX_PER_UNIT, 2.0, chosen=NOT_ONE)


def called(network: str) -> str:
    """A network in words; one's own is that."""
    return YOURS if network == YOURS or network.startswith(cached.OWN) else title(network)


def in_words(names: tuple[str, str], nats: list[np.ndarray]) -> str:
    """Which of the two expects this ink better, and where they differ most."""
    means = [float(each.mean()) for each in nats]
    better = int(np.argmin(means))
    apart = smoothed(nats[0] - nats[1])
    most = int(np.argmax(np.abs(apart)))
    surer = names[int(apart[most] > 0)]
    words = (
        f"**{names[better]}** expects this ink better: {means[better]:.2f} nats a step, {names[1 - better]} {means[1 - better]:.2f} "
        f"(lower is better). They differ most about step {most + 1:,}, where {surer} is surprised less."
    )
    return with_minus(words)


def smoothed(nats: np.ndarray) -> np.ndarray:
    """The mean of the steps about each step."""
    window = np.ones(min(SMOOTHED, len(nats)))
    return np.asarray(np.convolve(nats, window, "same") / np.convolve(np.ones(len(nats)), window, "same"))


def curves(names: tuple[str, str], nats: list[np.ndarray]) -> object:
    """Surprise along the ink, smoothed."""
    from plotly.graph_objects import Figure, Scatter

    figure = Figure()
    for name, each, colour, dash in zip(names, nats, PAIR[current_paper()], ("solid", "dot"), strict=True):
        figure.add_trace(Scatter(x=np.arange(1, len(each) + 1), y=smoothed(each), name=name, line={"color": colour, "dash": dash}))
    layout = {"height": 260, "margin": {"l": 10, "r": 10, "t": 10, "b": 40}, "legend": {"orientation": "h", "y": 1.15}}
    return figure.update_layout(**layout).update_xaxes(title="step of the ink").update_yaxes(title=f"nats a step, mean of {SMOOTHED}")
