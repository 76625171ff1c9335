"""What a network of each kind is measured by, on lines it was not trained on: figures, and a sentence that says them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from hwmodel.data.lines import Lines, held_out
from hwmodel.network.likelihood import resolution, score
from hwmodel.network.model import HandwritingModel
from hwmodel.network.text_model import TextModel
from hwmodel.training.legibility import legibility
from hwmodel.training.legibility_table import legibility_tables
from hwmodel.training.recogniser import Recogniser
from hwmodel.training.recogniser_trainer import written
from hwmodel.training.text_trainer import TextLines, text_figures


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


def text_report(model: TextModel, lines: Lines, split: str, judge: str | None, ranks: str | None) -> Report:
    """Of a network that is told what to write, on all lines whose text can be trusted; with a recogniser's name, also how legibly it writes, and with
    that of another one, what this chooses. Raises ValueError where there are no such lines, CheckpointError where there is no such recogniser."""
    if ranks and judge in (None, ranks):
        raise ValueError(f"what {ranks} has chosen it reads better than others do; name another recogniser to judge with --legibility")
    found = text_figures(model, TextLines.of(lines, model.config.alphabet, split))
    off = f"at its end the window is off by {found.end_error:.2f} characters"
    sentence = f"{found.right:.3f} nats a step, told another line's text {found.other:.3f}; {off}"
    if judge is None:
        return Report(asdict(found), sentence)
    tables = legibility_tables(model, lines, split, judge, ranks)
    told = [sentence]
    for title, rows in tables.items():
        told.append(f"{title}: characters read wrongly | lines failed | dots of i and j in place | bars of t")
        told += [f"  {name}: {row}" for name, row in rows.items()]
    figures = {title: {name: asdict(row) for name, row in rows.items()} for title, rows in tables.items()}
    return Report(asdict(found) | {"legibility": figures}, "\n".join(told))


def reading_report(recogniser: Recogniser, lines: Lines, split: str, kind: str | None) -> Report:
    """Of a network that reads, on all lines whose text can be trusted and has no character that it does not know. Raises ValueError where there are
    none."""
    inks, texts = written([lines], recogniser.config.alphabet, len(lines), split, kind)
    found = legibility(recogniser, inks, texts)
    characters = sum(map(len, texts))
    figures = {"texts": len(texts), "characters": characters, "characters_wrong": found.errors, "lines_failed": found.failures}
    failed = f"{found.failures:.1%} of lines by more than half"
    return Report(figures, f"{found.errors:.1%} of {characters:,} characters in {len(texts)} lines read wrongly, {failed}")
