"""Whatever is in a checkpoint file, or in its ranges of familiar ink: a network and its ranges, or one sentence."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file

from hwmodel.network.checkpoint import FORMAT, load_any_checkpoint, save_checkpoint
from hwmodel.network.familiarity import TITLES, Ranges, load_ranges, ranges_path
from hwmodel.network.shipped import CheckpointError, available_checkpoints
from tests.support.changes import CHANGES, ENDS, JSON, PLAIN, Changes, changed
from tests.support.models import small_model

CONFIG = asdict(small_model().config)
DTYPES = st.sampled_from([torch.float16, torch.bfloat16, torch.float64, torch.int8, torch.int64, torch.bool, torch.complex64, torch.float8_e5m2])
RANGES = asdict(Ranges("f", "lines", {"20": {name: [1.0, 2.0, 3.0, 4.0, 5.0] for name in TITLES}}))
often = settings(max_examples=120, derandomize=True, deadline=None, database=None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("checkpoints")


def loads_or_says_why(folder: Path) -> None:
    """The network named `odd`."""
    assert available_checkpoints(folder) in (["odd"], [])
    try:
        model = load_any_checkpoint(str(folder / "odd.safetensors")).model
    except CheckpointError as error:
        assert len(str(error)) < 1000
    else:
        assert all(torch.isfinite(parameter).all() for parameter in model.parameters())


@often
@given(changes=CHANGES, end=ENDS)
def test_a_changed_checkpoint_is_a_network_or_one_sentence(folder: Path, changes: Changes, end: int) -> None:
    path = folder / "odd.safetensors"
    save_checkpoint(path, small_model(2, 1), {"licence": "none"})
    path.write_bytes(changed(path.read_bytes(), changes, end))
    loads_or_says_why(folder)


@often
@given(config=JSON | st.fixed_dictionaries({}, optional={name: PLAIN for name in CONFIG}).map(lambda odd: CONFIG | odd), about=JSON, dtype=DTYPES)
def test_odd_contents_are_a_network_or_one_sentence(folder: Path, config: Any, about: Any, dtype: torch.dtype) -> None:
    tensors = small_model().state_dict()
    tensors["output.bias"] = torch.ones(len(tensors["output.bias"])).to(dtype)
    save_file(tensors, folder / "odd.safetensors", {"format": FORMAT, "config": json.dumps(config), "about": json.dumps(about)})
    loads_or_says_why(folder)


@often
@given(ranges=JSON | st.fixed_dictionaries({}, optional={name: JSON for name in RANGES}).map(lambda odd: RANGES | odd), changes=CHANGES, end=ENDS)
def test_odd_ranges_are_ranges_or_one_sentence(folder: Path, ranges: Any, changes: Changes, end: int) -> None:
    ranges_path("odd", folder).write_bytes(changed(json.dumps(ranges).encode(), changes, end))
    try:
        found = load_ranges("odd", "f", folder)
    except CheckpointError as error:
        assert len(str(error)) < 1000
    else:
        assert found is not None and (found.of(10**5) is None or set(found.of(10**5) or ()) == set(TITLES))
