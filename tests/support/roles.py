"""Roles of cells that nobody measured."""

from __future__ import annotations

import numpy as np

from hwmodel.cells.roles import NO_ROLE, ROLE_KEYS, CellRoles

CELLS = 100


def roles_with(strong: dict[str, dict[int, float]]) -> CellRoles:
    """Roles in which nothing is followed but what is given: role -> cell -> r, R² or AUC."""
    effect = np.zeros((len(ROLE_KEYS), CELLS), np.float32)
    effect[[ROLE_KEYS.index(key) for key in ("lift_now", "lift_next", "stroke_start")]] = 0.5
    name = np.full(CELLS, NO_ROLE, np.int8)
    for key, cells in strong.items():
        for cell, value in cells.items():
            effect[ROLE_KEYS.index(key), cell] = value
            name[cell] = ROLE_KEYS.index(key)
    return CellRoles(effect, effect - np.float32(0.02), effect + np.float32(0.02), np.zeros(CELLS, np.float32), name)
