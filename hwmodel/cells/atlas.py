"""The order and the roles of a checkpoint's cells, made once by `hwmodel.map_cells` and shipped beside it. Free of torch.

The file, NAME.cells.npz, holds figures about cells and no ink. It names the roles it was made with: one that was added
since is not measured in it (NaN), one that is no more is left out. An older file does not say what is usual for its cells.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np

from hwmodel.cells.ordering import METHODS, CellOrder
from hwmodel.cells.roles import NO_ROLE, ROLE_KEYS, ROLES, CellRoles
from hwmodel.cells.usual import Usual
from hwmodel.data.arrays import read_arrays
from hwmodel.network.shipped import SHIPPED, CheckpointError

# The roles of a file that does not name them, in its order.
UNNAMED_ROLES = ("direction", "turn", "turn_size", "speed", "x", "y", "word_position", "lift_now", "lift_next", "stroke_start")
USUAL = "usual_"  # before the names of Usual's arrays in the file


@dataclass(frozen=True)
class Judged:
    """How good the orders of one method are, on lines they were not made from."""

    method: str  # a key of METHODS
    quality: float  # mean correlation of neighbouring cells, after flips
    halves: float  # rank correlation, without its sign, of two orders made from different lines
    seeds: float | None = None  # the same of two orders made with different seeds, where a seed matters


@dataclass(frozen=True)
class CellMap:
    """What is known about the cells of a checkpoint."""

    fingerprint: str  # of the checkpoint it was made for
    order: CellOrder  # by t-SNE
    roles: CellRoles
    table: tuple[Judged, ...]  # every method
    lines: str  # which lines it was made on, in words
    permutations: np.ndarray  # (number of METHODS, H): the order that each method made
    usual: Usual | None = None  # on those lines; None: the file is older than this

    @property
    def moving(self) -> int:
        """How many cells stand above those that hardly move."""
        return len(self.order.sign) - (0 if self.usual is None else int(self.usual.steady.sum()))

    def other_order(self, method: str) -> CellOrder:
        """The order that a method made, with the same flips."""
        at = list(METHODS).index(method)
        return CellOrder(self.permutations[at].astype(int), self.order.sign, self.table[at].quality)


def map_path(name: str, folder: Path = SHIPPED) -> Path:
    """Where the cell map of a checkpoint is, or would be."""
    return folder / f"{name}.cells.npz"


def save_cell_map(path: Path, cell_map: CellMap) -> None:
    """Write a cell map."""
    about = {
        "fingerprint": cell_map.fingerprint,
        "lines": cell_map.lines,
        "quality": cell_map.order.quality,
        "table": [asdict(row) for row in cell_map.table],
    }
    roles = cell_map.roles
    np.savez(
        path,
        about=np.array(json.dumps(about)),
        permutation=cell_map.order.permutation.astype(np.int16),
        sign=cell_map.order.sign,
        permutations=cell_map.permutations.astype(np.int16),
        role_keys=np.array(ROLE_KEYS),
        effects=np.stack((roles.effect, roles.low, roles.high)),
        preferred=roles.preferred,
        name=roles.name,
        **({} if cell_map.usual is None else {USUAL + name: values for name, values in vars(cell_map.usual).items()}),
    )


def load_cell_map(name: str, fingerprint: str | None = None, folder: Path = SHIPPED, cells: int | None = None) -> CellMap:
    """The cell map of a checkpoint; with a fingerprint, only if it was made for those weights, with `cells` only if of so many. Raises
    CheckpointError that says what to do."""
    path, remedy = map_path(name, folder), f"make it with python -m hwmodel.map_cells {name} --lines FILE.npz"
    try:
        cell_map = from_arrays(read_arrays(path))
        if cells not in (None, len(cell_map.order.sign)):
            raise ValueError(f"it is of {len(cell_map.order.sign)} cells, and the network has {cells}")
    except FileNotFoundError as error:
        raise CheckpointError(f"the checkpoint {name!r} has no cell map ({path.name}); {remedy}") from error
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise CheckpointError(f"{path.name} is no cell map, or a broken one ({str(error)[:300]}); {remedy}") from error
    if fingerprint not in (None, cell_map.fingerprint):
        raise CheckpointError(f"{path.name} was made for other weights ({cell_map.fingerprint[:64]}, not {fingerprint}); {remedy}")
    return cell_map


def from_arrays(stored: dict[str, np.ndarray]) -> CellMap:
    """The map of a file's arrays. Raises ValueError, KeyError or TypeError where they are none, or do not fit together."""
    about = json.loads(str(stored["about"]))
    table = tuple(Judged(**row) for row in about["table"])
    told = [about["quality"], *(figure for row in table for figure in (row.quality, row.halves, row.seeds) if figure is not None)]
    if not all(isinstance(figure, int | float) for figure in told):
        raise ValueError(f"what is told of the orders must be numbers, got {told}")
    if [row.method for row in table] != list(METHODS) or not all(isinstance(about[key], str) for key in ("fingerprint", "lines")):
        raise ValueError(f"it must judge {', '.join(METHODS)}, in this order, and name its weights and its lines")
    cells, permutations, sign = len(stored["sign"]), stored["permutations"], stored["sign"]
    if permutations.shape != (len(METHODS), cells) or not np.isin(sign, (-1, 1)).all():
        raise ValueError(f"an order for each of {len(METHODS)} methods and the signs of {cells} cells do not fit: {permutations.shape}, {sign.shape}")
    for permutation in (stored["permutation"], *permutations):
        if not np.array_equal(np.sort(permutation), np.arange(cells)):
            raise ValueError("an order does not have every cell once")
    keys = stored["role_keys"].tolist() if "role_keys" in stored else list(UNNAMED_ROLES)
    roles = todays_roles(keys, stored["effects"], stored["preferred"], stored["name"])
    if len(roles.name) != cells:
        raise ValueError(f"the roles are of {len(roles.name)} cells, the orders of {cells}")
    order = CellOrder(stored["permutation"].astype(int), sign.astype(np.int8), float(about["quality"]))
    usual = Usual(*(stored[USUAL + each.name] for each in fields(Usual))) if USUAL + "median" in stored else None
    if usual is not None and len(usual.median) != cells:
        raise ValueError(f"what is usual is known of {len(usual.median)} cells, the orders are of {cells}")
    return CellMap(about["fingerprint"], order, roles, table, about["lines"], permutations, usual)


def todays_roles(keys: Sequence[str], effects: np.ndarray, preferred: np.ndarray, name: np.ndarray) -> CellRoles:
    """Roles stored as `keys` (R',), effect, low and high (3, R', H), preferred (H,) and names (H,) that count along the
    keys, in the order of ROLES. Raises ValueError where they do not fit together."""
    if effects.shape != (3, len(keys), len(name)) or preferred.shape != name.shape:
        raise ValueError(f"{len(keys)} roles of {len(name)} cells, but effects are {effects.shape} and preferred {preferred.shape}")
    if name.dtype.kind not in "iu" or effects.dtype.kind != "f" or preferred.dtype.kind != "f":
        raise ValueError(f"effects and directions must be numbers and names count roles, got {effects.dtype}, {preferred.dtype} and {name.dtype}")
    if not np.isfinite(preferred).all() or np.isinf(effects).any():
        raise ValueError("a measured effect or direction is not finite")
    figures = np.full((3, len(ROLES), len(name)), np.nan, np.float32)
    kept = [(old, ROLE_KEYS.index(key)) for old, key in enumerate(keys) if key in ROLE_KEYS]
    names = np.full(len(name), NO_ROLE, np.int8)
    for old, new in kept:
        figures[:, new] = effects[:, old]
        names[name == old] = new
    effect, low, high = figures
    return CellRoles(effect, low, high, preferred, names)


def report(cell_map: CellMap) -> str:
    """The table of methods, the strongest cell of each role, and how many cells are named after it."""
    rows = [f"{'order':34}  neighbours  halves  seeds"]
    rows += [f"{METHODS[j.method]:34}  {j.quality:10.3f}  {j.halves:6.3f}  {'-' if j.seeds is None else f'{j.seeds:.3f}'}" for j in cell_map.table]
    rows += ["", f"{'role':22}  named  strongest cell"]
    roles = cell_map.roles
    for number, (role, strength) in enumerate(zip(ROLES, roles.strength, strict=True)):
        if not roles.measured[number]:
            rows.append(f"{role.name:22}  not measured")
            continue
        best = int(np.argmax(strength))
        effect, low, high = (float(values[number, best]) for values in (roles.effect, roles.low, roles.high))
        rows.append(f"{role.name:22}  {(roles.name == number).sum():5d}  {best:3d}: {role.measure} {effect:.2f} ({low:.2f} to {high:.2f})")
    rows.append(f"{(roles.name < 0).sum()} cells have no name.")
    if cell_map.usual is not None:
        rows.append(f"{cell_map.usual.steady.sum()} cells hardly move within a line.")
    return "\n".join([*rows, cell_map.lines])


def role_agreement(one: CellMap, other: CellMap, bands: int = 25) -> float:
    """How alike two checkpoints' pictures are: the correlation, over bands of neighbouring rows and roles, of the bands' mean role strengths, each
    role less its mean over all rows."""
    profiles = []
    for each in (one, other):
        by_rank = each.roles.strength[:, each.order.permutation]
        bands_of = np.stack([band.mean(axis=1) for band in np.array_split(by_rank, bands, axis=1)], axis=1)
        profiles.append((bands_of - bands_of.mean(axis=1, keepdims=True)).ravel())
    return float(np.corrcoef(*profiles)[0, 1])
