"""Putting a trained run beside the shipped checkpoints: weights, card, learning curve, the cells' map, and the ranges of familiar ink."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hwmodel.cells.atlas import CellMap, map_path, save_cell_map
from hwmodel.cells.mapping import choose_lines, make_cell_map
from hwmodel.data.lines import Lines, held_out
from hwmodel.ink.strokes import Strokes
from hwmodel.network.checkpoint import Checkpoint, load_any_checkpoint, save_checkpoint
from hwmodel.network.familiarity import Ranges, measure_lines, ranges_path, save_ranges
from hwmodel.network.likelihood import step_nats
from hwmodel.network.model import HandwritingModel
from hwmodel.network.shipped import SHIPPED, ranking_recogniser
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.hands import hands_path, save_hands
from hwmodel.training.hands import choose_hands
from hwmodel.training.lines_file import LinesFile, learned_from
from hwmodel.training.model_card import card
from hwmodel.training.recogniser import load_recogniser
from hwmodel.training.run import RunFolder
from hwmodel.views.svg import curve_svg


def ship_map(
    checkpoint: Checkpoint[HandwritingModel] | Checkpoint[TextModel], folder: Path, lines: Lines, file: str, split: str, kind: str | None
) -> CellMap:
    """Make the cells' map and write it. Raises ValueError where there are too few lines."""
    told = isinstance(checkpoint.model, TextModel)
    inks, texts = choose_lines(lines, split, kind, told)
    words = f"{len(inks)} {split} lines{f' ({kind})' if kind else ''} of {file}{', told what they say' if told else ''}"
    cell_map = make_cell_map(checkpoint, inks, texts, words)
    save_cell_map(map_path(checkpoint.name, folder), cell_map)
    return cell_map


def ship_ranges(checkpoint: Checkpoint[HandwritingModel], folder: Path, lines: Lines, file: str, split: str) -> Ranges:
    """Measure how held-out lines look to the network, and write it."""
    offsets = held_out(lines, split)
    first_steps = measure_lines([Strokes(line) for line in offsets], step_nats(checkpoint.model, offsets))
    ranges = Ranges(checkpoint.fingerprint, f"{len(offsets)} {split} lines of {file}", first_steps)
    save_ranges(ranges_path(checkpoint.name, folder), ranges)
    return ranges


def ship(name: str, run: Path, paths: Sequence[str], note: str, folder: Path = SHIPPED) -> list[str]:
    """Write all that belongs to a checkpoint, of a run and lines files to measure it on; in words, what was written and what could not be. A text
    network has no ranges, but hands. Raises ValueError and CheckpointError, before anything is written."""
    trained, curve, files = load_any_checkpoint(str(RunFolder(run).best)), RunFolder(run).read_curve(), [LinesFile.read(path) for path in paths]
    command = f"python -m hwmodel.card {name} --run runs/{run.name} --lines {' '.join(each.file for each in files)}"
    text = card(name, trained.about, trained.model, curve, files, command, note)
    curves = {
        "training": [(row["step"], row["train"]) for row in curve],
        "validation": [(row["step"], row["averaged"]) for row in curve],
    }
    folder.mkdir(parents=True, exist_ok=True)
    weights, written, picture = (folder / f"{name}.{ending}" for ending in ("safetensors", "md", "curve.svg"))
    written.write_text(text, "utf-8")
    picture.write_text(curve_svg(curves, "updates", "nats a step"), "utf-8")
    save_checkpoint(weights, trained.model, trained.about)
    told = [f"written: {path}" for path in (weights, written, picture)]
    shipped, own = load_any_checkpoint(name, folder), learned_from(trained.about, files)[0]
    if isinstance(trained.model, HandwritingModel):
        ship_ranges(shipped, folder, own.lines, own.file, "validation")
        told.append(f"written: {ranges_path(name, folder)}")
    else:
        told.append(ship_hands(trained.model, hands_path(name, folder)))
    try:
        ship_map(shipped, folder, own.lines, own.file, "validation", None if own.lines.kind is None else "written")
        told.append(f"written: {map_path(name, folder)}")
    except ValueError as error:
        told.append(f"no cell map: {error}")
    return told


def ship_hands(model: TextModel, path: Path) -> str:
    """Choose the hands of a text network, with the recogniser that ranks, and write them; in words, what was written or why nothing was."""
    ranks = ranking_recogniser()
    if not ranks:
        return "no hands: there is no recogniser to choose them with"
    try:
        save_hands(path, choose_hands(model, load_recogniser(ranks)))
    except ValueError as error:
        return f"no hands: {error}"
    return f"written: {path}"
