"""What stands in a checkpoint's card, as the model page shows it."""

from __future__ import annotations

import re

from hwmodel.network.shipped import SHIPPED

ROW = re.compile(r"^\| ([\d,]+) \| (-?[\d.]+) \| (-?[\d.]+) \|$", re.MULTILINE)


def sections(name: str) -> dict[str, str]:
    """The text of each section of a shipped checkpoint's card, by its heading; none where there is no card."""
    path = SHIPPED / f"{name}.md"
    if not path.exists():
        return {}
    parts = re.split(r"^## (.+)$", path.read_text("utf-8"), flags=re.MULTILINE)
    return {heading: text.strip() for heading, text in zip(parts[1::2], parts[2::2], strict=True)}


def without_last_column(text: str) -> str:
    """The text with its tables' last column, the commands that made them, left out."""
    return re.sub(r"^(\|.*\|)[^|\n]*\|$", r"\1", text, flags=re.MULTILINE)


def learning_curve(text: str) -> list[tuple[int, float, float]]:
    """Updates, and nats a step in training and in validation, from a card's table."""
    return [(int(update.replace(",", "")), float(training), float(validation)) for update, training, validation in ROW.findall(text)]
