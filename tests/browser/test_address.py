"""The address and the browser's Back in a real Chromium."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import open_page, settle

PAGES = {  # as the menu calls them -> (address, title)
    "Write": ("/write", "Handwriting that nobody wrote"),
    "Your hand": ("/your_hand", "Your hand"),
    "Futures": ("/futures", "What else could have been written"),
    "Activations": ("/activations", "What every cell does"),
    "Cell order": ("/cell_order", "Cells, sorted by what they do"),
}


def go_to(page: Page, name: str) -> None:
    """By the menu; until the page has run through."""
    page.locator(".st-key-menu").get_by_text(name, exact=True).click()
    stands(page, name)


def stands(page: Page, name: str) -> None:
    """This page is there, has its own address, and has run through."""
    address, title = PAGES[name]
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(page).to_have_title(f"{name} · Handwriting, seen from inside")
    expect(page).to_have_url(re.compile(rf"^http://[^/]+{address}(\?.*)?$"))
    settle(page)


@pytest.mark.parametrize("name", PAGES)
def test_one_press_of_back_leaves_a_page(name: str, page: Page, app_url: str) -> None:
    before = "Write" if name != "Write" else "Activations"
    open_page(page, f"{app_url}{PAGES[before][0]}?ink_source=Circle")
    stands(page, before)
    go_to(page, name)
    page.go_back()
    stands(page, before)


def test_one_press_of_back_leaves_a_page_on_which_much_was_chosen(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/activations?ink_source=Circle")
    page.get_by_role("radiogroup", name="Cells most like it").get_by_role("radio").first.click()
    expect(page).to_have_url(re.compile(r"cell=\d"))
    settle(page)
    page.get_by_role("radio", name="forget gate").click()
    expect(page).to_have_url(re.compile("activation=forget"))
    settle(page)
    chosen = page.url
    for other in ("Cell order", "Write"):
        go_to(page, other)
        page.go_back()
        stands(page, "Activations")
        assert arguments(page.url) == arguments(chosen)


def arguments(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def test_a_link_without_sense_opens_the_page_and_is_mended(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/futures?ink_source=Circle&futures_kind=&futures_seed=Infinity&futures_bias=2")
    stands(page, "Futures")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?(?!.*(futures_kind|Infinity)).*futures_bias=2"))
