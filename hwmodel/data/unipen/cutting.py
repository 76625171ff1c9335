"""From texts of several rows to lines: rows found by the order of writing, words given to rows by their width, long rows cut at wide gaps.

Ink is a list of strokes (n, 2), y downwards; `x_height` is the writer's, in the same units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

Ink = list[np.ndarray]

LONGEST = 60  # x-heights: a longer line is cut
PIECE = 46  # x-heights: into pieces of about this length


@dataclass
class Row:
    """A row of writing while it is gathered."""

    ink: Ink
    across: list[float] = field(default_factory=list)  # middles of its larger strokes, x
    down: list[float] = field(default_factory=list)  # and y
    right: float = -np.inf

    def add(self, stroke: np.ndarray, middle: np.ndarray | None) -> None:
        """One more stroke; `middle` is None for one too small to say where the row is."""
        self.ink.append(stroke)
        self.right = max(self.right, float(stroke[:, 0].max()))
        if middle is not None:
            self.across.append(float(middle[0]))
            self.down.append(float(middle[1]))


def split_rows(ink: Ink, x_height: float) -> list[Ink]:
    """The rows of a text, in the order of their first strokes: a new one begins where the pen goes back to the left and down, or far down.

    A stroke far above the row, such as a late dot, goes to the row that was being written at that place.
    """
    rows: list[Row] = []
    for stroke in ink:
        low, high = stroke.min(axis=0), stroke.max(axis=0)
        middle = (low + high) / 2
        large = np.hypot(*(high - low)) > 0.5 * x_height
        if not rows:
            rows.append(Row([]))
            rows[-1].add(stroke, middle)
            continue
        row = rows[-1]
        below = middle[1] - np.median(row.down[-7:])
        back = low[0] < row.right - 2.5 * x_height and middle[0] < row.across[-1] - 2 * x_height
        if large and ((below > 1.5 * x_height and back) or below > 3.2 * x_height):
            rows.append(Row([]))
            rows[-1].add(stroke, middle)
        elif below < -2.2 * x_height and len(rows) > 1:
            nearest_row(rows, middle, abs(below)).add(stroke, middle)
        else:
            row.add(stroke, middle if large else None)
    return join_fragments([row.ink for row in rows], x_height)


def nearest_row(rows: Sequence[Row], middle: np.ndarray, distance: float) -> Row:
    """The earlier row that was closest to a place (x, y), or the last one if none is closer than `distance`."""
    best = rows[-1]
    for row in rows[:-1]:
        at = int(np.argmin(np.abs(np.array(row.across) - middle[0])))
        there = abs(middle[1] - np.median(row.down[max(0, at - 3) : at + 4]))
        if there < distance:
            best, distance = row, there
    return best


def join_fragments(rows: list[Ink], x_height: float) -> list[Ink]:
    """Rows without those that are a single small stroke, which is given to the row before."""
    joined: list[Ink] = []
    for row in rows:
        if joined and len(row) == 1 and np.hypot(*np.ptp(row[0], axis=0)) < 0.8 * x_height:
            joined[-1] += row
        else:
            joined.append(row)
    return joined


def share_words(words: list[str], rows: Sequence[Ink]) -> list[list[str]] | None:
    """The words of each row, such that the rows' widths and their numbers of letters agree best (least squares); None for fewer words than rows."""
    if len(rows) == 1:
        return [words]
    if len(words) < len(rows):
        return None
    widths = np.array([np.ptp(np.concatenate(row)[:, 0]) for row in rows])
    letters = np.concatenate(([0], np.cumsum([len(word) + 1.0 for word in words])))  # each word with the space behind it
    per_letter = widths.sum() / (letters[-1] - len(rows))
    cost = np.full((len(rows) + 1, len(words) + 1), np.inf)  # of the first rows with the first words
    first = np.zeros(cost.shape, int)
    cost[0, 0] = 0
    for row in range(1, len(rows) + 1):
        for end in range(row, len(words) + 1):
            begin = np.arange(row - 1, end)
            costs = cost[row - 1, begin] + ((letters[end] - letters[begin] - 1) * per_letter - widths[row - 1]) ** 2
            first[row, end] = begin[np.argmin(costs)]
            cost[row, end] = costs.min()
    shared, end = [], len(words)
    for row in range(len(rows), 0, -1):
        shared.append(words[first[row, end] : end])
        end = first[row, end]
    return shared[::-1]


def gaps(ink: Ink) -> list[tuple[float, float]]:
    """Widths of the empty places between strokes, and their middles in x, from left to right."""
    extents = sorted((float(stroke[:, 0].min()), float(stroke[:, 0].max())) for stroke in ink)
    found, right = [], extents[0][1]
    for begin, end in extents[1:]:
        if begin > right:
            found.append((begin - right, (begin + right) / 2))
        right = max(right, end)
    return found


def cut_long(ink: Ink, words: list[str], x_height: float) -> list[tuple[Ink, list[str], bool]]:
    """Pieces of a row: ink, words, and whether two ways of sharing out the words agree. A row of usual length is one piece."""
    places = np.concatenate(ink)[:, 0]
    left, width = float(places.min()), float(np.ptp(places))
    if width <= LONGEST * x_height:
        return [(ink, words, True)]
    empty = gaps(ink)
    between_words = sorted(empty, reverse=True)[: max(len(words) - 1, 1)]
    step = width / np.ceil(width / (PIECE * x_height))
    cuts: list[float] = []
    for target in np.arange(left + step, left + width - step / 2, step):
        last = cuts[-1] if cuts else left
        fit = [
            (gap / x_height - 1.2 * abs(x - target) / step, x)
            for gap, x in empty
            if abs(x - target) < 0.38 * step and x > last + 10 * x_height and gap > 0.45 * x_height
        ]
        if fit:
            cuts.append(max(fit)[1])
    middles = [(stroke[:, 0].min() + stroke[:, 0].max()) / 2 for stroke in ink]
    pieces = [[s for s, x in zip(ink, middles, strict=True) if begin < x <= end] for begin, end in pairwise([-np.inf, *cuts, np.inf])]
    pieces = [piece for piece in pieces if piece]
    counts = [0, *(sum(x < cut for _, x in between_words) + 1 for cut in cuts), len(words)]
    by_gaps = [words[begin:end] for begin, end in pairwise(counts)]
    by_width = share_words(words, pieces) or [words, *([] for _ in pieces[1:])]
    return [(piece, given, i < len(by_gaps) and given == by_gaps[i]) for i, (piece, given) in enumerate(zip(pieces, by_width, strict=True))]
