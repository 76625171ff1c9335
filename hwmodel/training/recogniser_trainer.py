"""Training the recogniser, and how well it reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from hwmodel.data.batches import BatchConfig, Drawn, in_turn
from hwmodel.data.lines import Lines, load_lines
from hwmodel.data.text_batches import codes_of, with_text
from hwmodel.data.texts import ALPHABET, tidy
from hwmodel.ink.path_features import path_features
from hwmodel.ink.strokes import Strokes
from hwmodel.training.jobs import about
from hwmodel.training.legibility import error_rate
from hwmodel.training.recogniser import Recogniser, RecogniserConfig, read_lines, stack
from hwmodel.training.run import Job, RunFolder
from hwmodel.training.trainer import TrainConfig, Trainer
from hwmodel.views.svg import sheet_svg

SHEET_LINES = 12
DROPOUT = 0.2  # before each layer
Reading = tuple[list[np.ndarray], list[np.ndarray]]  # features (N, 6) of lines, and the classes (U,) int64 of what is written on them


class RecogniserTrainer(Trainer[Recogniser, Reading]):
    """Of the network that reads."""

    def groups(self) -> tuple[None, list[tuple[float, Iterable[nn.Parameter]]]]:
        return None, [(1.0, self.model.parameters())]

    def loss(self, update: Reading) -> Tensor:
        """Nats a character."""
        features, codes = update
        stacked, lengths = stack(features)
        dice = torch.Generator(self.device).manual_seed(int(self.rng.integers(2**62)))

        def drop(x: Tensor) -> Tensor:
            return x * (torch.rand(x.shape, generator=dice, device=x.device) >= DROPOUT) / (1 - DROPOUT)

        nats = self.model.loss(stacked.to(self.device), lengths.to(self.device), codes, drop)
        return nats.sum() / sum(map(len, codes))

    def forget(self, update: Reading) -> None:
        """No state is carried from one line to the next."""


def readings(sources: list[tuple[Lines, np.ndarray]], alphabet: str, config: BatchConfig, rng: np.random.Generator) -> Iterator[Reading]:
    """Endless groups of `rows` lines of about the same length."""

    @cache
    def features_of(source: int, index: int) -> np.ndarray:
        return path_features(Strokes(files[source].offsets(index)))

    files = {id(lines): lines for lines, _ in sources}

    def begin(_: int, lines: Drawn) -> Iterator[Reading]:
        yield [vary(features_of(id(file), i), config, rng) for file, i in lines], [codes_of(file, i, alphabet) for file, i in lines]

    return in_turn(begin, sources, config, rng)


def vary(features: np.ndarray, config: BatchConfig, rng: np.random.Generator) -> np.ndarray:
    """Features (N, 6) of a line as if written a little larger, wider, more slanted or in another place of the line."""
    scale = np.exp(rng.uniform(-config.scale, config.scale))
    aspect = np.exp(rng.uniform(-config.aspect, config.aspect))
    slant = rng.uniform(-config.slant, config.slant)
    varied = features.copy()
    for x, y in ((0, 1), (2, 3)):
        varied[:, x] = aspect * (features[:, x] + slant * features[:, y])
    varied[:, :2] /= np.hypot(*varied[:, :2].T).clip(1e-9)[:, None]
    varied[:, 2:5] *= scale
    varied[:, 4] += rng.normal(0, config.scale)
    return varied


def readable(lines: Lines, split: str, alphabet: str) -> np.ndarray:
    """Indices of the lines of a split whose text can be trusted and has no character outside the alphabet."""
    return np.array([i for i in with_text(lines, split) if codes_of(lines, i, alphabet).all()], np.int64)


def recogniser_job(
    line_files: Sequence[str],
    run: Path,
    config: TrainConfig,
    device: torch.device,
    start_from: str | None = None,
    model_config: RecogniserConfig | None = None,
) -> Job[Recogniser, Reading]:
    """Training, or going on with training, a recogniser. Raises ValueError where it is to start from a checkpoint: it begins with random weights."""
    if start_from:
        raise ValueError(f"a recogniser begins with random weights, not with {start_from}; leave --start-from out")
    files = {path: load_lines(path) for path in line_files}
    model_config = model_config or RecogniserConfig(ALPHABET)
    with torch.random.fork_rng([]):
        torch.manual_seed(config.seed)
        model = Recogniser(model_config)
    trainer = RecogniserTrainer(model, config, device)
    if (state := RunFolder(run).state).exists():
        trainer.load(state)
    lines, texts = written(files.values(), model_config.alphabet, config.evaluate_lines)

    def look(model: Recogniser) -> dict[str, float]:
        return {"averaged": error_rate(read_lines(model, lines), texts)}

    def sheet(model: Recogniser) -> str:
        some = range(0, len(lines), max(1, len(lines) // SHEET_LINES))
        found = read_lines(model, [lines[i] for i in some])
        return sheet_svg([(f"{texts[i]} (read: {text})", lines[i]) for i, text in zip(some, found, strict=True)])

    sources = [(file, readable(file, "train", model_config.alphabet)) for file in files.values()]
    return Job(trainer, readings(sources, model_config.alphabet, config.batch, trainer.rng), look, sheet, about(files))


def written(files: Iterable[Lines], alphabet: str, most: int, split: str = "validation", kind: str | None = None) -> tuple[list[Strokes], list[str]]:
    """Lines of a split and what is written on them; at most `most` of each file, evenly over their lengths. Raises ValueError where
    there are none."""
    lines: list[Strokes] = []
    texts: list[str] = []
    for file in files:
        chosen = readable(file, split, alphabet)
        if kind is not None:
            chosen = np.intersect1d(chosen, file.choose(split, kind))
        chosen = chosen[np.argsort(file.lengths[chosen], kind="stable")]
        for i in chosen[np.linspace(0, len(chosen) - 1, min(most, len(chosen))).round().astype(int)]:
            lines.append(Strokes(file.offsets(i)))
            texts.append(tidy(str(file.texts[i])))
    if not texts:
        raise ValueError(f"there is no {split} line whose text can be trusted and read")
    return lines, texts
