"""The page Model, run without a browser."""

from __future__ import annotations

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from hwmodel.network.shipped import SHIPPED, available_checkpoints
from pages.ui.model import card
from pages.ui.model.compare import YOURS, in_words, smoothed
from tests.support.lines import wavy_offsets
from tests.support.pages import as_read, page_alone


@pytest.mark.parametrize("name", available_checkpoints())
def test_a_card_gives_what_the_page_shows(name: str) -> None:
    parts = card.sections(name)
    assert "Licence" in parts["Data and licence"]
    curve = card.learning_curve(parts["How it was trained"])
    assert len(curve) > 5 and curve == sorted(curve)
    table = card.without_last_column(parts["How well it predicts"])
    assert "python -m" not in table and table.count("IAM-OnDB test") == 1
    nats, at_resolution = card.on_lines(parts["How well it predicts"], "IAM-OnDB validation") or ("", "")
    assert all(re.fullmatch(r"−\d\.\d{3}", each) for each in (nats, at_resolution)) and f"| **{nats}** |" in table and f"| {at_resolution} |" in table
    assert card.on_lines("", "IAM-OnDB validation") is None


def test_the_step_can_be_chosen_and_two_networks_are_compared() -> None:
    at = page_alone("model", ink_source="Circle", step="20").run()
    assert not at.exception
    (beside,) = (words for each in at.markdown if "measured in the same way" in (words := as_read(each.value)))
    assert "this network | −1.856 | −1.853" in beside and "the essay’s weights, measured in the same way | −1.848 | −1.713 |" in beside
    assert any("of the steps the letter that comes can be read off its cells" in each.value for each in at.markdown)
    assert at.slider(key="model_step").value == 20
    assert any("expects this ink better" in each.value for each in at.markdown)
    at.slider(key="model_step").set_value(30).run()
    assert not at.exception and at.slider(key="model_step").value == 30
    assert any("orange dot" in each.value for each in at.markdown)
    last = int(at.slider(key="model_step").max)
    at.slider(key="model_step").set_value(last).run()
    assert any("the ink ends here" in each.value for each in at.markdown) and not any("orange dot" in each.value for each in at.markdown)


def test_a_checkpoint_of_ones_own_is_checked_and_used() -> None:
    at = page_alone("model", ink_source="Circle", checkpoint="unipen").run()
    at.selectbox(key="model_other").select(YOURS).run()
    assert any("Give a checkpoint" in each.value for each in at.info)
    upload(at, b"no weights at all")
    assert [each.value for each in at.error] and "cannot be used" in at.error[0].value and not at.exception
    upload(at, (SHIPPED / "iam.safetensors").read_bytes())
    assert not at.error and not at.exception
    assert any(YOURS in each.value and "expects this ink better" in each.value for each in at.markdown)


def upload(at: AppTest, data: bytes) -> None:
    at.file_uploader[0].set_value(("mine.safetensors", data, "application/octet-stream")).run()


def test_the_better_network_and_the_place_where_they_differ_are_named() -> None:
    nats = [np.full(100, -2.0), np.full(100, -1.0)]
    nats[1][70:85] = 5.0
    words = in_words(("one-by-one", "other"), nats)
    assert words.startswith("**one-by-one** expects this ink better: −2.00") and "where one-by-one is surprised less" in words
    assert 70 <= int(words.split("step ")[1].split(",")[0]) <= 86


def test_smoothing_keeps_the_level() -> None:
    assert np.allclose(smoothed(np.full(40, 1.5)), 1.5) and len(smoothed(wavy_offsets(4)[:, 0])) == 4
