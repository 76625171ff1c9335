"""The raw distribution of UNIPEN (train_r01_v07) to lines that look as if they were written on IAM-OnDB's whiteboard.

For each writer: one x-height, measured over all their ink, scaled to that of IAM-OnDB; a low-pass in time against the tablet's grid; points as far
apart as IAM-OnDB's. 'written' lines are texts cut into rows; 'composed' ones are put together of single words, see `composing`. Writers are held out
whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from hwmodel.data.lines import Lines
from hwmodel.data.raw import Account, progress, stack_lines
from hwmodel.data.unipen.choosing import (
    LEAST_BLUR,
    UNUSED_DONORS,
    Y_SCALE,
    letter_shares,
    split_of,
    unfit_line,
    unfit_word,
    unused_document,
)
from hwmodel.data.unipen.cleaning import clean, cut_at_gaps
from hwmodel.data.unipen.composing import Word, compose
from hwmodel.data.unipen.cutting import Ink, cut_long, share_words, split_rows
from hwmodel.data.unipen.format import Document, Segment, SegmentError, donors, part_ranges, read_documents, segment_points
from hwmodel.data.unipen.scaling import WriterScale, measure_scale, normalise
from hwmodel.ink.letter_size import letter_swing, weighted_quantiles, writing_size

GAPS_UNMARKED = "atu"  # a donor whose files do not mark where the pen was up


@dataclass(frozen=True)
class Piece:
    """Clean ink of a segment, or of one row of it, with its words."""

    document: Document
    segment: Segment
    ink: Ink
    words: list[str]
    row: int = 0
    rows: int = 1

    @property
    def writer(self) -> str:
        return self.document.writer

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def parts(self) -> range:
        """From the first to the last component of the segment."""
        ranges = list(part_ranges(self.segment.parts))
        return range(ranges[0][0], ranges[-1][2] + 1)


@dataclass(frozen=True)
class WrittenLine:
    """A normalised line with all that the lines file tells of it."""

    name: str
    writer: str
    text: str
    text_exact: bool  # the words are surely those of this ink: the text was not shared out over several lines, or two ways to do so agree
    ink: Ink


@dataclass
class Findings:
    """What is gathered over the donors."""

    lines: list[WrittenLine] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    account: Account = field(default_factory=Account)
    seen: set[int] = field(default_factory=set)  # ink that was met already: some donors gave it twice


def read_unipen(root: Path, seed: int = 0) -> tuple[Lines, Account]:
    """The lines in the folder `root`, and an account. Raises ValueError where there are none; `seed` is that of the composed lines."""
    findings = Findings()
    for donor in progress(donors(root), "UNIPEN donors"):
        if donor in UNUSED_DONORS:
            findings.account.left_out[f"donor {donor}: {UNUSED_DONORS[donor]}"] += 1
        else:
            read_donor(root, donor, findings)
    composed = list(compose(findings.words, seed))
    inks = [line.ink for line in findings.lines] + [line.ink for line in composed]
    if not inks:
        raise ValueError(f"there is no line of UNIPEN in {root}; expected its folders data and include\n{findings.account.text()}")
    writers = [line.writer for line in findings.lines] + [line.writer for line in composed]
    kinds = ["written"] * len(findings.lines) + ["composed"] * len(composed)
    findings.account.kept |= Counter({f"lines, {kind}": kinds.count(kind) for kind in ("written", "composed")})
    findings.account.kept |= {"points": sum(len(stroke) for ink in inks for stroke in ink), "writers": len(set(writers))}
    lines = stack_lines(
        inks,
        names=np.array([line.name for line in findings.lines] + [f"{line.writer}/composed{i}" for i, line in enumerate(composed)]),
        split=np.array([split_of(writer) for writer in writers]),
        texts=np.array([line.text for line in findings.lines] + [" ".join(line.words) for line in composed]),
        text_exact=np.array([line.text_exact for line in findings.lines] + [True] * len(composed)),
        writers=np.array(writers),
        kind=np.array(kinds),
    )
    return lines, findings.account


def read_donor(root: Path, donor: str, findings: Findings) -> None:
    """Adds a donor's lines and words to the findings."""
    segments = clean_segments(root, donor, findings.account)
    swings = median_by_writer((piece.writer, letter_swing(piece.ink)) for piece in segments)
    rows: list[Piece] = []
    words: list[Piece] = []
    for piece in segments:
        if piece.writer not in swings:
            findings.account.left_out["segments of a writer with too little ink to measure"] += 1
        elif piece.segment.level == "8":
            rows += split_text(piece, swings[piece.writer], findings.account)
        else:
            words.append(piece)
    scales = writer_scales(rows + words, swings, LEAST_BLUR.get(donor, 0.0))
    used: dict[str, set[int]] = defaultdict(set)
    for piece in rows:
        for line in written_lines(piece, scales[piece.writer], findings):
            findings.lines.append(line)
            used[piece.document.name].update(piece.parts)
    for piece in words:
        if is_used(piece, "words", scales[piece.writer], findings):
            ink = normalise(piece.ink, scales[piece.writer])
            unfit = unfit_word(ink, piece.text)
            if unfit:
                findings.account.left_out[f"words {unfit}"] += 1
            else:
                in_line = bool(used[piece.document.name].intersection(piece.parts))
                findings.words.append(Word(piece.writer, piece.document.name, piece.parts, piece.text, ink, in_line))


def clean_segments(root: Path, donor: str, account: Account) -> list[Piece]:
    """All usable segments of a donor, not yet cut into rows."""
    pieces = []
    for document in read_documents(root, donor):
        for segment in document.segments:
            try:
                strokes = segment_points(document, segment)
            except SegmentError as error:
                account.left_out[str(error)] += 1
                continue
            if donor == GAPS_UNMARKED:
                strokes = [part for stroke in strokes for part in cut_at_gaps(stroke)]
            ink = clean(strokes, Y_SCALE.get(donor, 1.0))
            words = segment.label.replace("@", "").split() if donor == "kai" else segment.label.split()
            if ink and words:
                pieces.append(Piece(document, segment, ink, words))
    return pieces


def median_by_writer(values: Iterable[tuple[str, float | None]]) -> dict[str, float]:
    """Each writer's median of what is known."""
    by_writer = defaultdict(list)
    for writer, value in values:
        if value:
            by_writer[writer].append(value)
    return {writer: float(np.median(known)) for writer, known in by_writer.items()}


def split_text(piece: Piece, x_height: float, account: Account) -> list[Piece]:
    """The rows of a text, each with its words."""
    rows = split_rows(piece.ink, x_height)
    words = share_words(piece.words, rows)
    if words is None:
        account.left_out["texts of more rows than words"] += 1
        return []
    return [Piece(piece.document, piece.segment, ink, given, i, len(rows)) for i, (ink, given) in enumerate(zip(rows, words, strict=True))]


def writer_scales(pieces: Sequence[Piece], swings: dict[str, float], least_blur: float) -> dict[str, WriterScale]:
    """Each writer's scale, from all their ink."""
    by_writer = defaultdict(list)
    for piece in pieces:
        by_writer[piece.writer].append(piece)
    known = {writer: x_height(theirs) for writer, theirs in by_writer.items()}
    ratios = [height / swings[writer] for writer, height in known.items() if height]
    ratio = float(np.median(ratios)) if ratios else 0.9
    scales = {}
    for writer, theirs in by_writer.items():
        inks = [piece.ink for piece in theirs if len(piece.words[0]) > 2] or [piece.ink for piece in theirs]
        scales[writer] = measure_scale(inks, known[writer] or swings[writer] * ratio, least_blur)
    return scales


def x_height(pieces: Sequence[Piece]) -> float | None:
    """A writer's x-height in device units: the median over their lower-case lines and words, by number of letters; None of fewer than three."""
    heights, letters = [], []
    for piece in pieces:
        alphabetic, lower = letter_shares(piece.text)
        size = writing_size(piece.ink) if lower > 0.7 and alphabetic > 0.8 else None
        if size:
            heights.append(size.x_height)
            letters.append(len(piece.text))
    return float(weighted_quantiles(np.array(heights), np.array(letters, float), (0.5,))[0]) if len(heights) >= 3 else None


def is_used(piece: Piece, what: str, scale: WriterScale, findings: Findings) -> bool:
    """Whether a piece is to be looked at, by its writer, tablet and whether its ink was met before."""
    why = unused_document(piece.document, scale.x_height)
    begins = b"".join(np.diff(stroke[:12], axis=0).round().tobytes() for stroke in piece.ink if len(stroke) > 8)
    ink = hash((what, begins))
    if not why and begins and ink in findings.seen:
        why = "that were given twice"
    findings.seen.add(ink)
    if why:
        findings.account.left_out[f"{what} {why}"] += 1
    return not why


def written_lines(piece: Piece, scale: WriterScale, findings: Findings) -> list[WrittenLine]:
    """The lines of one row: one, several where it is long, none where it is unfit."""
    if not is_used(piece, "lines", scale, findings):
        return []
    lines = []
    stem = f"{piece.writer}/{Path(piece.document.name).name}:{piece.segment.parts.replace(' ', '')}.{piece.row}"
    for i, (ink, words, agreed) in enumerate(cut_long(piece.ink, piece.words, scale.x_height)):
        ink = normalise(ink, scale)
        unfit = unfit_line(ink, words, piece.document.donor)
        if unfit:
            findings.account.left_out[f"lines {unfit}"] += 1
        else:
            lines.append(WrittenLine(f"{stem}.{i}", piece.writer, " ".join(words), agreed and piece.rows == 1, ink))
    return lines
