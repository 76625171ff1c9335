"""What the readers of raw distributions share: the folder, whether it is one or an archive; progress; an account of what was left out."""

from __future__ import annotations

import sys
import tarfile
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from hwmodel.data.lines import Lines

T = TypeVar("T")


@contextmanager
def unpacked(raw: Path) -> Iterator[Path]:
    """The folder of a distribution; an archive (.tar, .tar.gz, .tar.xz, .zip) is unpacked for as long as it is needed, with the
    archives that lie in it, as mirrors pack what was published in parts. Raises ValueError."""
    if raw.is_dir():
        yield raw
        return
    if not raw.is_file():
        raise ValueError(f"there is no {raw}; expected the distribution's folder, or an archive of it")
    with tempfile.TemporaryDirectory() as folder:
        try:
            unpack(raw, Path(folder))
            for inner in sorted(Path(folder).rglob("*.tar*")):
                if inner.is_file():
                    unpack(inner, inner.parent)
        except (tarfile.TarError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error) as error:
            raise ValueError(f"{raw} is no folder and no archive that can be read: {error}") from error
        yield Path(folder)


def unpack(archive: Path, folder: Path) -> None:
    """Put what an archive holds into a folder, and nothing outside of it. Raises what tarfile and zipfile raise; RuntimeError for a password."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as file:
            file.extractall(folder)  # names that lead out of the folder are changed
    else:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")


def find_folder(root: Path, name: str) -> Path:
    """The folder of that name at `root` or up to three levels below it. Raises ValueError."""
    for pattern in (name, f"*/{name}", f"*/*/{name}", f"*/*/*/{name}"):
        for found in sorted(root.glob(pattern)):
            if found.is_dir():
                return found
    raise ValueError(f"there is no folder {name!r} in {root}; is this the distribution as it was published?")


@dataclass
class Account:
    """What became of a distribution: how much was kept, and for each reason how much was not."""

    kept: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def text(self) -> str:
        """A table for people."""
        rows = [f"{count:8,d}  {what}" for what, count in self.kept.items()]
        if self.left_out:
            rows += ["left out:", *(f"{count:8,d}  {why}" for why, count in self.left_out.most_common())]
        return "\n".join(rows)


def progress(items: Sequence[T], what: str, every: float = 2.0) -> Iterator[T]:
    """The items, one by one, with a line on standard error every few seconds: how many are done and how long the rest will take."""
    began = shown = time.monotonic()
    for done, item in enumerate(items):
        now = time.monotonic()
        if now - shown >= every:
            left = (now - began) / done * (len(items) - done)
            print(f"{what}: {done:,} of {len(items):,}, {left:.0f} s left", file=sys.stderr, flush=True)
            shown = now
        yield item


def stack_lines(inks: Iterable[Sequence[np.ndarray]], **columns: Any) -> Lines:
    """The lines file's arrays from lines given as strokes (n, 2) in whiteboard units; places are rounded and counted from a line's first point."""
    lengths, places, lifts = [], [], []
    for strokes in inks:
        points = np.rint(np.concatenate(strokes)).astype(np.int32)
        lengths.append(len(points))
        places.append((points - points[0]).astype(np.int16))
        pen_up = np.zeros(len(points), np.uint8)
        pen_up[np.cumsum([len(stroke) for stroke in strokes]) - 1] = 1
        lifts.append(pen_up)
    return Lines(lengths=np.array(lengths, np.int32), xy=np.concatenate(places), pen_up=np.concatenate(lifts), **columns)
