"""What a network is shown with."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from hwmodel.network.shipped import SHIPPED, CheckpointError, available_checkpoints
from hwmodel.sampling.showcase import FIRST_SEEDS, Showcase, save_showcase, showcase, showcase_path


@pytest.mark.parametrize("name", available_checkpoints())
def test_a_shipped_network_has_a_bias_and_seeds_that_were_chosen_with_these_weights(name: str) -> None:
    chosen = showcase(name)
    assert chosen.fingerprint == hashlib.sha256((SHIPPED / f"{name}.safetensors").read_bytes()).hexdigest()[:16]
    assert len(chosen.seeds) >= 12 and f"bias {chosen.bias:g}" in chosen.how


def test_a_network_without_a_choice_has_the_first_seeds(tmp_path: Path) -> None:
    found = showcase("mine", tmp_path)
    assert (found.title, found.licence, found.seeds) == ("mine", "not stated", FIRST_SEEDS)


def test_a_showcase_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = Showcase("mine", "free", 1, (4, 2), "by chance", "f")
    save_showcase(showcase_path("mine", tmp_path), written)
    assert showcase("mine", tmp_path) == written


@pytest.mark.parametrize(
    "change",
    [
        {"seeds": []},
        {"seeds": [1, 1]},
        {"seeds": [-1]},
        {"seeds": ["a"]},
        {"seeds": 3},
        {"bias": 9},
        {"bias": None},
        {"b": 1},
        {"title": ""},
        {"how": None},
    ],
)
def test_a_broken_showcase_is_refused_with_its_name_and_a_remedy(tmp_path: Path, change: dict[str, Any]) -> None:
    showcase_path("mine", tmp_path).write_text(
        json.dumps({"title": "mine", "licence": "free", "bias": 1, "seeds": [3], "how": "so"} | change), "utf-8"
    )
    with pytest.raises(CheckpointError, match=r"mine\.showcase\.json .*python -m hwmodel\.showcase"):
        showcase("mine", tmp_path)
