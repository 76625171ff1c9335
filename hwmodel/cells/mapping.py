"""Making a checkpoint's cell map: the order and the roles of its cells, on lines it was not trained on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import spearmanr

from hwmodel.cells.article_claims import top_first
from hwmodel.cells.atlas import CellMap, Judged
from hwmodel.cells.ordering import METHODS, order_cells
from hwmodel.cells.recording import record_lines, record_text_lines
from hwmodel.cells.roles import Read, measure_roles
from hwmodel.cells.trace import CellTrace
from hwmodel.cells.usual import Usual
from hwmodel.data.lines import Lines
from hwmodel.data.text_batches import with_text
from hwmodel.data.texts import tidy
from hwmodel.ink.strokes import Strokes
from hwmodel.network.checkpoint import Checkpoint
from hwmodel.network.model import HandwritingModel
from hwmodel.network.text_model import TextModel

COUNT = 90  # lines in all: three parts of 30
LONGEST = 800  # steps of each
AT_ONCE = 30  # lines read side by side


def choose_lines(lines: Lines, split: str, kind: str | None, told: bool = False, seed: int = 0) -> tuple[list[Strokes], list[str]]:
    """COUNT lines of a split, drawn at random, cut to LONGEST steps, in random order, and what each says; where a network is `told` that, of those
    whose text can be trusted. Raises ValueError where there are too few."""
    there = lines.choose(split, kind)
    if told:
        there = np.intersect1d(there, with_text(lines, split))
    if len(there) < COUNT:
        kept = " with a text that can be trusted" if told else ""
        raise ValueError(f"a cell map needs {COUNT} lines{kept}, but there are {len(there)} in the split {split!r}; name another one with --split")
    chosen = np.random.default_rng(seed).permutation(there)[:COUNT]
    return [Strokes(lines.offsets(index)[:LONGEST]) for index in chosen], [tidy(str(lines.texts[index])) for index in chosen]


def read_lines(model: HandwritingModel | TextModel, inks: Sequence[Strokes], texts: Sequence[str]) -> Read:
    """The lines with what the cells did; a text network is told what they say."""
    order = sorted(range(len(inks)), key=lambda i: len(inks[i]))
    groups = [order[start : start + AT_ONCE] for start in range(0, len(order), AT_ONCE)]
    traces: dict[int, CellTrace] = {}
    for group in groups:
        read = [inks[i] for i in group]
        if isinstance(model, TextModel):
            found = [trace for trace, _ in record_text_lines(model, read, [texts[i] for i in group])]
        else:
            found = record_lines(model, read)
        traces |= dict(zip(group, found, strict=True))
    return Read(inks, [traces[i] for i in range(len(inks))])


def make_cell_map(
    checkpoint: Checkpoint[HandwritingModel] | Checkpoint[TextModel], inks: Sequence[Strokes], texts: Sequence[str], words: str
) -> CellMap:
    """The cell map of a checkpoint, from lines it was not trained on and what they say: dealt into three equal parts.

    Found on the first and measured on the third: the roles. Made from the first part, judged on the third: every order. The second part makes the
    other half's orders, of the same number of other lines, from roles that were found and measured on lines of its own, to see how far lines matter.
    All lines tell what is usual for each cell.
    """
    each = len(inks) // 3
    parts = [slice(part * each, (part + 1) * each) for part in range(3)]
    first, second, third = (read_lines(checkpoint.model, inks[part], texts[part]) for part in parts)
    tops = [top_first(measure_roles(*halves(part))) for part in (first, second)]
    usual = Usual.of([*first.traces, *second.traces, *third.traces])
    orders, table = {}, []
    for method in METHODS:
        made = order_cells(first.traces, tops[0], third.traces, method, steady=usual.steady)
        other = order_cells(second.traces, tops[1], third.traces, method, steady=usual.steady)
        again = order_cells(first.traces, tops[0], third.traces, method, seed=1, steady=usual.steady) if method == "tsne" else None
        orders[method] = made
        agree = [abs(float(spearmanr(made.ranks, each.ranks).statistic)) if each else None for each in (other, again)]
        table.append(Judged(method, made.quality, agree[0] or 0.0, agree[1]))
    permutations = np.stack([orders[method].permutation for method in METHODS])
    return CellMap(checkpoint.fingerprint, orders["tsne"], measure_roles(first, third), tuple(table), words, permutations, usual)


def halves(read: Read) -> tuple[Read, Read]:
    """Every other line, and the rest."""
    return Read(read.inks[::2], read.traces[::2]), Read(read.inks[1::2], read.traces[1::2])
