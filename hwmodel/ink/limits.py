"""How much ink may come in, through whichever door: files, links, the canvas. numpy only."""

from __future__ import annotations

import numpy as np

from hwmodel.ink.strokes import Strokes, to_polylines
from hwmodel.ink.units import STEP, X_HEIGHT

MAX_POINTS = 20_000  # about 30 lines of writing
# Model units under the pen. A pen's step on a straight way is 1.6 times the median one, and shorter in turns (hwmodel.ink.pen_path): a longer path
# would become more than MAX_POINTS when its points are spaced as a pen's. IAM-OnDB's validation lines are 296 long in the median, 581 at most.
LONGEST_PATH = 1.6 * STEP * MAX_POINTS
FARTHEST = 100_000.0  # model units from the origin in x or y, 700 lines of writing side by side: float32 still tells 1/128 of a unit apart there
SMALLEST = 1e-4  # model units that ink which is no dot is wide or high, 1/250 of the whiteboard's grid: below lies the noise of arithmetic


def check_reach(strokes: Strokes) -> None:
    """Raises ValueError, a sentence, where no hand could have written the ink: too far away, its path absurdly long, or too small to see."""
    points = strokes.points
    if not (np.abs(points) <= FARTHEST).all():
        raise ValueError(f"a point of the ink lies more than {FARTHEST:,.0f} model units away, farther than any page reaches; was its scale lost?")
    length = sum(float(np.hypot(*np.diff(line, axis=0).T).sum()) for line in to_polylines(strokes) if len(line) > 1)
    if length > LONGEST_PATH:
        raise ValueError(
            f"the pen's path is {length:,.0f} model units long, about {length / X_HEIGHT:,.0f} times the letter x's height; "
            f"at most {LONGEST_PATH:,.0f} can be read, so was its scale lost, or is it no writing?"
        )
    if 0 < np.ptp(points, axis=0).max() < SMALLEST:
        raise ValueError(f"the whole ink is smaller than {SMALLEST:g} model units, so that nothing can be seen of it; was its scale lost?")
