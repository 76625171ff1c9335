"""What every cell does while ink is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch

from hwmodel.cells.trace import CellTrace, WindowTrace
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
    return record(Stepper(model, len(lines), held), lines, gates)


@torch.inference_mode()
def record_text_lines(
    model: TextModel, lines: Sequence[Strokes], texts: Sequence[str], gates: bool = False, held: Held | None = None
) -> list[tuple[CellTrace, WindowTrace]]:
    """The record of the cells and of the window for each line, read side by side by a network that is told what each says."""
    stepper = TextStepper(model, model.text(texts), held)
    progress, phi = [], []

    def keep() -> None:
        progress.append(stepper.progress.clone())
        phi.append(stepper.phi.clone())

    traces = record(stepper, lines, gates, keep)
    passed, phis = (torch.stack(rows, dim=1)[:, 1:].cpu().numpy() for rows in (progress, phi))  # (rows, longest), (rows, longest, U)
    sizes = [(len(line), len(text)) for line, text in zip(lines, texts, strict=True)]
    windows = [WindowTrace(passed[row, :steps].copy(), phis[row, :steps, :letters].copy()) for row, (steps, letters) in enumerate(sizes)]
    return list(zip(traces, windows, strict=True))


def record(stepper: Stepper, lines: Sequence[Strokes], gates: bool = False, after: Callable[[], None] = lambda: None) -> list[CellTrace]:
    """The cells' record of each line, read by a fresh stepper with a row for each; `after` is called after each step, first after the zeros."""
    longest, (rows, cells) = max(map(len, lines)), stepper.cell.shape
    offsets = torch.zeros(longest + 1, rows, 3)  # the network first reads zeros; short lines read zeros at their end
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
    hidden, cell, gate = (array.transpose(0, 1)[:, 1:] for array in (hidden, cell, gate))  # (rows, longest, ...), without the zeros' state
    lengths = [len(strokes) for strokes in lines]
    return [
        CellTrace(hidden[row, :steps].numpy().copy(), cell[row, :steps].numpy().copy(), gate[row, :steps].numpy().copy() if gates else None)
        for row, steps in enumerate(lengths)
    ]
