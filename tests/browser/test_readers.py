"""A reader who knows nothing: five tasks, done by following only links and buttons that the pages show, by role and name, from the first page on."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from tests.browser.conftest import settle

IN_ALL_S = 300


@contextmanager
def task(name: str, taken: dict[str, float]) -> Iterator[None]:
    """Note how long a task takes."""
    began = time.monotonic()
    yield
    taken[name] = time.monotonic() - began


def onward(page: Page, question: str) -> None:
    """Follow the link at a page's end, which says that what was to be done there has been done."""
    expect(page.locator(".st-key-onward")).to_contain_text("Done")
    page.get_by_role("link", name=question).click()


def test_five_tasks_are_done_by_following_what_the_pages_show(page: Page, app_url: str) -> None:
    taken: dict[str, float] = {}
    page.goto(app_url)
    with task("find what the network is", taken):
        page.get_by_role("button", name="How it works").click()
        expect(page.get_by_role("heading", name="How the network works")).to_be_visible()
        expect(page.get_by_text("a recurrent network with a mixture of Gaussians at its end")).to_be_visible()
        word = page.get_by_role("term").filter(has_text="mixture").first
        word.focus()  # by touch, too
        assert "20 clouds" in word.evaluate("word => getComputedStyle(word, '::after').content")
        page.get_by_role("slider", name="Step of the ink").press("ArrowRight")
        onward(page, "Tell it what to write")
    with task("make it write", taken):
        page.get_by_role("textbox", name="What shall I write?").fill("good dogs")
        page.get_by_role("button", name="Write", exact=True).click()
        expect(page.locator(".letters")).to_have_text("good\u00a0dogs")
        page.get_by_role("link", name="Look inside this line").click()
        expect(page.get_by_role("heading", name="What every cell does")).to_be_visible()
        expect(page.get_by_test_id("stSidebar").get_by_text(re.compile(r"“good dogs”, seed \d+ · \d+ points"))).to_be_visible()
    with task("find a fork", taken):
        page.get_by_role("link", name="Futures", exact=True).click()
        expect(page.get_by_role("heading", name="What else could have been written")).to_be_visible()
        page.get_by_role("button", name="fork ›").click()
        expect(page.get_by_text("the futures fork here")).to_be_visible()
        onward(page, "What do its cells do meanwhile?")
    with task("find the pen-lift cells", taken):
        expect(page.get_by_role("heading", name="What every cell does")).to_be_visible()
        page.get_by_role("button", name=re.compile(r"^pen lift \d+$")).click()
        expect(page).to_have_url(re.compile("only=pen"))
        page.get_by_role("button", name="pen lifts", exact=True).click()
        expect(page.locator(".view .at")).to_contain_text(re.compile(r"mean of \d+ rows"))
        onward(page, "Is there an order in the cells?")
    with task("switch them off", taken):
        page.get_by_role("link", name="The cells at the bottom follow the lifting of the pen.").click()
        expect(page.locator(".view .at")).to_contain_text(re.compile(r"mean of \d+ rows"))
        page.get_by_role("button", name=re.compile(r"^Switch the \d+ cells of rows .* off")).click()
        expect(page.get_by_text(re.compile("^With the .* held, the network .* the pen"))).to_be_visible()
        expect(page.locator(".st-key-onward")).to_contain_text("Done")
    settle(page)
    page.get_by_role("link", name="Start", exact=True).click()
    tour = page.get_by_role("heading", name="Your tour")
    expect(tour).to_be_visible()
    expect(page.get_by_test_id("stMain").get_by_text("check_circle")).to_have_count(4)
    print({name: round(seconds, 1) for name, seconds in taken.items()})
    assert sum(taken.values()) < IN_ALL_S, taken
