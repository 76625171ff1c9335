"""With what futures were drawn, and by what rules they are looked at: so that a page with a network of its own draws them anew."""

from __future__ import annotations

from typing import TypedDict

from hwmodel.futures import forks, grouping
from hwmodel.futures.values import GRID
from hwmodel.views.futures_view import FULL_TURN, GOES_ON, MEASURES


class ForkNumbers(TypedDict):
    """Where futures fork: the numbers of hwmodel/futures/forks.py, which says what they are."""

    least_share: float
    least_gap: float
    least_cut: float
    apart: int


class BranchNumbers(TypedDict):
    """How futures are grouped: the numbers of hwmodel/futures/grouping.py, and how many cells the next step's density has to a side."""

    marks: int
    most_branches: int
    least_share: float
    least_silhouette: float
    nearly_best: float
    grid: int


class CurveNumbers(TypedDict):
    """Which of the measures of certainty are taken from futures."""

    spread: int
    lifts: int


class DrawnWith(TypedDict):
    """The contract with pages/ui/components/futures_anew/data.js, which says what each is."""

    bias: float
    seed: int
    full_turn: float
    goes_on: int
    fork: ForkNumbers
    branch: BranchNumbers
    curve: CurveNumbers


def drawn_with(bias: float, seed: int) -> DrawnWith:
    """Of futures that were drawn with this bias and this seed."""
    measures = [attribute for attribute, _, _ in MEASURES.values()]
    return {
        "bias": bias,
        "seed": seed,
        "full_turn": float(FULL_TURN),
        "goes_on": GOES_ON,
        "fork": {"least_share": forks.LEAST_SHARE, "least_gap": forks.LEAST_GAP, "least_cut": forks.LEAST_CUT, "apart": forks.APART},
        "branch": {
            "marks": grouping.MARKS,
            "most_branches": grouping.MOST_BRANCHES,
            "least_share": grouping.LEAST_SHARE,
            "least_silhouette": grouping.LEAST_SILHOUETTE,
            "nearly_best": grouping.NEARLY_BEST,
            "grid": GRID,
        },
        "curve": {"spread": measures.index("spread"), "lifts": measures.index("lifts")},
    }
