"""The only caches, with those of `cached_told` and `cached_futures`: everything that a page computes comes from there.

Keys are (checkpoint name, ink, plain values, seed)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from hwmodel.cells.atlas import CellMap, load_cell_map
from hwmodel.cells.trace import CellTrace, OwnLines, Trial
from hwmodel.cells.usual import Usual
from hwmodel.futures.values import NextStep
from hwmodel.ink.pen_path import respaced
from hwmodel.ink.strokes import Strokes
from hwmodel.network.shipped import Kind, available_checkpoints, ranking_recogniser
from hwmodel.sampling.hands import Hand
from hwmodel.sampling.laws import LAWS
from hwmodel.sampling.told import Told
from hwmodel.views import engine as views
from hwmodel.views.story import Story, load_story
from pages.ui.components.engine import parts

if TYPE_CHECKING:
    from concurrent.futures import Future

    from hwmodel.network.checkpoint import Checkpoint
    from hwmodel.network.model import HandwritingModel
    from hwmodel.network.text_model import TextModel
    from hwmodel.sampling.free_company import FreeCompany, Reading
    from hwmodel.sampling.lines import Generated
    from hwmodel.sampling.text_lines import WrittenText
    from hwmodel.sampling.told_company import ToldCompany
    from hwmodel.training.recogniser import Recogniser


def ink_key(strokes: Strokes) -> bytes:
    """A whole line, with where it begins, as a cache key (arrays of 500,000 elements or more would only be sampled)."""
    return np.array(strokes.start).tobytes() + strokes.offsets.tobytes()


INK_HASH: dict[str | type[Any], Callable[[Any], Any]] = {Strokes: ink_key}


OWN = "own checkpoint "  # begins the name of a visitor's own network, which is kept in their session alone


def load_model(name: str) -> Checkpoint[HandwritingModel]:
    """The checkpoint of a name: a shipped one, or the visitor's own."""
    return st.session_state[name] if name.startswith(OWN) else shipped_model(name)


@st.cache_resource(show_spinner="Loading the network …")
def shipped_model(name: str) -> Checkpoint[HandwritingModel]:
    """The shipped checkpoint of a name. Shared by every visitor: never to be changed."""
    from hwmodel.network.checkpoint import load_checkpoint

    return load_checkpoint(name)


def own_checkpoint(data: bytes) -> str:
    """The name of the network in a visitor's file, which they have for themselves, one at a time. Raises CheckpointError."""
    from tempfile import TemporaryDirectory

    from hwmodel.network.checkpoint import load_checkpoint

    with TemporaryDirectory() as folder:
        path = Path(folder) / "yours.safetensors"
        path.write_bytes(data)
        checkpoint = load_checkpoint(str(path))
    name = OWN + checkpoint.fingerprint
    for kept in [key for key in st.session_state if str(key).startswith(OWN) and key != name]:
        del st.session_state[kept]
    st.session_state[name] = checkpoint
    return name


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=INK_HASH)
def spaced_anew(strokes: Strokes) -> Strokes | str:
    """The ink with its points spaced as a pen's, or the sentence that says why that cannot be done."""
    try:
        return respaced(strokes)
    except ValueError as error:
        return str(error)


@st.cache_resource(max_entries=4, show_spinner=False)
def company(checkpoint: str) -> FreeCompany:
    """All visitors' lines of a network, read and written side by side."""
    from hwmodel.sampling.free_company import FreeCompany

    return FreeCompany(load_model(checkpoint).model)


@st.cache_data(max_entries=8, max_size="40MB", show_spinner="Reading the ink …", hash_funcs=INK_HASH)
def reading(checkpoint: str, strokes: Strokes) -> Reading:
    """How the network reads the ink."""
    return company(checkpoint).read(strokes).result()


@st.cache_data(max_entries=4, max_size="40MB", show_spinner="Reading the ink …", hash_funcs=INK_HASH)
def recorded_with_gates(checkpoint: str, strokes: Strokes) -> CellTrace:
    """What every cell and its gates do while the ink is read."""
    from hwmodel.cells.recording import record_cells

    return record_cells(load_model(checkpoint).model, strokes, gates=True)


def recorded(checkpoint: str, strokes: Strokes, gates: bool = False) -> CellTrace:
    """What every cell does while the ink is read, with the gates where they are asked for."""
    if gates:
        return recorded_with_gates(checkpoint, strokes)
    read = reading(checkpoint, strokes)
    return CellTrace(read.hidden[1:], read.cell[1:])


@st.cache_resource(max_entries=400, show_spinner=False)
def asked_line(checkpoint: str, seed: int, law: str, value: float, pen_bias: float, steps: int) -> Future[Generated]:
    """A line that will be there, so that all lines of a page, and of all visitors, are written side by side, and none of them twice."""
    return company(checkpoint).write(seed, LAWS[law](value, pen_bias), steps)


def written_lines(checkpoint: str, seeds: tuple[int, ...], law: str, values: tuple[float, ...], pen_bias: float, steps: int) -> list[Generated]:
    """A line for each seed, sharpened by a law of `hwmodel.sampling.laws` with the value of the same place."""
    asked = [asked_line(checkpoint, seed, law, value, pen_bias, steps) for seed, value in zip(seeds, values, strict=True)]
    return [line.result() for line in asked]


@st.cache_resource(show_spinner="Loading the network that is told what to write …")
def load_text_model(name: str) -> Checkpoint[TextModel]:
    """The shipped text network of a name. Shared by every visitor: never to be changed."""
    from hwmodel.network.checkpoint import load_text_checkpoint

    return load_text_checkpoint(name)


def load_writer(name: str) -> Checkpoint[HandwritingModel] | Checkpoint[TextModel]:
    """The checkpoint of a name, whether its network is told a text or not."""
    return load_text_model(name) if name in available_checkpoints(kind=Kind.TEXT) else load_model(name)


@st.cache_resource(show_spinner=False)
def load_reader() -> Recogniser | None:
    """The recogniser that ranks; None where there is none. Shared by every visitor: never to be changed."""
    from hwmodel.training.recogniser import load_recogniser

    name = ranking_recogniser()
    return load_recogniser(name) if name else None


@st.cache_resource(max_entries=4, show_spinner=False)
def told_company(checkpoint: str) -> ToldCompany:
    """All visitors' lines of a network that is told them, written side by side."""
    from hwmodel.sampling.told_company import ToldCompany

    return ToldCompany(load_text_model(checkpoint).model)


def hand_key(hand: Hand) -> tuple[str, bytes]:
    """A hand as a cache key."""
    return hand.text, ink_key(hand.strokes)


@st.cache_data(max_entries=64, show_spinner="Writing …", hash_funcs={Hand: hand_key})
def told_samples(checkpoint: str, line: str, seed: int, bias: float, hand: Hand | None, samples: int) -> list[Told]:
    """Samples of a line of text, those that came to their end, the most legible first; in a hand, or in any. Raises ValueError, a sentence."""
    from hwmodel.sampling.laws import graves
    from hwmodel.training.writing import write_ranked

    reader = load_reader()
    (ranks,) = write_ranked(told_company(checkpoint), [line], [(seed, 0)], samples if reader else 1, graves(bias), reader, hand)
    return as_told(ranks)


@st.cache_data(max_entries=16, show_spinner="Writing the page …", hash_funcs={Hand: hand_key})
def told_lines(checkpoint: str, lines: tuple[str, ...], seed: int, bias: float, hand: Hand | None, samples: int) -> list[Told]:
    """The most legible of some samples of each line, all in one hand. Raises ValueError, a sentence."""
    from hwmodel.sampling.laws import graves
    from hwmodel.training.writing import write_best

    reader = load_reader()
    return as_told(write_best(told_company(checkpoint), lines, seed, samples if reader else 1, graves(bias), reader, hand=hand))


def as_told(lines: Sequence[WrittenText]) -> list[Told]:
    """Lines as pages hold them, with what the recogniser reads."""
    from hwmodel.training.recogniser import read_lines

    reader = load_reader()
    read = read_lines(reader, [line.strokes for line in lines]) if reader else [line.text for line in lines]
    return [Told(line.text, line.strokes, line.letters.astype(np.uint16), said) for line, said in zip(lines, read, strict=True)]


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=INK_HASH)
def surprises(checkpoint: str, lines: Sequence[Strokes]) -> list[np.ndarray]:
    """How surprising each step of some lines is, as `hwmodel.network.likelihood` tells."""
    from hwmodel.network.likelihood import nats_of

    alone = len(lines) == 1  # so that its page wants to know of its cells as well
    read = [reading(checkpoint, lines[0])] if alone else [asked.result() for asked in [company(checkpoint).read(line) for line in lines]]
    return [nats_of(each.raw[:-1], line.offsets) for each, line in zip(read, lines, strict=True)]


@st.cache_resource(max_entries=2, show_spinner="Writing lines to look at …")
def own_lines(checkpoint: str) -> OwnLines:
    """Lines the network wrote itself, with its cells. Shared: never to be changed."""
    from hwmodel.cells.sample_lines import write_own_lines

    return write_own_lines(load_writer(checkpoint).model)


@st.cache_resource(max_entries=4, show_spinner=False)
def packed_weights(checkpoint: str) -> bytes:
    """The weights of a network of either kind as the browser takes them."""
    from hwmodel.network.as_arrays import weights_of
    from hwmodel.views.network_weights import weights_bytes

    known = load_writer(checkpoint)
    return weights_bytes(weights_of(known.model), known.fingerprint, known.model.config.units_per_offset)


@st.cache_resource(max_entries=2, show_spinner=False)
def engine_file(checkpoint: str) -> bytes:
    """The engine with a network's weights, as one file that the browser fetches."""
    return views.engine_file(parts(), packed_weights(checkpoint))


@st.cache_resource(max_entries=2, show_spinner=False)
def usual_cells(checkpoint: str) -> Usual:
    """What is usual for each cell, as its map says; where the map is too old to say it, on lines the network wrote itself. Raises CheckpointError."""
    own = cell_map(checkpoint).usual
    if own is not None:
        return own
    cell = own_lines(checkpoint).together
    return Usual.of([CellTrace(cell, cell)])  # hidden states are not looked at


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=INK_HASH)
def continuations(checkpoint: str, strokes: Strokes, seeds: tuple[int, ...], bias: float, steps: int) -> list[Generated]:
    """How the network goes on from some ink, once for each seed."""
    from hwmodel.sampling.laws import graves

    read = reading(checkpoint, strokes)
    asked = [company(checkpoint).write(seed, graves(bias), steps, (strokes, read)) for seed in seeds]
    return [line.result() for line in asked]


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=INK_HASH)
def next_step_at(checkpoint: str, strokes: Strokes, point: int) -> NextStep:
    """The mixture after a point of the ink, as the network has learnt it."""
    from hwmodel.futures.branches import next_step
    from hwmodel.sampling.laws import AS_LEARNT

    return next_step(load_model(checkpoint).model, recorded(checkpoint, strokes), point, AS_LEARNT)


@st.cache_data(max_entries=64, show_spinner=False)
def trial(checkpoint: str, cells: tuple[int, ...], value: float | None, seeds: tuple[int, ...], bias: float, steps: int) -> Trial:
    """What the network does while some cells are held at a value, or at each cell's own mean where there is none; see `hwmodel.cells.holding`."""
    from hwmodel.cells.holding import hold, trial
    from hwmodel.sampling.laws import graves

    model, own = load_model(checkpoint).model, own_lines(checkpoint)
    values = own.together[:, list(cells)].mean(axis=0) if value is None else [value] * len(cells)
    return trial(model, hold(model, cells, values) if cells else None, own.strokes, seeds, graves(bias), steps)


@st.cache_data(max_entries=64, show_spinner=False)
def other_cells(checkpoint: str, cells: tuple[int, ...], seed: int) -> tuple[int, ...]:
    """As many other cells, by chance."""
    from hwmodel.cells.holding import others

    return others(cells, load_writer(checkpoint).model.config.cells, seed)


@st.cache_resource(max_entries=4, show_spinner=False)
def cell_map(checkpoint: str) -> CellMap:
    """The shipped order and roles of a checkpoint's cells, made for these very weights. Raises CheckpointError. Shared: never to be changed."""
    known = load_writer(checkpoint)
    return load_cell_map(checkpoint, known.fingerprint, cells=known.model.config.cells)


@st.cache_resource(show_spinner=False)
def story() -> Story:
    """What the front page shows, without any network. Raises CheckpointError. Shared: never to be changed."""
    return load_story()


@st.cache_resource(show_spinner=False)
def story_map(_story: Story) -> CellMap:
    """The order and roles of the cells that the story looks at. Raises CheckpointError. Shared: never to be changed."""
    return load_cell_map(_story.checkpoint, _story.fingerprint)
