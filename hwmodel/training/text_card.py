"""What the card of a network that is told its text says beside that of every network: what the text is worth, and whether it can be read."""

from __future__ import annotations

from collections.abc import Sequence

from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.shipped import available_checkpoints, judging_recogniser, ranking_recogniser
from hwmodel.network.text_model import TextModel
from hwmodel.training.changes import changes_with_text
from hwmodel.training.known_letters import TOLD, WHERE, Known, in_a_sentence
from hwmodel.training.legibility_table import SAMPLES, legibility_tables
from hwmodel.training.lines_file import LinesFile
from hwmodel.training.pieces import BIAS, STEPS, Likeness
from hwmodel.training.text_trainer import TextLines, text_figures


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


def text_parts(name: str, model: TextModel, files: Sequence[LinesFile], own: LinesFile) -> list[str]:
    """What a network that is told its text is measured by."""
    return [
        "Nats a step: the state starts from zeros, every offset after a line's first point is counted once, pen bit included, in model units; told "
        "what is written, and told the text of another line of about the same length. At a line's end the window should stand at its text's end.",
        "\n".join(text_table(name, model, files)),
        "## Can it be read?",
        *legibility_parts(name, model, own),
        *changes_parts(name, model, own),
    ]


def legibility_parts(name: str, model: TextModel, own: LinesFile) -> list[str]:
    """How well the shipped recognisers read what the network writes."""
    ranks = ranking_recogniser()
    if ranks is None:
        return ["Nobody has read it: there was no recogniser."]
    other = judging_recogniser()
    judge, ranks = (other, ranks) if other else (ranks, None)
    command = f"python -m hwmodel.evaluate --model {name} --lines {own.file} --legibility {judge}" + (f" --ranked-by {ranks}" if ranks else "")
    chosen = f", and of the best of {SAMPLES} samples, which another recogniser, [{ranks}]({ranks}.md), has chosen" if ranks else ""
    parts = [f"By [{judge}]({judge}.md), which makes mistakes of its own, of one sample of each text{chosen}: `{command}`."]
    for title, rows in legibility_tables(model, own.lines, "validation", judge, ranks).items():
        heading = "characters read wrongly | lines not finished, or read wrongly by more than half | i and j with a dot | t with a bar of its own"
        parts.append("\n".join([f"| {title} | {heading} |", "|---|---|---|---|---|", *(f"| {written} | {row} |" for written, row in rows.items())]))
    return parts


def changes_parts(name: str, model: TextModel, own: LinesFile) -> list[str]:
    """What is other than in the network that it began as, which is told nothing; nothing where that one is not shipped."""
    free = name.removesuffix("-text")
    if free == name or free not in available_checkpoints():
        return []
    changes = changes_with_text(model, load_checkpoint(free).model, own.lines, "validation")
    command = f"python -m hwmodel.evaluate --model {name} --lines {own.file} --beside {free}"
    return [
        "## What changes when the text is told",
        f"Beside [{free}]({free}.md), which is told nothing: `{command}`.",
        f"Which letters the cells know of: a linear decoder names them from all {model.config.cells} cell states after each movement of validation "
        "lines, made from four fifths of the lines and tried on the rest. Capitals count as small letters.",
        "\n".join(known_table(changes.known)),
        in_a_sentence(changes.known),
        f"Is what it writes like what people write, and as varied? Pieces of {STEPS} movements, written at bias {BIAS:g}, against pieces of the "
        "validation lines (Kynkäänniemi et al. 2019, arXiv 1904.06991): how many written ones are like a real one, and how many real ones are like a "
        "written one.",
        "\n".join(likeness_table(changes.pieces)),
    ]


def known_table(known: Known) -> list[str]:
    """A row for each network, a column for each letter."""
    rows = {name: [f"{decoded[where].right:.1%}" for where in WHERE] for name, decoded in known.items()}
    rows["always the most frequent one"] = [f"{known[TOLD][where].chance:.1%}" for where in WHERE]
    heading = [f"| cells | {' | '.join(WHERE)} |", "|---" * (1 + len(WHERE)) + "|"]
    return heading + [f"| {name} | {' | '.join(shares)} |" for name, shares in rows.items()]


def likeness_table(like: dict[str, Likeness]) -> list[str]:
    """A row for each source of ink."""
    rows = [f"| {name} | {each.precision:.1%} | {each.recall:.1%} | {each.pieces:,} |" for name, each in like.items()]
    return ["| ink | precision | recall | pieces of each |", "|---|---|---|---|", *rows]
