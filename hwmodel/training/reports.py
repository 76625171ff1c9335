"""What a network of each kind is measured by, on lines it was not trained on: figures, and a sentence that says them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from hwmodel.data.lines import Lines, held_out
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.likelihood import resolution, score
from hwmodel.network.model import HandwritingModel
from hwmodel.network.text_model import TextModel
from hwmodel.training.changes import changes_with_text
from hwmodel.training.known_letters import in_a_sentence
from hwmodel.training.legibility import legibility
from hwmodel.training.legibility_table import legibility_tables
from hwmodel.training.recogniser import Recogniser
from hwmodel.training.recogniser_trainer import written
from hwmodel.training.text_card import known_table, likeness_table
from hwmodel.training.text_trainer import TextLines, text_figures


@dataclass(frozen=True)
class Ask:
    """Which measures of a text network are asked for besides what its text is worth to it."""

    judge: str | None = None  # name of the recogniser that reads what it writes
    ranks: str | None = None  # name of another one, which chooses among samples
    beside: str | None = None  # name of a network that is told nothing


@dataclass(frozen=True)
class Report:
    """Of one network on lines of one split."""

    figures: dict[str, Any]  # plain JSON values
    sentence: str


def line_report(model: HandwritingModel, lines: Lines, split: str, kind: str | None) -> Report:
    """Of a network that writes as it likes. Raises ValueError where there are no such lines."""
    offsets = held_out(lines, split, kind)
    result, resolved = score(model, offsets), score(model, offsets, resolution(model)).total
    figures = {"steps": result.steps, "nats_per_step": result.total, "nats_xy": result.xy, "nats_pen": result.pen, "nats_at_resolution": resolved}
    parts = f"xy {result.xy:.3f}, pen {result.pen:.3f}, {result.steps:,} steps; {resolved:.3f} at the recording's resolution"
    return Report(figures, f"{result.total:.3f} nats a step ({parts})")


def text_report(model: TextModel, lines: Lines, split: str, ask: Ask) -> Report:
    """Of a network that is told what to write, on all lines whose text can be trusted; where it is asked for, also how legibly it writes and what
    changes with the text. Raises ValueError where there are no such lines, CheckpointError where there is no such recogniser or network."""
    if ask.ranks and ask.judge in (None, ask.ranks):
        raise ValueError(f"what {ask.ranks} has chosen it reads better than others do; name another recogniser to judge with --legibility")
    found = text_figures(model, TextLines.of(lines, model.config.alphabet, split))
    off = f"at its end the window is off by {found.end_error:.2f} characters"
    figures, told = asdict(found), [f"{found.right:.3f} nats a step, told another line's text {found.other:.3f}; {off}"]
    if ask.judge:
        tables = legibility_tables(model, lines, split, ask.judge, ask.ranks)
        figures["legibility"] = {title: {name: asdict(row) for name, row in rows.items()} for title, rows in tables.items()}
        for title, rows in tables.items():
            told.append(f"{title}: characters read wrongly | lines failed | dots of i and j in place | bars of t")
            told += [f"  {name}: {row}" for name, row in rows.items()]
    if ask.beside:
        changes = changes_with_text(model, load_checkpoint(ask.beside).model, lines, split)
        figures["known_letters"] = {name: {where: each.right for where, each in row.items()} for name, row in changes.known.items()}
        figures["pieces"] = {name: each._asdict() for name, each in changes.pieces.items()}
        told += [*known_table(changes.known), in_a_sentence(changes.known), *likeness_table(changes.pieces)]
    return Report(figures, "\n".join(told))


def reading_report(recogniser: Recogniser, lines: Lines, split: str, kind: str | None) -> Report:
    """Of a network that reads, on all lines whose text can be trusted and has no character that it does not know. Raises ValueError where there are
    none."""
    inks, texts = written([lines], recogniser.config.alphabet, len(lines), split, kind)
    found = legibility(recogniser, inks, texts)
    characters = sum(map(len, texts))
    figures = {"texts": len(texts), "characters": characters, "characters_wrong": found.errors, "lines_failed": found.failures}
    failed = f"{found.failures:.1%} of lines by more than half"
    return Report(figures, f"{found.errors:.1%} of {characters:,} characters in {len(texts)} lines read wrongly, {failed}")
