"""Putting a trained recogniser beside the shipped checkpoints: weights, card, and learning curve."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from hwmodel.network.checkpoint import save_checkpoint
from hwmodel.network.shipped import SHIPPED
from hwmodel.training.lines_file import LinesFile, data_and_licence, learned_from
from hwmodel.training.model_card import curve_table, settings
from hwmodel.training.recogniser import Recogniser, load_recogniser, read_recogniser
from hwmodel.training.reports import reading_report
from hwmodel.training.run import RunFolder
from hwmodel.views.svg import curve_svg

UNUSED = ("output_rate", "window_rate", "recurrent_dropout", "piece", "rounding")  # settings that training a recogniser leaves alone


def ship_recogniser(name: str, run: Path, paths: Sequence[str], note: str, folder: Path = SHIPPED) -> list[str]:
    """Write weights (as float16: half the size, and what it reads stays the same), card and curve of a run; in words, what was written. Raises
    ValueError and CheckpointError."""
    trained, about = read_recogniser(RunFolder(run).best)
    curve, files = RunFolder(run).read_curve(), [LinesFile.read(path) for path in paths]
    learned_from(about, files)
    weights, written, picture = (folder / f"{name}.{ending}" for ending in ("safetensors", "md", "curve.svg"))
    save_checkpoint(weights, trained, about, torch.float16)
    command = f"python -m hwmodel.card {name} --run runs/{run.name} --lines {' '.join(each.file for each in files)}"
    written.write_text(recogniser_card(name, about, load_recogniser(name, folder), curve, files, command, note), "utf-8")
    picture.write_text(curve_svg({"wrong": [(row["step"], row["averaged"]) for row in curve]}, "updates", "share of characters"), "utf-8")
    return [f"written: {path}" for path in (weights, written, picture)]


def recogniser_card(
    name: str, about: dict[str, Any], recogniser: Recogniser, curve: list[dict[str, Any]], files: Sequence[LinesFile], command: str, note: str
) -> str:
    """The whole card, as Markdown."""
    config, size = recogniser.config, sum(parameter.numel() for parameter in recogniser.parameters())
    parts = [
        f"# {name}",
        f"A network that reads: three convolutions and two bidirectional LSTM layers of {config.units} cells each way, with connectionist temporal "
        f"classification over {len(config.alphabet)} characters: {size:,} trained numbers, stored as float16. It sees the shape of the pen's path; "
        "size, slope, slant and speed are taken out. It ranks samples of a text, and measures how well one can be read.",
        "## Data and licence",
        *data_and_licence(learned_from(about, files)),
        "Only the `train` split was learned from; the validation lines chose the weights, the test lines nothing.",
        "## How well it reads",
        "Characters read wrongly (edits, as a share of those written), and lines of which more than half was; each frame's likeliest character, no "
        "dictionary. Only lines whose transcript can be trusted, without characters that it does not know.",
        "\n".join(reading_table(name, recogniser, files)),
        f"All of the above is written by `{command}`.",
        "## How it was trained",
        f"`python -m hwmodel.train --recogniser`, {about['step']:,} updates. Settings at the end: {settings(about, UNUSED)}.",
        note,
        f"![learning curve]({name}.curve.svg)",
        "\n".join(curve_table(curve)),
    ]
    return "\n\n".join(parts) + "\n"


def reading_table(name: str, recogniser: Recogniser, files: Sequence[LinesFile]) -> list[str]:
    """Characters read wrongly on every held-out split, each with its command."""
    rows = ["| lines | how many | characters wrong | lines failed | command |", "|---|---|---|---|---|"]
    for each in files:
        for split in sorted({"validation", "test"} & set(each.lines.split), reverse=True):
            for kind in (None,) if each.lines.kind is None else ("written", "composed"):
                figures = reading_report(recogniser, each.lines, split, kind).figures
                command = f"python -m hwmodel.evaluate --model {name} --lines {each.file} --split {split}" + (f" --kind {kind}" if kind else "")
                title = " ".join(filter(None, (each.collection.name, split, kind)))
                values = f"{figures['texts']:,} | **{figures['characters_wrong']:.1%}** | {figures['lines_failed']:.1%}"
                rows.append(f"| {title} | {values} | `{command}` |")
    return rows
