"""The collections that lines come from, and what may be done with what is learnt from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hwmodel.data.lines import Lines


@dataclass(frozen=True)
class Collection:
    """Where lines come from."""

    name: str  # as it is called in cards and tables
    licence: str  # of weights that were trained on it, in a few words
    credit: str  # who made it and on what terms, as Markdown


IAM = Collection(
    "IAM-OnDB",
    "research use",
    "**IAM-OnDB**, the IAM On-Line Handwriting Database (Marti, Bunke and Liwicki, University of Bern): English, written on a whiteboard,\n"
    "for non-commercial research.",
)
UNIPEN = Collection(
    "UNIPEN",
    "CC BY 4.0",
    "**UNIPEN** train_r01_v07 (International Unipen Foundation, 1999; Guyon et al. 1994, doi 10.1109/ICPR.1994.576870): words and texts\n"
    "written on tablets at many sites. The CD-ROM of 1999 says research use and no commercial distribution; the Foundation's later release (2018,\n"
    "doi 10.5281/zenodo.1195803) is CC BY 4.0. We go by the later release.",
)
KNOWN = {each.name: each for each in (IAM, UNIPEN)}
IAM_NAME = re.compile(r"[a-z]\d\d-\d{3}[a-z]?-\d\d")  # form, writer's letter, line


def collection_of(lines: Lines, file: str) -> Collection:
    """What a lines file says of itself; of files made before they said it, the names of their lines tell. One that tells nothing is called by its
    own name."""
    if lines.collection in KNOWN:
        return KNOWN[lines.collection]
    if not lines.collection and lines.writers is not None and lines.kind is not None:
        return UNIPEN
    if not lines.collection and all(IAM_NAME.fullmatch(str(name)) for name in lines.names[:100]):
        return IAM
    name, licence = lines.collection or file, lines.licence or "not stated"
    return Collection(name, licence, f"**{name}**, as its lines file has it; licence: {licence}.")
