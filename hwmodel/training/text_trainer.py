"""Training a network that is told what to write, and the figures by which its training is judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from hwmodel.data.lines import Lines
from hwmodel.data.text_batches import TextPiece, codes_of, with_text
from hwmodel.network.mixture import nll
from hwmodel.network.model import shift_right
from hwmodel.network.text_model import TextModel
from hwmodel.training.recurrent_dropout import draw_kept
from hwmodel.training.trainer import Trainer

OTHER = 7  # how many lines further on, among lines of about the same length, the other line's text is taken from


class TextTrainer(Trainer[TextModel, TextPiece]):
    """Of the network that is told what to write."""

    def groups(self) -> tuple[nn.Parameter, list[tuple[float, Iterable[nn.Parameter]]]]:
        model, config = self.model, self.config
        rest = [model.weight_ih, model.bias]
        return model.weight_hh, [(1.0, rest), (config.window_rate, model.window.parameters()), (config.output_rate, model.output.parameters())]

    def loss(self, update: TextPiece) -> Tensor:
        piece = update.piece
        inputs, targets, weight = (torch.from_numpy(a).to(self.device) for a in piece[2:])
        kept = draw_kept(inputs, self.model.config.cells, self.config.recurrent_dropout, self.rng) if self.config.recurrent_dropout else None
        state = None if piece.first else self.states[piece.group]
        run = self.model.run(inputs, self.model.encoded(update.codes), state, kept, torch.bfloat16)
        self.states[piece.group] = run.state
        nats = nll(self.model.predict(run), targets)
        return ((nats.xy + nats.pen) * weight).sum() / weight.sum()

    def forget(self, update: TextPiece) -> None:
        self.states[update.piece.group] = self.model.initial_state(len(update.codes))

    def clip(self) -> Tensor:
        """The window's gradient apart from the rest: it is the larger one at first, and would leave the others nothing."""
        window = {id(p) for p in self.model.window.parameters()}
        parts = [p for p in self.model.parameters() if id(p) in window], [p for p in self.model.parameters() if id(p) not in window]
        return torch.stack([nn.utils.clip_grad_norm_(part, self.config.clip) for part in parts]).max()


@dataclass(frozen=True)
class TextFigures:
    """How well a network uses the text, on lines it was not trained on."""

    right: float  # nats a step, told what is written
    other: float  # nats a step, told another line's text, of about the same length
    end_error: float  # characters: how far, on average, the window stands from the text's end when the line is at its end


@dataclass(frozen=True)
class TextLines:
    """Lines to judge by, in the order of their lengths, and the classes of the characters written on each."""

    offsets: list[np.ndarray]  # each (T, 3)
    codes: list[np.ndarray]  # each (U,) int64

    @classmethod
    def of(cls, lines: Lines, alphabet: str, split: str, most: int | None = None) -> TextLines:
        """The lines of a split whose text can be trusted; at most `most`, evenly over their lengths."""
        chosen = with_text(lines, split)
        chosen = chosen[np.argsort(lines.lengths[chosen], kind="stable")]
        if most is not None and most < len(chosen):
            chosen = chosen[np.linspace(0, len(chosen) - 1, most).round().astype(int)]
        return cls([lines.offsets(i) for i in chosen], [codes_of(lines, i, alphabet) for i in chosen])


@torch.no_grad()
def text_figures(model: TextModel, lines: TextLines, at_once: int = 32) -> TextFigures:
    """The figures, every step counted once. From zeros, as `hwmodel.network.likelihood` measures."""
    totals, steps, errors = np.zeros(2), 0, []
    others = lines.codes[OTHER:] + lines.codes[:OTHER]
    for first in range(0, len(lines.offsets), at_once):
        part = slice(first, first + at_once)
        offsets, codes = lines.offsets[part], lines.codes[part]
        for number, texts in enumerate((codes, others[part])):
            nats, ends = read(model, offsets, texts)
            totals[number] += nats
            if number == 0:
                errors += [abs(passed - len(code)) for passed, code in zip(ends, codes, strict=True)]
        steps += sum(map(len, offsets))
    right, other = totals / steps
    return TextFigures(float(right), float(other), float(np.mean(errors)))


def read(model: TextModel, lines: Sequence[np.ndarray], codes: list[np.ndarray]) -> tuple[float, list[float]]:
    """Nats of all steps of some lines (T, 3) together, and how many characters had been passed at the end of each."""
    targets, weight = torch.zeros(len(lines), max(map(len, lines)), 3), torch.zeros(len(lines), max(map(len, lines)))
    for row, line in enumerate(lines):
        targets[row, : len(line)], weight[row, : len(line)] = torch.tensor(line), 1
    targets, weight = targets.to(model.device), weight.to(model.device)
    run = model.run(shift_right(targets), model.encoded(codes))
    nats = nll(model.predict(run), targets)
    progress = model.progress(run)
    ends = [float(progress[row, len(line) - 1]) for row, line in enumerate(lines)]
    return float(((nats.xy + nats.pen) * weight).sum()), ends
