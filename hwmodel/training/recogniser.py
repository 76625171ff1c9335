"""A small network that reads handwriting: it measures whether a given text was written legibly, and chooses the best of several samples.

Connectionist temporal classification (Graves et al. 2006, doi 10.1145/1143844.1143891) over convolutions and a bidirectional LSTM. It sees the
shape of the path alone (see `hwmodel.ink.path_features`). Letters: B lines, N movements of the longest, F frames, C classes of characters;
class 0 is CTC's blank.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from hwmodel.data.texts import ALPHABET, encode
from hwmodel.ink.path_features import FEATURES, path_features
from hwmodel.ink.strokes import Strokes
from hwmodel.network.checkpoint import fill, find_checkpoint, read_weights
from hwmodel.network.shipped import SHIPPED, CheckpointError, Kind

STRIDES = (1, 2, 2)  # of the convolutions
Drop = Callable[[Tensor], Tensor]
AT_ONCE = 32  # lines read side by side


@dataclass(frozen=True)
class RecogniserConfig:
    alphabet: str = ALPHABET  # the characters that it knows
    channels: int = 96  # of the second convolution; the first has half as many, the last as many as `units`
    units: int = 128  # of each direction of each LSTM layer

    def __post_init__(self) -> None:
        if not self.alphabet or len(set(self.alphabet)) != len(self.alphabet) or not (1 <= self.channels <= 1024 and 1 <= self.units <= 1024):
            raise ValueError(f"a recogniser needs an alphabet, each character once, 1-1024 channels and 1-1024 units, got {self}")

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for a checkpoint's JSON."""
        return asdict(self)


def keep_all(x: Tensor) -> Tensor:
    return x


class BothWays(nn.Module):
    """An LSTM layer that reads lines forwards and another that reads them backwards, each from its own end: (B, F, size) -> (B, F, 2 units).

    torch's bidirectional one does so with packed lines only, which take fifteen times as long on a processor.
    """

    def __init__(self, size: int, units: int) -> None:
        super().__init__()
        self.forwards, self.backwards = (nn.LSTM(size, units, batch_first=True) for _ in range(2))

    def forward(self, x: Tensor, lengths: Tensor) -> Tensor:
        at = torch.arange(x.shape[1], device=x.device)
        turned = torch.where(at < lengths[:, None], lengths[:, None] - 1 - at, at)[:, :, None]  # (B, F, 1)
        with torch.autocast(x.device.type, torch.bfloat16, enabled=self.training):
            forwards = self.forwards(x)[0]
            backwards = self.backwards(x.gather(1, turned.expand_as(x)))[0]
        return torch.cat((forwards, backwards.gather(1, turned.expand_as(backwards))), dim=-1).float()


class Recogniser(nn.Module):
    """Reads features (B, N, 6)."""

    def __init__(self, config: RecogniserConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or RecogniserConfig()
        sizes = FEATURES, config.channels // 2, config.channels, config.units
        self.convolutions = nn.ModuleList(nn.Conv1d(*pair, 5, stride, padding=2) for pair, stride in zip(pairwise(sizes), STRIDES, strict=True))
        self.layers = nn.ModuleList([BothWays(config.units, config.units), BothWays(2 * config.units, config.units)])
        self.output = nn.Linear(2 * config.units, len(config.alphabet) + 1)

    @property
    def device(self) -> torch.device:
        return self.output.weight.device

    def forward(self, features: Tensor, lengths: Tensor, drop: Drop = keep_all) -> tuple[Tensor, Tensor]:
        """Log probabilities (B, F, C) of each frame, and how many frames (B,) each line of `lengths` (B,) movements has, four movements a frame.
        `drop` is put before each layer: training's dropout."""
        x = features.mT
        for convolution, stride in zip(self.convolutions, STRIDES, strict=True):
            x = F.relu(convolution(x))
            lengths = (lengths + stride - 1) // stride
            x = x * (torch.arange(x.shape[2], device=x.device) < lengths[:, None])[:, None]  # nothing beyond a line's end, whatever stands beside it
        x = x.mT
        for layer in self.layers:
            x = layer(drop(x), lengths)
        return self.output(drop(x)).log_softmax(-1), lengths

    def loss(self, features: Tensor, lengths: Tensor, codes: Sequence[np.ndarray], drop: Drop = keep_all) -> Tensor:
        """Nats (B,) that each text, as classes (U,) int64, costs; where a line has too few frames for it, infinity, and 0 while training."""
        log_probabilities, frames = self(features, lengths, drop)
        targets, sizes = torch.from_numpy(np.concatenate(codes)), torch.tensor([len(code) for code in codes])
        return F.ctc_loss(log_probabilities.transpose(0, 1), targets.to(self.device), frames, sizes, reduction="none", zero_infinity=self.training)


def stack(features: Sequence[np.ndarray]) -> tuple[Tensor, Tensor]:
    """Features (B, N, 6) of lines side by side, and how many movements (B,) each has. Ink without any movement gets one of zeros."""
    lengths = torch.tensor([max(len(each), 1) for each in features])
    stacked = torch.zeros(len(features), int(lengths.max()), FEATURES)
    for row, each in zip(stacked, features, strict=True):
        row[: len(each)] = torch.from_numpy(each)
    return stacked, lengths


@torch.inference_mode()
def read_lines(recogniser: Recogniser, lines: Sequence[Strokes]) -> list[str]:
    """What is written, as the recogniser reads it: each frame's likeliest character, repetitions and blanks left out."""
    found: list[str] = []
    for first in range(0, len(lines), AT_ONCE):
        features, lengths = stack([path_features(line) for line in lines[first : first + AT_ONCE]])
        log_probabilities, frames = recogniser(features.to(recogniser.device), lengths)
        for row, count in zip(log_probabilities.argmax(-1).cpu().numpy(), frames.tolist(), strict=True):
            best = row[:count]
            new = best[np.concatenate(([True], best[1:] != best[:-1]))]
            found.append("".join(recogniser.config.alphabet[code - 1] for code in new if code))
    return found


@torch.inference_mode()
def text_nats(recogniser: Recogniser, lines: Sequence[Strokes], texts: Sequence[str]) -> np.ndarray:
    """(B,) float64: how unlikely it is that each line says its text, in nats a character; infinity where there is too little ink for it. Characters
    that the recogniser does not know are left out."""
    codes = [code[code > 0] for code in (encode(text, recogniser.config.alphabet) for text in texts)]
    features, lengths = stack([path_features(line) for line in lines])
    nats = recogniser.loss(features.to(recogniser.device), lengths, codes).cpu().numpy().astype(np.float64)
    return nats / [max(len(code), 1) for code in codes]


def load_recogniser(name: str, folder: Path = SHIPPED) -> Recogniser:
    """A recogniser by name or path, in eval mode and not to be changed. Raises CheckpointError."""
    return read_recogniser(find_checkpoint(name, folder, Kind.RECOGNISER))[0]


def read_recogniser(path: Path) -> tuple[Recogniser, dict[str, Any]]:
    """The recogniser in a file, and what the file says about it. Raises CheckpointError."""
    config, about, tensors = read_weights(path)
    try:
        recogniser = Recogniser(RecogniserConfig(**config))
    except (TypeError, ValueError) as error:
        raise CheckpointError(f"{path.name} is no recogniser, or one whose configuration cannot be read: {error}") from error
    fill(recogniser, tensors, path)
    return recogniser, about
