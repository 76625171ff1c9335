"""What is other in a network that is told its text than in one that is not."""

from __future__ import annotations

from typing import NamedTuple

from hwmodel.data.lines import Lines
from hwmodel.network.model import HandwritingModel
from hwmodel.network.text_model import TextModel
from hwmodel.training.known_letters import Known, known_letters
from hwmodel.training.pieces import Likeness, likenesses


class Changes(NamedTuple):
    """On lines of one split."""

    known: Known  # which letters can be read off the cells
    pieces: dict[str, Likeness]  # how like people's the ink is, and how varied, by who wrote it


def changes_with_text(told: TextModel, free: HandwritingModel, lines: Lines, split: str) -> Changes:
    """Both measures. Raises ValueError where there are too few lines whose text can be trusted."""
    return Changes(known_letters(told, free, lines, split), likenesses(told, free, lines, split))
