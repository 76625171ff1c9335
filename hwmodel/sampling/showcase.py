"""What a network is shown with: its name in words, its licence, and the bias and the seeds of its best lines, shipped beside its weights. Free of
torch: pages begin with them."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from hwmodel.network.shipped import SHIPPED, CheckpointError


@dataclass(frozen=True)
class Showcase:
    """A network in words, a bias at which it writes well, and seeds of good lines at that bias. Raises ValueError where that is not what it holds."""

    title: str  # whose writing it learnt, in a few words
    licence: str  # of its weights
    bias: float  # of Graves' law, see hwmodel.sampling.laws
    seeds: tuple[int, ...]  # the one to begin with first
    how: str  # they were chosen, in words
    fingerprint: str = ""  # of the checkpoint that they were chosen with; other weights write other lines

    def __post_init__(self) -> None:
        seeds = tuple(self.seeds)
        whole = all(isinstance(seed, int) and not isinstance(seed, bool) and 0 <= seed < 2**31 for seed in seeds)
        if not seeds or len(set(seeds)) != len(seeds) or not whole:
            raise ValueError(f"seeds must be whole numbers from 0 up, at least one, each once, got {list(seeds)}")
        if isinstance(self.bias, bool) or not isinstance(self.bias, int | float) or not (math.isfinite(self.bias) and 0 <= self.bias <= 3):
            raise ValueError(f"the bias must be a number from 0 to 3, got {self.bias}")
        if not all(isinstance(text, str) and text for text in (self.title, self.licence, self.how)):
            raise ValueError("title, licence and how must be words")
        object.__setattr__(self, "seeds", seeds)
        object.__setattr__(self, "bias", float(self.bias))

    @property
    def seed(self) -> int:
        """The one to begin with."""
        return self.seeds[0]


FIRST_SEEDS = tuple(range(1, 21))


def showcase_path(checkpoint: str, folder: Path = SHIPPED) -> Path:
    """Where the showcase of a checkpoint is, or would be."""
    return folder / f"{checkpoint}.showcase.json"


@cache
def showcase(checkpoint: str, folder: Path = SHIPPED) -> Showcase:
    """The showcase that comes with a checkpoint; the first seeds at a bias that suits most where there is none. Raises CheckpointError where it is
    broken.

    >>> showcase("iam").bias
    0.75
    """
    path = showcase_path(checkpoint, folder)
    if not path.is_file():
        return Showcase(checkpoint, "not stated", 0.5, FIRST_SEEDS, "nothing was chosen for this network")
    try:
        return Showcase(**json.loads(path.read_text("utf-8")))
    except (TypeError, ValueError, OSError) as error:
        raise CheckpointError(f"{path.name} holds no bias and seeds, or broken ones ({error}); make it with python -m hwmodel.showcase") from error


def save_showcase(path: Path, chosen: Showcase) -> None:
    """Write a showcase, for `showcase`."""
    path.write_text(json.dumps(asdict(chosen), ensure_ascii=False) + "\n", "utf-8")
