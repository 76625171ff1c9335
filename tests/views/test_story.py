"""The story of the front page, as it is shipped."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from hwmodel.cells.atlas import load_cell_map
from hwmodel.network.shipped import SHIPPED, CheckpointError
from hwmodel.views.story import load_story, save_story


def test_the_story_is_of_the_weights_that_are_shipped_beside_it() -> None:
    story = load_story()
    weights = (SHIPPED / f"{story.checkpoint}.safetensors").read_bytes()
    assert story.fingerprint == hashlib.sha256(weights).hexdigest()[:16], "make it anew: python -m hwmodel.story"
    assert story.cell.shape == (len(story.ink), len(load_cell_map(story.checkpoint, story.fingerprint).order.permutation))


def test_the_story_says_what_its_page_says_of_it() -> None:
    """Several ways at the first moment; holding the cells takes most of the pen lifts away, holding others does not."""
    story = load_story()
    assert len(story.moments) == 3 and len(story.moments[0].fan.branches) > 1
    free, held, control = (trial.lifts for trial in story.trials)
    assert held.minus(free).direction == -1 and control.minus(free).direction == 0


def test_a_story_survives_a_round_trip(tmp_path: Path) -> None:
    story = load_story()
    save_story(tmp_path / "story.npz", story)
    again = load_story(tmp_path / "story.npz")
    assert (again.texts, again.held, again.fingerprint) == (story.texts, story.held, story.fingerprint)
    for one, other in zip((*story.lines, story.ink), (*again.lines, again.ink), strict=True):
        np.testing.assert_array_equal(one.offsets, other.offsets)
    for moment, same in zip(story.moments, again.moments, strict=True):
        assert moment.fan.branches == same.fan.branches
        np.testing.assert_array_equal(moment.fan.futures.offsets, same.fan.futures.offsets)
        for field in fields(moment.step):
            np.testing.assert_array_equal(getattr(moment.step, field.name), getattr(same.step, field.name))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and no more", b"a,b\n1,2\n"])
def test_a_broken_story_says_how_to_make_it(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "story.npz").write_bytes(content)
    with pytest.raises(CheckpointError, match=r"python -m hwmodel\.story"):
        load_story(tmp_path / "story.npz")
