"""How well writing can be read: what was read against what was to be written."""

from __future__ import annotations

from collections.abc import Sequence


def edits(found: str, wanted: str) -> int:
    """The fewest characters to put in, take out or exchange that make one text the other (Levenshtein 1966)."""
    above = list(range(len(wanted) + 1))
    for row, character in enumerate(found, 1):
        here = [row]
        for column, other in enumerate(wanted, 1):
            here.append(min(here[-1] + 1, above[column] + 1, above[column - 1] + (character != other)))
        above = here
    return above[-1]


def error_rate(found: Sequence[str], wanted: Sequence[str]) -> float:
    """Edits in all lines, as a share of the characters that were to be written."""
    return sum(map(edits, found, wanted)) / max(1, sum(map(len, wanted)))
