"""The page that needs no server, opened from the disk in Chromium and in Firefox."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hwmodel import site
from tests.support.firefox import FIREFOX, firefox

MOST_BYTES = 700_000
UNTIL_SHOWN = """new Promise((done) => {
    const text = () => document.getElementById("story_fork").shadowRoot.textContent;
    const look = () => (text().includes("Point 113 of") ? done(true) : requestAnimationFrame(look));
    look();
})"""


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page on the disk."""
    folder = tmp_path_factory.mktemp("site")
    assert site.main([str(folder)]) == 0
    return folder / "index.html"


def test_the_story_is_alive_in_chromium_without_a_server(story: Path, page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(story.as_uri())
    page.get_by_role("link", name="the same half bowl").click()
    expect(page.get_by_text("Point 113 of")).to_be_visible()
    page.get_by_role("link", name="these", exact=True).click()
    expect(page.get_by_text(re.compile(r"mean of \d+ rows"))).to_be_visible()
    page.get_by_role("button", name="Network’s order").click()
    expect(page.get_by_role("button", name="Network’s order")).to_have_attribute("aria-pressed", "true")
    assert requests == [story.as_uri()] and complaints == []
    assert story.stat().st_size < MOST_BYTES


@pytest.mark.skipif(FIREFOX is None, reason="no Firefox: apt-get install firefox-esr")
def test_the_story_is_alive_in_firefox_without_a_server(story: Path) -> None:
    with firefox() as window:
        window.open(story.as_uri())
        window.run("[...document.querySelectorAll('a')].find((link) => link.textContent === 'the same half bowl').click()")
        assert window.run(UNTIL_SHOWN) is True
        asked = [url for url in window.requests if not url.startswith(("data:", "file:"))]  # some that are inside are Firefox's own
        assert asked == [] and window.errors == []
