"""What of UNIPEN is used: facts about its donors, found by looking at their ink, and what a line must be like."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from hwmodel.data.unipen.cutting import Ink, gaps
from hwmodel.data.unipen.format import Document
from hwmodel.data.unipen.scaling import TARGET_X_HEIGHT
from hwmodel.ink.letter_size import ink_pieces, weighted_quantiles, writing_size

UNUSED_DONORS = {"ced": "digits and boxes", "rim": "capitals only", "lav": "random letters", "apb": "the ink of apd and ape again"}
UNUSED_WRITERS = {"hpp/hpb2-an": "ink squeezed to a third", "pri/150": "collapsed letters", "imp/wyman": "unreadable ink"}
NOT_COMPOSED = {"anj": "letters one by one", "pap/bmcaps": "capitals"}
COARSEST = 8.0  # device units: a writer's x must be at least as high, or the grid shows

Y_SCALE = {"aga": 856.7 / 979.3}  # a tablet whose two resolutions are not the ones it declares
# Samples: coarse or shaky tablets, smoothed until a network trained on whiteboard ink was as sure of them as of whiteboard ink.
LEAST_BLUR = {"dar": 1.5, "aga": 1.3, "scr": 1.5, "hpp": 1.1, "app": 1.8, "apa": 1.6, "att": 1.5}


def split_of(writer: str) -> str:
    """A writer's split: about 6 % validation, 6 % test, decided by the name so that it never changes with what else is there."""
    place = int(hashlib.sha256(writer.encode()).hexdigest(), 16) % 1000
    return "validation" if place < 60 else "test" if place < 120 else "train"


def unused_document(document: Document, x_height: float) -> str | None:
    """Why nothing of a document is used, or None."""
    if document.writer in UNUSED_WRITERS:
        return f"of one writer: {UNUSED_WRITERS[document.writer]}"
    if x_height < COARSEST or (document.donor == "hpb" and document.about.get("X_POINTS_PER_INCH") == "84"):
        return "from a tablet too coarse for the writing"
    return None


def letter_shares(text: str) -> tuple[float, float]:
    """Share of letters among the marks of a text, and of lower-case letters among its letters."""
    marks = [mark for mark in text if not mark.isspace()]
    letters = sum(mark.isalpha() for mark in marks)
    return letters / max(len(marks), 1), sum(mark.islower() for mark in marks) / max(letters, 1)


def unfit_line(ink: Ink, words: Sequence[str], donor: str) -> str | None:
    """Why normalised ink is no line of writing that we want, or None."""
    text = " ".join(words)
    if len(words) < 2:
        return "of one word"
    size = writing_size(ink)
    points = np.concatenate(ink)
    if size is None or len(points) < 20:
        return "too small to measure"
    letters, lower = letter_shares(text)
    if letters < (0.85 if donor == "att" else 0.6) or lower < 0.5 or np.mean([len(word) == 1 for word in words]) > 0.5:
        return "mostly of digits, marks, capitals or single letters"
    middles, lengths = ink_pieces(ink)
    low, high = weighted_quantiles(middles[:, 1] - size.slope * middles[:, 0], lengths, (0.1, 0.9)) / TARGET_X_HEIGHT
    width, height = np.ptp(points, axis=0) / TARGET_X_HEIGHT
    if width < 5:
        return "shorter than five letters"
    if high - low > 4.2 or height > 9:
        return "higher than one row"
    if max((gap for gap, _ in gaps(ink)), default=0) > 6 * TARGET_X_HEIGHT:
        return "with a gap of more than six letters"
    if not 0.5 < size.x_height / TARGET_X_HEIGHT < 1.9:
        return "of another size than their writer's others"
    if abs(size.slope) > 0.2:
        return "that climb or fall"
    if not 0.4 < width / len(text) < 3.5:
        return "whose width does not fit their text"
    return "with a jump inside a stroke" if jumps(ink) else None


def unfit_word(ink: Ink, text: str) -> str | None:
    """Why normalised ink is no word to compose lines of, or None."""
    letters, lower = letter_shares(text)
    if letters < 0.5 or (lower < 0.4 and len(text) > 1):
        return "of digits, marks or capitals"
    width, height = np.ptp(np.concatenate(ink), axis=0) / TARGET_X_HEIGHT
    if height > 8 or not 0.25 < width / len(text) < 3.5:
        return "whose size does not fit their text"
    return "with a jump inside a stroke" if jumps(ink) else None


def jumps(ink: Ink) -> bool:
    """A step of more than four x-heights within a stroke."""
    _, steps = ink_pieces(ink)
    return bool(len(steps) and steps.max() > 4 * TARGET_X_HEIGHT)
