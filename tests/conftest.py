"""What several tests need: one thread, small things to test on, and the folder of public data that stands beside a checkout on some machines."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

SHARED = Path(__file__).resolve().parents[2] / "shared"

torch.set_num_threads(1)


def needs_shared(path: str) -> pytest.MarkDecorator:
    """Skip a test where `path` is not in the data folder beside the checkout."""
    return pytest.mark.skipif(not (SHARED / path).exists(), reason=f"not there: ../shared/{path}")
