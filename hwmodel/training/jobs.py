"""The two kinds of network to train: one that writes as it likes, and one that is told what to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from hwmodel.data.batches import Piece, pieces
from hwmodel.data.collections import collection_of
from hwmodel.data.lines import Lines, evenly_by_length, held_out, load_lines
from hwmodel.data.text_batches import TextPiece, codes_of, text_pieces, with_text
from hwmodel.data.texts import ALPHABET
from hwmodel.network.checkpoint import load_any_checkpoint, load_checkpoint
from hwmodel.network.likelihood import score
from hwmodel.network.model import HandwritingModel, ModelConfig
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.laws import graves
from hwmodel.sampling.lines import generate
from hwmodel.sampling.text_lines import write_texts
from hwmodel.training.run import Job, RunFolder
from hwmodel.training.text_trainer import TextLines, TextTrainer, text_figures
from hwmodel.training.trainer import LineTrainer, TrainConfig, initialise
from hwmodel.views.svg import sheet_svg

SHEET_BIASES = (0.0, 0.0, 0.0, 0.5, 0.5, 1.0, 2.0, 3.0)
SHEET_TEXTS = (
    "the quick brown fox",
    "jumps over the lazy dog",
    "Dear Susan, thank you",
    "happy birthday to you",
    "Monday, 25 July 1836",
    "write what I type",
)
SHEET_TEXT_BIAS = 1.0
WINDOW = 3  # Gaussians of the window: more gained nothing


def line_job(
    line_files: Sequence[str],
    run: Path,
    config: TrainConfig,
    device: torch.device,
    start_from: str | None = None,
    model_config: ModelConfig | None = None,
) -> Job[HandwritingModel, Piece]:
    """Training, or going on with training, a network that writes as it likes."""
    files = {path: load_lines(path) for path in line_files}
    looked_at = {Path(path).stem: lines_to_look_at(lines, config.evaluate_lines) for path, lines in files.items()}
    model = HandwritingModel(model_config)
    initialise(model, config.seed)
    trainer = LineTrainer(model, config, device)
    if (state := RunFolder(run).state).exists():
        trainer.load(state)
    elif start_from:
        trainer.start_from(load_checkpoint(start_from).model)

    def look(model: HandwritingModel) -> dict[str, float]:
        scores = {name: score(model, lines).total for name, lines in looked_at.items()}
        return {"averaged": float(np.mean(list(scores.values()))), **scores}

    source = pieces([(lines, lines.choose("train")) for lines in files.values()], config.batch, trainer.rng)
    return Job(trainer, source, look, sample_sheet, about(files))


def text_job(
    line_files: Sequence[str],
    run: Path,
    config: TrainConfig,
    device: torch.device,
    start_from: str | None = None,
    model_config: ModelConfig | None = None,
) -> Job[TextModel, TextPiece]:
    """Training, or going on with training, a network that is told what to write; `start_from` may name a checkpoint of either kind."""
    files = {path: load_lines(path) for path in line_files}
    sources = [(lines, with_text(lines, "train")) for lines in files.values()]
    begun = load_any_checkpoint(start_from).model if start_from else None
    model_config = model_config or ModelConfig(alphabet=ALPHABET, window=WINDOW)
    model = TextModel(begun.config if isinstance(begun, TextModel) else model_config)
    looked_at = [TextLines.of(lines, model.config.alphabet, "validation", config.evaluate_lines) for lines in files.values()]
    if isinstance(begun, TextModel):
        model.load_state_dict(begun.state_dict())
    else:
        if begun is None:
            begun = HandwritingModel(ModelConfig(model_config.cells, model_config.components, model_config.units_per_offset))
            initialise(begun, config.seed)
        model.begin_as(begun, characters_a_step(sources), config.seed)
    trainer = TextTrainer(model, config, device)
    if (state := RunFolder(run).state).exists():
        trainer.load(state)

    def look(model: TextModel) -> dict[str, float]:
        figures = [text_figures(model, lines) for lines in looked_at]
        names = {"averaged": "right", "other": "other", "end_error": "end_error"}
        return {name: float(np.mean([getattr(each, key) for each in figures])) for name, key in names.items()}

    source = text_pieces(sources, model.config.alphabet, config.batch, trainer.rng)
    return Job(trainer, source, look, text_sheet, about(files))


def about(files: Mapping[str, Lines]) -> dict[str, Any]:
    """What a checkpoint says of the lines it was trained on."""
    collections = [collection_of(lines, Path(path).stem).name for path, lines in files.items()]
    return {"lines": [Path(path).name for path in files], "collections": collections}


def lines_to_look_at(lines: Lines, count: int) -> list[np.ndarray]:
    """Validation lines (T, 3), of those that were written and not composed where the file knows, evenly over their lengths."""
    return evenly_by_length(held_out(lines, kind=None if lines.kind is None else "written"), count)


def characters_a_step(sources: Sequence[tuple[Lines, np.ndarray]]) -> float:
    """How many characters a pen passes in one step, on average over the lines."""
    characters = sum(len(codes_of(lines, i, ALPHABET)) for lines, chosen in sources for i in chosen)
    return characters / sum(int((lines.lengths[chosen] - 1).sum()) for lines, chosen in sources)


def sample_sheet(model: HandwritingModel) -> str:
    """Eight lines at rising bias, as SVG."""
    lines = generate(model, range(len(SHEET_BIASES)), [graves(bias) for bias in SHEET_BIASES])
    return sheet_svg([(f"bias {bias:g}, seed {seed}", line.strokes) for seed, (bias, line) in enumerate(zip(SHEET_BIASES, lines, strict=True))])


def text_sheet(model: TextModel) -> str:
    """The same texts each time, as SVG."""
    written = write_texts(model, SHEET_TEXTS, range(len(SHEET_TEXTS)), graves(SHEET_TEXT_BIAS))
    return sheet_svg([(f"{line.text} (bias {SHEET_TEXT_BIAS:g}, seed {seed}, {line.stopped})", line.strokes) for seed, line in enumerate(written)])
