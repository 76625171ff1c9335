"""An npz file's arrays, from whoever made it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np

MOST_BYTES = 2_000_000_000  # unpacked: the largest lines file has a fiftieth of it


def read_arrays(path: Path) -> dict[str, np.ndarray]:
    """The arrays by their names, without pickle. Raises ValueError, a sentence, where it is no npz file or a broken one; FileNotFoundError where it
    is missing."""
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_BYTES:
                raise ValueError(f"it unpacks to more than {MOST_BYTES / 1e9:g} GB")
        with np.load(path, allow_pickle=False) as stored:
            return {name: np.asarray(stored[name]) for name in stored.files}
    except FileNotFoundError:
        raise
    except Exception as error:  # the readers of zip, deflate and npy raise whatever a wrong byte leads them to
        raise ValueError(f"{path} is no npz file, or a broken one ({str(error).partition(chr(10))[0][:200]})") from error
