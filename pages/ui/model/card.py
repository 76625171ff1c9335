"""What stands in a checkpoint's card, as the model page shows it."""

from __future__ import annotations

import re

from hwmodel.network.shipped import SHIPPED

ROW = re.compile(r"^\| ([\d,]+) \| (-?[\d.]+) \| (-?[\d.]+) \|$", re.MULTILINE)
MINUS = re.compile(r"(?<![\w-])-(?=[\d.])")  # of a number


def sections(name: str) -> dict[str, str]:
    """The text of each section of a shipped checkpoint's card, by its heading; none where there is no card."""
    path = SHIPPED / f"{name}.md"
    if not path.exists():
        return {}
    parts = re.split(r"^## (.+)$", path.read_text("utf-8"), flags=re.MULTILINE)
    return {heading: text.strip() for heading, text in zip(parts[1::2], parts[2::2], strict=True)}


def without_last_column(text: str) -> str:
    """The text with its tables' last column, the commands that made them, left out."""
    return with_minus(re.sub(r"^(\|.*\|)[^|\n]*\|$", r"\1", text, flags=re.MULTILINE))


def on_lines(text: str, lines: str) -> tuple[str, str] | None:
    """Nats a step on some lines, as they are and at the recording's resolution, from a card's table of what it predicts; None without such a row."""
    found = re.search(rf"^\| {re.escape(lines)} \| [\d,]+ \| \*\*(-?[\d.]+)\*\* \|.*\| (-?[\d.]+) \| `", text, re.MULTILINE)
    return None if found is None else (with_minus(found[1]), with_minus(found[2]))


def with_minus(text: str) -> str:
    """The text with the minus of numbers as a printer sets it."""
    return MINUS.sub("−", text)


def learning_curve(text: str) -> list[tuple[int, float, float]]:
    """Updates, and nats a step in training and in validation, from a card's table."""
    return [(int(update.replace(",", "")), float(training), float(validation)) for update, training, validation in ROW.findall(text)]
