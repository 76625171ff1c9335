"""What every cell does while ink is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np
import torch

from hwmodel.cells.trace import CellTrace, WindowTrace
from hwmodel.data.texts import encode
from hwmodel.ink.page import lines_on
from hwmodel.ink.strokes import Strokes
from hwmodel.network.model import HandwritingModel
from hwmodel.network.stepper import Held, Stepper
from hwmodel.network.text_model import TextModel
from hwmodel.network.text_stepper import TextStepper


def record_cells(model: HandwritingModel, strokes: Strokes, gates: bool = False, held: Held | None = None) -> CellTrace:
    """The cells' record of one piece of ink, from the zero state, with the chosen cells `held` where that is asked.

    >>> from hwmodel.ink.shapes import shape
    >>> from hwmodel.network.checkpoint import load_checkpoint
    >>> ink = shape("Circle")
    >>> trace = record_cells(load_checkpoint("unipen").model, ink)
    >>> trace.cell.shape == (len(ink), 500)
    True
    """
    return record_lines(model, [strokes], gates, held)[0]


@torch.inference_mode()
def record_lines(model: HandwritingModel, lines: Sequence[Strokes], gates: bool = False, held: Held | None = None) -> list[CellTrace]:
    """The cells' record of each line, read side by side."""
    return [after_zeros(trace) for trace in record(Stepper(model, len(lines), held), lines, gates)]


@torch.inference_mode()
def record_text_lines(
    model: TextModel, lines: Sequence[Strokes], texts: Sequence[str], gates: bool = False, held: Held | None = None
) -> list[tuple[CellTrace, WindowTrace]]:
    """The record of the cells and of the window for each line, read side by side by a network that is told what each says."""
    traces, windows = record_windows(model, lines, texts, gates, held)
    return [(after_zeros(trace), after_zeros(window)) for trace, window in zip(traces, windows, strict=True)]


@torch.inference_mode()
def record_told(model: TextModel, strokes: Strokes, text: str, gates: bool = False, held: Held | None = None) -> tuple[CellTrace, WindowTrace]:
    """The record of ink whose lines, one below the other, say the lines of `text`: see `WindowTrace`. Raises ValueError where the ink cannot have so
    many lines."""
    texts = text.split("\n")
    lines = [Strokes(strokes.offsets[line]) for line in lines_on(strokes, len(texts))]
    traces, windows = record_windows(model, lines, texts, gates, held)
    traces[0], windows[0] = after_zeros(traces[0]), after_zeros(windows[0])
    phi, row, column = np.zeros((len(strokes), len(text)), np.float32), 0, 0
    for window in windows:
        rows, columns = window.phi.shape
        phi[row : row + rows, column : column + columns] = window.phi
        row, column = row + rows, column + columns + 1
    line = np.repeat(np.arange(len(texts)), [len(window.phi) for window in windows])
    together = WindowTrace(text, phi, line, *(np.concatenate([getattr(window, name) for window in windows]) for name in ("kappa", "progress")))
    hidden, cell = (np.concatenate([getattr(trace, name) for trace in traces]) for name in ("hidden", "cell"))
    return CellTrace(hidden, cell, np.concatenate([trace.gates for trace in traces if trace.gates is not None]) if gates else None), together


def record_windows(
    model: TextModel, lines: Sequence[Strokes], texts: Sequence[str], gates: bool, held: Held | None
) -> tuple[list[CellTrace], list[WindowTrace]]:
    """The record of the cells and of the window for each line, both with a row for the zeros that the network reads first."""
    stepper = TextStepper(model, model.text(texts), held)
    kept: list[list[torch.Tensor]] = [[], [], []]

    def keep() -> None:
        for rows, each in zip(kept, (stepper.phi, stepper.kappa[:, 0], stepper.progress), strict=True):
            rows.append(each.clone())

    traces = record(stepper, lines, gates, keep)
    phi, kappa, progress = (torch.stack(rows, dim=1).cpu().numpy() for rows in kept)  # (rows, longest + 1, U), and twice (rows, longest + 1)
    windows = []
    for row, (line, text) in enumerate(zip(lines, texts, strict=True)):
        steps = slice(len(line) + 1)
        weights, alone = phi[row, steps, : len(text)].copy(), np.zeros(len(line) + 1, np.int64)
        windows.append(WindowTrace(text, weights, alone, kappa[row, steps].copy(), progress[row, steps].copy()))
    return traces, windows


def record(stepper: Stepper, lines: Sequence[Strokes], gates: bool = False, after: Callable[[], None] = lambda: None) -> list[CellTrace]:
    """The cells' record of each line, with a row for the zeros that the network reads first, read by a fresh stepper with a row for each; `after` is
    called after each step."""
    longest, (rows, cells) = max(map(len, lines)), stepper.cell.shape
    offsets = torch.zeros(longest + 1, rows, 3)  # short lines read zeros at their end
    for row, strokes in enumerate(lines):
        offsets[1 : len(strokes) + 1, row] = torch.from_numpy(strokes.offsets.copy())
    hidden, cell = torch.empty(2, longest + 1, rows, cells)
    gate = torch.empty(longest + 1 if gates else 0, rows, 4, cells)
    for t, offset in enumerate(offsets.to(stepper.cell.device)):
        stepper.offset.copy_(offset)
        stepper.advance()
        after()
        hidden[t], cell[t] = stepper.hidden, stepper.cell
        if gates:
            gate[t] = stepper.gates.view(rows, 4, cells)
    gate[:, :, 2].mul_(2).sub_(1)  # the stepper keeps sigmoid(2x) for tanh(x)
    hidden, cell, gate = (array.transpose(0, 1) for array in (hidden, cell, gate))  # (rows, longest + 1, ...)
    lengths = [len(strokes) + 1 for strokes in lines]
    return [
        CellTrace(hidden[row, :steps].numpy().copy(), cell[row, :steps].numpy().copy(), gate[row, :steps].numpy().copy() if gates else None)
        for row, steps in enumerate(lengths)
    ]


def known_states(model: HandwritingModel | TextModel, trace: CellTrace, window: WindowTrace | None = None) -> np.ndarray:
    """What each next movement is predicted from: hidden states (T, H), and the window's weight on each class of characters where a text is known,
    (T, H + C). Raises ValueError for a text network without its window's record."""
    if isinstance(model, HandwritingModel):
        return trace.hidden
    if window is None:
        raise ValueError("a text network predicts from its window too: expected its record, got none; record the ink with record_told")
    classes = np.zeros((len(trace), model.config.classes), np.float32)
    np.add.at(classes.T, encode(window.text, model.config.alphabet), window.phi.T)
    return np.concatenate((trace.hidden, classes), axis=1)


Recorded = TypeVar("Recorded", CellTrace, WindowTrace)


def after_zeros(recorded: Recorded) -> Recorded:
    """Without the row of the zeros."""
    rows: dict[str, Any] = {each.name: values[1:] for each in fields(recorded) if isinstance(values := getattr(recorded, each.name), np.ndarray)}
    return replace(recorded, **rows)
