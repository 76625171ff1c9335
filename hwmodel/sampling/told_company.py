"""Lines that a network is told, written side by side for many threads.

Letters: B rows, S steps at once, U characters of a row's text, M components of the mixture.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

import numpy as np
import torch

from hwmodel.network.text_model import TextModel
from hwmodel.network.text_stepper import TextStepper
from hwmodel.sampling.company import LANES, Company, rounded_up
from hwmodel.sampling.endings import STEPS_A_CHARACTER, STEPS_AT_LEAST, Ending, end_of_text
from hwmodel.sampling.hands import Hand
from hwmodel.sampling.laws import Sharpness
from hwmodel.sampling.lines import CHECK_EVERY, OUT_OF_STEPS, draw_sharpened, noise
from hwmodel.sampling.text_lines import WrittenText, line_after, read_ink

Start = tuple[torch.Tensor, ...]  # of one row: the parts of a TextState, and the offset that is read next


class _Told:
    """A line of a text that is being written."""

    def __init__(self, before: str, text: str, seed: int | Sequence[int], affine: torch.Tensor, start: Start) -> None:
        self.future: Future[WrittenText] = Future()
        self.before, self.text, self.affine, self.start = before, text, affine, start
        most = STEPS_A_CHARACTER * len(text) + STEPS_AT_LEAST
        self.noise = noise(seed, most)
        self.offsets, self.progress = np.empty((most, 3), np.float32), np.empty(most, np.float32)
        self.phi, self.over = np.empty((most, len(self.told)), np.float32), np.empty(most, bool)
        self.done = 0

    @property
    def told(self) -> str:
        """All that the network is told: what a hand's ink says, and the text."""
        return self.before + self.text

    @property
    def left(self) -> int:
        return len(self.offsets) - self.done

    def take(self, offsets: np.ndarray, progress: np.ndarray, phi: np.ndarray, over: np.ndarray) -> None:
        """What was written at these steps, (S, 3), and where the window stood, (S,), (S, U) and (S,), which may be more than are left."""
        steps = min(self.left, len(offsets))
        found = ((self.offsets, offsets), (self.progress, progress), (self.phi, phi), (self.over, over))
        for kept, new in found:
            kept[self.done : self.done + steps] = new[:steps]
        self.done += steps
        if self.left and self.done % CHECK_EVERY:
            return
        passed = self.progress[: self.done] - len(self.told)
        end = end_of_text(self.offsets[: self.done], passed, self.over[: self.done]) or (None if self.left else Ending(self.done, OUT_OF_STEPS))
        if end:
            try:
                self.future.set_result(line_after(self.before, self.text, self.offsets, self.progress, self.phi, end))
            except ValueError as error:  # a network that writes what is no number; the other lines go on
                self.future.set_exception(error)


class _Table:
    """The network with a place for each row. Places come in whole lanes, so that a row is rounded as it is in any other company."""

    def __init__(self, model: TextModel) -> None:
        self.model = model
        self.lender = self.stepper = TextStepper(model, model.text(["."]))
        self.rows: list[_Told] = []

    def seat(self, rows: Sequence[_Told]) -> None:
        """Give each of these rows a place; those that had one go on from where they are."""
        if self.rows == list(rows):
            return
        before = (*self.stepper.text_state, self.stepper.offset)
        places = {row: place for place, row in enumerate(self.rows)}
        parts = [tuple(part[at] for part in before) if (at := places.get(row)) is not None else row.start for row in rows]
        count = rounded_up(len(rows), LANES)
        stepper = TextStepper(self.model, self.model.text([row.told for row in rows] + ["."] * (count - len(rows))), lender=self.lender)
        buffers = (stepper.hidden, stepper.cell, stepper.window, stepper.kappa, stepper.offset)
        for buffer, values in zip(buffers, zip(*parts, strict=True), strict=True):
            buffer[: len(rows)] = torch.stack(values)
        self.stepper, self.rows = stepper, list(rows)
        self.scale, self.shift = torch.zeros(2, count, len(stepper.output_bias))
        for place, row in enumerate(rows):
            self.scale[place], self.shift[place] = row.affine.unbind()

    def go_on(self, steps: int) -> None:
        """So many steps of every row; surplus ones of a row that has fewer left are made and forgotten."""
        stepper, (count, *_) = self.stepper, self.scale.shape
        random = torch.zeros(steps, count, 4)
        for place, row in enumerate(self.rows):
            coming = row.noise[row.done : row.done + steps]
            random[: len(coming), place] = coming
        offsets, progress, phi = torch.empty(steps, count, 3), torch.empty(steps, count), torch.empty(steps, *stepper.phi.shape)
        over = torch.empty(steps, count, dtype=torch.bool)
        for step in range(steps):
            raw = stepper.step()
            stepper.offset.copy_(draw_sharpened(torch.addcmul(self.shift, raw, self.scale, out=raw), random[step]))
            offsets[step], progress[step], phi[step] = stepper.offset, stepper.progress, stepper.phi
            over[step] = stepper.beyond > stepper.phi.amax(1)
        for place, row in enumerate(self.rows):
            own = offsets[:, place], progress[:, place], phi[:, place, : len(row.told)], over[:, place]
            row.take(*(part.numpy() for part in own))


class ToldCompany(Company):
    """Writes what it is told, each line as `write_texts` would but for the rounding of the matrix products, and the same to the last bit whoever else
    is there, where these round a row as they do in other company."""

    def __init__(self, model: TextModel) -> None:
        super().__init__(lambda: _Table(model))
        self.model = model

    @torch.inference_mode()
    def write_texts(
        self, texts: Sequence[str], seeds: Sequence[int | Sequence[int]], sharpness: Sharpness, hand: Hand | None = None
    ) -> list[WrittenText]:
        """A line for each text and seed; see `hwmodel.sampling.text_lines.write_texts`."""
        model, before = self.model, f"{hand.text} " if hand else ""
        affine = torch.from_numpy(sharpness.affine(model.config.components))
        if hand:
            state, offset = read_ink(model, hand.strokes, [before + text for text in texts])
        else:
            state, offset = model.initial_state(len(texts)), torch.zeros(1, 3)
        starts = [(*(part[row] for part in state), offset[0]) for row in range(len(texts))]
        rows = [_Told(before, text, seed, affine, start) for text, seed, start in zip(texts, seeds, starts, strict=True)]
        self.enter(rows)
        return [row.future.result() for row in rows]
