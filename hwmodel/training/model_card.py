"""The model card of a trained run: data, licence, recipe, learning curve, and every figure with the command that gives it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from hwmodel.data.collections import Collection, collection_of
from hwmodel.data.lines import Lines, evenly_by_length, held_out, load_lines
from hwmodel.ink.statistics import percentiles
from hwmodel.ink.strokes import Strokes
from hwmodel.network.likelihood import resolution, score
from hwmodel.network.model import HandwritingModel
from hwmodel.network.shipped import judging_recogniser, ranking_recogniser
from hwmodel.network.text_model import TextModel
from hwmodel.sampling.lines import generate
from hwmodel.training.legibility_table import legibility_tables
from hwmodel.training.text_trainer import TextLines, text_figures

STATISTICS = {
    "pen_lift_rate": "points after which the pen lifts (share)",
    "step": "median step (units)",
    "turning": "mean turn a step (radians)",
    "height": "line height (units)",
    "drift": "drift of the line (down for one right)",
}


@dataclass(frozen=True)
class LinesFile:
    """A lines file, and what it says of itself."""

    file: str  # its name, without the folder
    lines: Lines
    collection: Collection

    @classmethod
    def read(cls, path: str | Path) -> LinesFile:
        lines = load_lines(path)
        return cls(Path(path).name, lines, collection_of(lines, Path(path).stem))


def learned_from(about: dict[str, Any], files: Sequence[LinesFile]) -> list[LinesFile]:
    """The files that a run was trained on: by their collections where the run has kept these, else by their names. Raises ValueError where none of
    them is among `files`."""
    names = about.get("collections", [])
    found = [each for each in files if each.collection.name in names] or [each for each in files if each.file in about["lines"]]
    if not found:
        told = ", ".join(each.file for each in files)
        raise ValueError(f"the run was trained on {', '.join(names or about['lines'])}, and none of that is in {told}; name its file with --lines")
    return found


def data_and_licence(trained_on: Sequence[LinesFile]) -> list[str]:
    """Who made what a network was trained on, and what may be done with its weights: what all collections allow."""
    licences = dict.fromkeys(each.collection.licence for each in trained_on)
    all_hold = " All of these hold." if len(licences) > 1 else ""
    *others, last = (each.collection.credit for each in trained_on)
    return [*others, f"{last} **Licence of these weights: {'; '.join(licences)}.**{all_hold}"]


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


def text_table(name: str, model: TextModel, files: Sequence[LinesFile]) -> list[str]:
    """What the text is worth, on every held-out split."""
    rows = ["| lines | told their text | told another text | window off the text's end by | command |", "|---|---|---|---|---|"]
    for each in files:
        for split in sorted({"validation", "test"} & set(each.lines.split), reverse=True):
            lines = TextLines.of(each.lines, model.config.alphabet, split)
            figures = text_figures(model, lines)
            command = f"python -m hwmodel.evaluate --model {name} --lines {each.file} --split {split}"
            values = f"**{figures.right:.3f}** | {figures.other:.3f} | {figures.end_error:.2f} characters"
            rows.append(f"| {len(lines.offsets)} {each.collection.name} {split} | {values} | `{command}` |")
    return rows


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


def text_parts(name: str, model: TextModel, files: Sequence[LinesFile], own: LinesFile) -> list[str]:
    """What a network that is told its text is measured by."""
    return [
        "Nats a step: the state starts from zeros, every offset after a line's first point is counted once, pen bit included, in model units; told "
        "what is written, and told the text of another line of about the same length. At a line's end the window should stand at its text's end.",
        "\n".join(text_table(name, model, files)),
        "## Can it be read?",
        *legibility_parts(name, model, own),
    ]


def legibility_parts(name: str, model: TextModel, own: LinesFile) -> list[str]:
    """How well the shipped recognisers read what the network writes; nothing where there is none."""
    ranks = ranking_recogniser()
    if ranks is None:
        return ["Nobody has read it: there was no recogniser."]
    other = judging_recogniser()
    judge, ranks = (other, ranks) if other else (ranks, None)
    command = f"python -m hwmodel.evaluate --model {name} --lines {own.file} --legibility {judge}" + (f" --ranked-by {ranks}" if ranks else "")
    chosen = f", and of the best of eight samples, which another recogniser, [{ranks}]({ranks}.md), has chosen" if ranks else ""
    parts = [f"By [{judge}]({judge}.md), which makes mistakes of its own, of one sample of each text{chosen}: `{command}`."]
    for title, rows in legibility_tables(model, own.lines, "validation", judge, ranks).items():
        heading = "characters read wrongly | lines not finished, or read wrongly by more than half | i and j with a dot | t with a bar of its own"
        parts.append("\n".join([f"| {title} | {heading} |", "|---|---|---|---|---|", *(f"| {written} | {row} |" for written, row in rows.items())]))
    return parts
