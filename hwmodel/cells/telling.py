"""A cell to begin with: one whose picture says at once what it follows. Free of torch."""

from __future__ import annotations

import numpy as np

from hwmodel.cells.roles import ROLE_KEYS, CellRoles

TELLING = "direction"  # changes with every stroke, and its colours can be read off the ink


def telling_cell(roles: CellRoles) -> int:
    """The cell that follows the direction of the pen most closely."""
    return int(np.argmax(roles.strength[ROLE_KEYS.index(TELLING)]))
