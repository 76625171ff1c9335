"""Lines that a network writes as it likes, and ink that it reads, side by side for many threads.

Letters: B rows, W of them being written and R being read, S steps at once, H cells, K components.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import torch

from hwmodel.ink.strokes import Strokes
from hwmodel.network.model import HandwritingModel
from hwmodel.network.stepper import Stepper
from hwmodel.sampling.company import LANES, Company, rounded_up
from hwmodel.sampling.endings import Ending, ending
from hwmodel.sampling.laws import Sharpness
from hwmodel.sampling.lines import CHECK_EVERY, OUT_OF_STEPS, Generated, draw_sharpened, noise


@dataclass(frozen=True, eq=False)
class Reading:
    """How the network reads ink of T offsets, float32: row 0 is after the zeros that it begins with, row t + 1 after offset t."""

    hidden: np.ndarray  # (T + 1, H)
    cell: np.ndarray  # (T + 1, H)
    raw: np.ndarray  # (T + 1, 1 + 6K) raw outputs, of which row t predicts offset t


class _Written:
    """A line that is being written."""

    def __init__(self, model: HandwritingModel, seed: int, sharpness: Sharpness, max_steps: int, after: tuple[Strokes, Reading] | None) -> None:
        if max_steps < 1:
            raise ValueError(f"expected at least one step, got {max_steps}")
        self.future: Future[Generated] = Future()
        self.sharpness, self.noise = torch.from_numpy(sharpness.affine(model.config.components)), noise(seed, max_steps)
        self.begin = (0.0, 0.0)
        self.start = (torch.zeros(model.config.cells), torch.zeros(model.config.cells), torch.zeros(3))
        if after:
            ink, read = after
            self.begin = tuple(ink.points[-1])
            if len(ink):
                self.start = (torch.from_numpy(read.hidden[-2]), torch.from_numpy(read.cell[-2]), torch.from_numpy(ink.offsets[-1].copy()))
        self.offsets = np.empty((max_steps, 3), np.float32)
        self.done = 0

    @property
    def left(self) -> int:
        return len(self.offsets) - self.done

    def take(self, offsets: np.ndarray) -> None:
        """What was written at these steps (S, 3), which may be more than are left."""
        steps = min(self.left, len(offsets))
        self.offsets[self.done : self.done + steps] = offsets[:steps]
        self.done += steps
        if self.left and self.done % CHECK_EVERY:
            return
        end = ending(self.offsets[: self.done]) or (None if self.left else Ending(self.done, OUT_OF_STEPS))
        if end:
            try:
                self.future.set_result(Generated(Strokes(self.offsets[: end.steps], self.begin), end.reason))
            except ValueError as error:  # a network that writes what is no number; the other lines go on
                self.future.set_exception(error)


class _Read:
    """Ink that is being read."""

    def __init__(self, model: HandwritingModel, strokes: Strokes) -> None:
        self.future: Future[Reading] = Future()
        self.start = (torch.zeros(model.config.cells), torch.zeros(model.config.cells), torch.zeros(3))
        self.offsets = np.zeros((len(strokes) + 1, 3), np.float32)  # that are read after each step; after the last, nothing is
        self.offsets[:-1] = strokes.offsets
        widths = (model.config.cells, model.config.cells, len(model.output.bias))
        self.found = [np.empty((len(self.offsets), width), np.float32) for width in widths]
        self.done = 0

    @property
    def left(self) -> int:
        return len(self.offsets) - self.done

    def take(self, *found: np.ndarray) -> None:
        """Hidden and cell states and raw outputs of these steps, which may be more than are left."""
        steps = min(self.left, len(found[0]))
        for kept, new in zip(self.found, found, strict=True):
            kept[self.done : self.done + steps] = new[:steps]
        self.done += steps
        if not self.left:
            self.future.set_result(Reading(*self.found))


_Row: TypeAlias = _Written | _Read


class _Table:
    """The network with a place for each row: those that are written first, then those that are read."""

    def __init__(self, model: HandwritingModel) -> None:
        self.model = model
        self.stepper = self.lender = Stepper(model, 0)
        self.written: list[_Written] = []
        self.read: list[_Read] = []

    def seat(self, rows: Sequence[_Row]) -> None:
        """Give each of these rows a place; those that had one go on from where they are."""
        before, rows_before = self.stepper, [*self.written, *self.read]
        self.written, self.read = [row for row in rows if isinstance(row, _Written)], [row for row in rows if isinstance(row, _Read)]
        rows = [*self.written, *self.read]
        if rows == rows_before:
            return
        places = {row: place for place, row in enumerate(rows_before)}
        known = [(before.hidden[at], before.cell[at], before.offset[at]) if (at := places.get(row)) is not None else row.start for row in rows]
        self.stepper = Stepper(self.model, rounded_up(max(len(rows), 2), 2), lender=self.lender)
        for buffer, parts in zip((self.stepper.hidden, self.stepper.cell, self.stepper.offset), zip(*known, strict=True), strict=True):
            buffer[: len(rows)] = torch.stack(parts)
        lanes = rounded_up(len(self.written), LANES)
        self.raw = torch.zeros(lanes, len(self.stepper.output_bias))
        self.scale, self.shift = torch.zeros(2, *self.raw.shape)
        for place, row in enumerate(self.written):
            self.scale[place], self.shift[place] = row.sharpness.unbind()

    def go_on(self, steps: int) -> None:
        """So many steps of every row; surplus ones of a row that has fewer left are made and forgotten."""
        stepper, written, rows = self.stepper, len(self.written), len(self.written) + len(self.read)
        random, given = torch.zeros(steps, len(self.raw), 4), torch.zeros(steps, rows - written, 3)
        for place, row in enumerate(self.written):
            coming = row.noise[row.done : row.done + steps]
            random[: len(coming), place] = coming
        for place, read in enumerate(self.read):
            coming = torch.from_numpy(read.offsets[read.done : read.done + steps])
            given[: len(coming), place] = coming
        offsets = torch.empty(steps, written, 3)
        found = [torch.empty(steps, rows - written, width) for width in (stepper.cell.shape[1], stepper.cell.shape[1], self.raw.shape[1])]
        for step in range(steps):
            raw = stepper.step()
            if written:
                self.raw[:written] = raw[:written]
                drawn = draw_sharpened(torch.addcmul(self.shift, self.raw, self.scale, out=self.raw), random[step])
                offsets[step] = stepper.offset[:written] = drawn[:written]
            if self.read:
                for kept, new in zip(found, (stepper.hidden, stepper.cell, raw), strict=True):
                    kept[step] = new[written:rows]
                stepper.offset[written:rows] = given[step]
        for place, row in enumerate(self.written):
            row.take(offsets[:, place].numpy())
        for place, read in enumerate(self.read):
            read.take(*(kept[:, place].numpy() for kept in found))


class FreeCompany(Company):
    """Writes what the network likes, and reads.

    A line is the same to the last bit whoever else is there, where matrix products round a row as they do in other company (MKL's do, from two rows
    on); elsewhere its offsets differ by rounding, as those of `generate` do.
    """

    def __init__(self, model: HandwritingModel) -> None:
        super().__init__(lambda: _Table(model))
        self.model = model

    def write(self, seed: int, sharpness: Sharpness, max_steps: int, after: tuple[Strokes, Reading] | None = None) -> Future[Generated]:
        """The line of a seed, as `generate` writes it; `after` is ink to go on from, with how it was read."""
        row = _Written(self.model, seed, sharpness, max_steps, after)
        self.enter([row])
        return row.future

    def read(self, strokes: Strokes) -> Future[Reading]:
        """The reading of some ink, from the network's zero state."""
        row = _Read(self.model, strokes)
        self.enter([row])
        return row.future
