"""What the network's parts take: sampling, futures, recording and ordering of cells, the picture that is sent."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

from hwmodel.benchmarks.measurement import Measurement, best_of, peak_extra_mb, threads
from hwmodel.benchmarks.text import text
from hwmodel.benchmarks.visitors import second_thread
from hwmodel.benchmarks.waits import waits
from hwmodel.cells.atlas import load_cell_map, map_path
from hwmodel.cells.ordering import network_order, order_cells
from hwmodel.cells.recording import record_cells
from hwmodel.cells.roles import ROLES, CellRoles
from hwmodel.cells.trace import CellTrace
from hwmodel.futures.drawing import CHUNK_ROWS, draw_futures
from hwmodel.ink.strokes import Strokes
from hwmodel.network.many_rows import fast_precision
from hwmodel.network.model import HandwritingModel
from hwmodel.network.shipped import available_checkpoints
from hwmodel.network.stepper import Stepper
from hwmodel.sampling.lines import generate
from hwmodel.views.cell_view import Recording, RowNames, view_bytes


def sampling(model: HandwritingModel) -> list[Measurement]:
    """Milliseconds a step, one line and 50 side by side, on one thread."""
    with threads(1):
        return [_sampling(model, rows, steps, most) for rows, steps, most in ((1, 400, 2.5), (50, 200, 1.6))]


def _sampling(model: HandwritingModel, rows: int, steps: int, most: float) -> Measurement:
    def write() -> None:
        generate(model, range(rows), max_steps=steps)

    stepper = Stepper(model, rows)

    @torch.inference_mode()
    def multiply() -> None:
        for _ in range(steps):
            torch.mm(stepper.inputs, stepper.weights, out=stepper.gates)
            torch.mm(stepper.hidden, stepper.output_weights, out=stepper.raw)

    peak_mb = peak_extra_mb(write)  # first: later calls find memory that earlier ones left
    written, bound = best_of([write, multiply])
    name = "sampling, one line" if rows == 1 else f"sampling, {rows} lines side by side"
    return Measurement(name, 1e3 * written / steps, "ms a step", 1e3 * bound / steps, most, peak_mb=peak_mb)


def futures(model: HandwritingModel) -> list[Measurement]:
    """50 x 8 futures at 600 points: in float32 on one thread, and as the pages have them on all cores; and the memory of 2,000 points."""
    points, samples, steps, cells = 600, 50, 8, model.config.cells
    random = torch.Generator().manual_seed(0)
    trace = CellTrace(*(torch.randn(2, points, cells, generator=random) * 0.3).numpy())
    long = CellTrace(*(torch.randn(2, 2000, cells, generator=random) * 0.3).numpy())
    batch = CHUNK_ROWS // samples * samples
    stepper = Stepper(model, batch)
    hidden = torch.randn(batch, cells, generator=random) * 0.3

    @torch.inference_mode()
    def multiply() -> None:
        """The first distribution and the first recurrent product are one a point; all later ones one a future."""
        for _ in range(points * samples // batch):
            torch.mm(hidden[: batch // samples], stepper.weights[:cells])
            torch.mm(hidden[: batch // samples], stepper.output_weights)
            for step in range(1, steps):
                if step > 1:
                    torch.mm(stepper.inputs, stepper.weights, out=stepper.gates)
                torch.mm(hidden, stepper.output_weights, out=stepper.raw)

    def draw(precision: torch.dtype) -> Callable[[], object]:
        return lambda: draw_futures(model, trace, samples, steps, 0.5, 0, precision=precision)

    fast = fast_precision()
    with threads(1):
        peak_mb = peak_extra_mb(lambda: draw_futures(model, long, samples, steps, 0.5, 0))
        exact, quick, bound = best_of([draw(torch.float32), draw(fast), multiply], turns=3)
    all_exact, all_quick, all_bound = best_of([draw(torch.float32), draw(fast), multiply], turns=3)
    name, most = str(fast).removeprefix("torch."), 1.5 if fast == torch.float32 else 1.0
    measured = [
        Measurement("futures, 600 x 50 x 8, float32, one thread", exact, "s", bound, 1.5),
        Measurement(f"futures, 600 x 50 x 8, {name}, one thread", quick, "s", bound, most),
        Measurement("futures, 600 x 50 x 8, float32, all cores", all_exact, "s", all_bound, 1.5),
        Measurement(f"futures, 600 x 50 x 8, {name}, all cores", all_quick, "s", all_bound, most),
    ]
    return measured if peak_mb is None else [*measured, Measurement("futures, 2,000 x 50 x 8: memory", peak_mb, "MB", most=300.0)]


def cell_view(model: HandwritingModel) -> list[Measurement]:
    """Kilobytes that the browser is sent for ink of 600 steps, with one order beside the network's own and a name for every cell."""
    steps, cells = 600, model.config.cells
    strokes = Strokes(np.tile((0.3, 0.0, 0.0), (steps, 1)))
    effect, low, high = np.full((3, len(ROLES), cells), -0.5)
    names = RowNames.of(CellRoles(effect, low, high, np.zeros(cells), np.zeros(cells, np.int8)))
    recording = Recording.of(strokes, record_cells(model, strokes), names=names, orders={"t-SNE": network_order(cells)})
    return [Measurement(f"cell view, {cells} cells x {steps}", len(view_bytes(recording, "view", "cells")) / 1e3, "kB sent", most=320)]


def cells(model: HandwritingModel) -> list[Measurement]:
    """Recording 1,000 points, loading a shipped order with its roles, and sorting the cells by the ink at hand; on one thread."""
    steps, count = 1000, model.config.cells
    random = np.random.default_rng(0)
    strokes = Strokes(np.concatenate((random.normal(0, 0.4, (steps, 2)), random.random((steps, 1)) < 0.03), axis=1))
    stepper, trace = Stepper(model, 1), record_cells(model, strokes)
    recurrent = stepper.weights[:count].contiguous()

    @torch.inference_mode()
    def multiply() -> None:
        for _ in range(steps):
            torch.mm(stepper.hidden, recurrent, out=stepper.gates)

    with threads(1):
        recorded, bound = best_of([lambda: record_cells(model, strokes), multiply])
        (sorted_in,) = best_of([lambda: order_cells([trace], np.arange(count), perplexity=min(10, count / 3))], turns=2)
        measured = [
            Measurement("recording 1,000 points", 1e3 * recorded, "ms", 1e3 * bound, 3.0),
            Measurement(f"t-SNE of {count} cells", sorted_in, "s"),
        ]
        shipped = [name for name in available_checkpoints() if map_path(name).exists()]
        if shipped:
            (loaded,) = best_of([lambda: load_cell_map(shipped[0])], turns=20)
            measured.append(Measurement("loading a shipped order and roles", 1e3 * loaded, "ms", most=5.0))
    return measured


# Each takes the model and measures one matter: add yours here.
MEASURE: tuple[Callable[[HandwritingModel], list[Measurement]], ...] = (sampling, text, futures, cells, cell_view, second_thread, waits)
