"""Writing a given text: the window says when it is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from hwmodel.ink.page import lines_on
from hwmodel.ink.strokes import Strokes
from hwmodel.network.stepper import Held
from hwmodel.network.text_model import TextModel
from hwmodel.network.text_stepper import TextStepper
from hwmodel.network.windowed_lstm import TextState
from hwmodel.sampling.endings import STEPS_A_CHARACTER, STEPS_AT_LEAST, WRITTEN, Ending, end_of_text
from hwmodel.sampling.hands import Hand
from hwmodel.sampling.laws import AS_LEARNT, Sharpness
from hwmodel.sampling.lines import CHECK_EVERY, OUT_OF_STEPS, draw_one, draw_sharpened, noise
from hwmodel.sampling.told import letters_of


@dataclass(frozen=True)
class WrittenText:
    """One line, written by a network that was told its text."""

    text: str
    strokes: Strokes
    progress: np.ndarray  # (T,) float32: how many characters had been passed when each offset was drawn
    phi: np.ndarray  # (T, U) float32: the window's weight on each character when each offset was drawn
    stopped: str  # why it ended, in words for the reader

    @property
    def letters(self) -> np.ndarray:
        """(T,) int64: which character was being written at each offset; see `letters_of`."""
        return letters_of(self.text, self.strokes, self.progress)

    @property
    def finished(self) -> bool:
        """Whether all of the text was written."""
        return self.stopped == WRITTEN


@torch.inference_mode()
def write_texts(
    model: TextModel,
    texts: Sequence[str],
    seeds: Sequence[int | Sequence[int]],
    sharpness: Sharpness | Sequence[Sharpness] = AS_LEARNT,
    hand: Hand | None = None,
    held: Held | None = None,
) -> list[WrittenText]:
    """A line for each text and seed, as if it went on from the ink of `hand` where one is given. Cells may be `held` while it writes.

    It is over where the window looks beyond its text and the pen lifts, or `FURTHER` characters beyond it; one that leaves the line, stands still or
    goes round in circles ends there (see `hwmodel.sampling.endings`). Same seed, same ink, as in `generate`.
    """
    each = [sharpness] * len(texts) if isinstance(sharpness, Sharpness) else list(sharpness)
    if not len(texts) == len(seeds) == len(each) or not all(texts):
        raise ValueError(f"expected a seed and a sharpness for each text, and no empty text, got {len(texts)}, {len(seeds)} and {len(each)}")
    most = STEPS_A_CHARACTER * max(map(len, texts)) + STEPS_AT_LEAST
    before = f"{hand.text} " if hand else ""
    told = [before + text for text in texts]
    stepper = TextStepper(model, model.text(told), held)
    if hand:
        stepper.start(*read_ink(model, hand.strokes, told))
    rows = _write(stepper, each, seeds, most)
    return [
        line_after(before, text, rows.offsets[row], rows.progress[row], rows.phi[row], ending)
        for row, (text, ending) in enumerate(zip(texts, rows.endings, strict=True))
    ]


def line_after(before: str, text: str, offsets: np.ndarray, progress: np.ndarray, phi: np.ndarray, ending: Ending) -> WrittenText:
    """A line as it was written after `before`, the text of a hand with a blank, or nothing: offsets (T, 3), progress (T,) in, and phi (T, U) on, both
    texts, of which those up to the ending count. The way from the hand's ink to the text is not drawn."""
    drawn = slice(min(bool(before), ending.steps - 1), ending.steps)
    weights = phi[drawn, len(before) : len(before) + len(text)].copy()
    return WrittenText(text, Strokes(offsets[drawn]), progress[drawn] - len(before), weights, ending.reason)


@torch.inference_mode()
def go_on(model: TextModel, strokes: Strokes, text: str, seed: int, sharpness: Sharpness, most: int) -> Strokes:
    """What the network writes after ink that says the beginning of a text, in at most so many steps, until its last line is written. The ink has as
    many lines as the text; raises ValueError where it cannot have."""
    lines = text.split("\n")
    written = Strokes(strokes.offsets[lines_on(strokes, len(lines))[-1]])
    stepper = TextStepper(model, model.text(lines[-1:]))
    if len(written):
        stepper.start(*read_ink(model, written, lines[-1:]))
    rows = _write(stepper, [sharpness], [seed], most)
    return Strokes(rows.offsets[0, : rows.endings[0].steps], tuple(strokes.points[-1]))


class _Rows(NamedTuple):
    """What was written in B rows."""

    offsets: np.ndarray  # (B, T, 3)
    progress: np.ndarray  # (B, T)
    phi: np.ndarray  # (B, T, U)
    endings: list[Ending]


def _write(stepper: TextStepper, sharpness: Sequence[Sharpness], seeds: Sequence[int | Sequence[int]], most: int) -> _Rows:
    """Write on in every row until all of them are over, at most so many steps."""
    rows, components = len(seeds), len(stepper.output_bias) // 6
    device = stepper.cell.device
    scale, shift = torch.from_numpy(np.stack([one.affine(components) for one in sharpness], axis=1)).to(device)  # each (B, 1 + 6M)
    random = torch.stack([noise(seed, most) for seed in seeds], dim=1).to(device)  # (T, B, 4)
    offsets, progress, phi = torch.zeros(most, rows, 3), torch.zeros(most, rows), torch.zeros(most, *stepper.phi.shape)
    over = torch.zeros(most, rows, dtype=torch.bool)  # the window looks beyond the text
    draw_rows = draw_one if rows == 1 else draw_sharpened
    endings: list[Ending | None] = [None] * rows
    steps = 0
    while steps < most and not all(endings):
        for step in range(steps, steps := min(steps + CHECK_EVERY, most)):
            raw = stepper.step()
            offset = draw_rows(torch.addcmul(shift, raw, scale, out=raw), random[step])
            stepper.offset.copy_(offset)
            offsets[step], progress[step], phi[step] = offset, stepper.progress, stepper.phi
            over[step] = stepper.beyond > stepper.phi.amax(1)
        written = offsets[:steps].transpose(0, 1).numpy()  # (B, t, 3)
        passed = progress[:steps].T.numpy() - stepper.ends[:, None].cpu().numpy()
        endings = [end_of_text(*row) for row in zip(written, passed, over[:steps].T.numpy(), strict=True)]
    found = [one or Ending(most, OUT_OF_STEPS) for one in endings]
    return _Rows(written, progress[:steps].T.numpy(), phi[:steps].transpose(0, 1).numpy(), found)


def read_ink(model: TextModel, strokes: Strokes, texts: Sequence[str]) -> tuple[TextState, Tensor]:
    """What `Stepper.start` needs to go on from a line of ink in one row for each of `texts`, which begin with what it says. The window looks a little
    ahead, so that the state depends on what comes next. Texts that are the same are read once."""
    different = list(dict.fromkeys(texts))
    offsets = torch.from_numpy(strokes.offsets.copy()).to(model.device)
    inputs = torch.cat((torch.zeros_like(offsets[:1]), offsets[:-1]))[None].expand(len(different), -1, -1)
    state = model.run(inputs, model.text(different)).state
    rows = torch.tensor([different.index(text) for text in texts])
    return TextState(*(part[rows] for part in state)), offsets[-1:]
