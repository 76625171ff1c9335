"""The model card of a trained run: data, licence, recipe, learning curve, and every figure with the command that gives it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from hwmodel.data.lines import Lines, evenly_by_length, held_out
from hwmodel.ink.statistics import percentiles
from hwmodel.ink.strokes import Strokes
from hwmodel.network.likelihood import resolution, score
from hwmodel.network.model import HandwritingModel
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.lines import generate
from hwmodel.training.lines_file import LinesFile, data_and_licence, learned_from
from hwmodel.training.text_card import text_parts

STATISTICS = {
    "pen_lift_rate": "points after which the pen lifts (share)",
    "step": "median step (units)",
    "turning": "mean turn a step (radians)",
    "height": "line height (units)",
    "drift": "drift of the line (down for one right)",
}


def figures_table(name: str, model: HandwritingModel, files: Sequence[LinesFile]) -> list[str]:
    """Nats a step on every held-out split, each with its command."""
    rows = ["| lines | steps | nats a step | xy | pen | at the recording's resolution | command |", "|---|---|---|---|---|---|---|"]
    for each in files:
        for split in sorted({"validation", "test"} & set(each.lines.split), reverse=True):
            for kind in (None,) if each.lines.kind is None else ("written", "composed"):
                chosen = held_out(each.lines, split, kind)
                result, resolved = score(model, chosen), score(model, chosen, resolution(model)).total
                command = f"python -m hwmodel.evaluate --model {name} --lines {each.file} --split {split}" + (f" --kind {kind}" if kind else "")
                title = " ".join(filter(None, (each.collection.name, split, kind)))
                figures = f"**{result.total:.3f}** | {result.xy:.3f} | {result.pen:.3f} | {resolved:.3f}"
                rows.append(f"| {title} | {result.steps:,} | {figures} | `{command}` |")
    return rows


def samples_table(model: HandwritingModel, lines: Lines, count: int) -> list[str]:
    """Statistics of free samples (bias 0) and of as many held-out lines: 5th, 50th and 95th percentile of each."""
    written = evenly_by_length(held_out(lines, kind=None if lines.kind is None else "written"), count)
    samples = [line.strokes for line in generate(model, range(count), max_steps=int(np.median([len(o) for o in written])))]
    theirs, ours = percentiles(Strokes(o) for o in written), percentiles(samples)
    rows = [f"| | {len(written)} held-out lines | {count} free samples |", "|---|---|---|"]
    return rows + [f"| {title} | {low_mid_high(theirs[key])} | {low_mid_high(ours[key])} |" for key, title in STATISTICS.items()]


def low_mid_high(values: list[float]) -> str:
    low, middle, high = values
    return f"{middle:.3f} ({low:.3f} to {high:.3f})"


def settings(about: dict[str, Any], unused: Sequence[str] = ()) -> str:
    """The settings of a run, in words, but for those that such a run does not use."""
    train = about["train"]
    return ", ".join(f"{key} {value}" for key, value in {**train, **train["batch"]}.items() if key not in {"batch", *unused})


def curve_table(curve: list[dict[str, Any]], rows: int = 12) -> list[str]:
    """About `rows` rows of a learning curve."""
    chosen = sorted({int(i) for i in np.linspace(0, len(curve) - 1, rows).round()})
    table = ["| update | training | validation, averaged weights |", "|---|---|---|"]
    return table + [f"| {curve[i]['step']:,} | {curve[i]['train']:.3f} | {curve[i]['averaged']:.3f} |" for i in chosen]


def card(
    name: str,
    about: dict[str, Any],
    model: HandwritingModel | TextModel,
    curve: list[dict[str, Any]],
    files: Sequence[LinesFile],
    command: str,
    note: str,
) -> str:
    """The whole card, as Markdown. Raises ValueError where none of the files is what the network was trained on."""
    trained_on = learned_from(about, files)
    told = f" It is told what to write through a soft window of {model.config.window} Gaussians over the characters (section 5)."
    parts = [
        f"# {name}",
        f"One LSTM layer of {model.config.cells} cells and {model.config.components} bivariate Gaussians with a pen bit (Graves 2013, section 4.2): "
        f"{model.parameter_count():,} trained numbers, stored as float32.{told if isinstance(model, TextModel) else ''}",
        "## Data and licence",
        *data_and_licence(trained_on),
        "Only the `train` split was learned from; the validation lines chose the weights, the test lines nothing.",
        "## How well it predicts",
        *(text_parts(name, model, files, trained_on[0]) if isinstance(model, TextModel) else line_parts(name, model, files, trained_on[0])),
        f"All of the above is written by `{command}`.",
        "## How it was trained",
        f"`python -m hwmodel.train`, {about['step']:,} updates. Settings at the end: {settings(about)}.",
        note,
        "SOAP (arXiv 2409.11321) for the recurrent matrix, gate by gate, and AdamW for the rest; whole lines cut into pieces between which the state "
        "is carried; bfloat16 inside the LSTM; the moving average of the weights is what is shipped.",
        f"![learning curve]({name}.curve.svg)",
        "\n".join(curve_table(curve)),
    ]
    return "\n\n".join(parts) + "\n"


def line_parts(name: str, model: HandwritingModel, files: Sequence[LinesFile], own: LinesFile) -> list[str]:
    """What a network that writes as it likes is measured by."""
    return [
        "Nats a step: the state starts from zeros, every offset after a line's first point is counted once, pen bit included, in model units. In the "
        "column 'at the recording's resolution' each density is blurred by the rounding to whole whiteboard units (standard deviation 0.29), so that "
        "Gaussians narrower than that gain nothing.",
        "\n".join(figures_table(name, model, files)),
        "## Does it look like handwriting?",
        "Median, and 5th to 95th percentile; samples at bias 0, seeds 0 upwards.",
        "\n".join(samples_table(model, own.lines, 200)),
    ]
