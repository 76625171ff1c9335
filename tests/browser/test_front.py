"""The first page in a real Chromium."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import open_page


def test_the_story_moves_and_its_links_set_its_views(page: Page, app_url: str) -> None:
    page.goto(app_url)
    pause = page.get_by_role("button", name="Pause")
    expect(pause).to_be_visible()  # the ink writes itself
    pause.click()
    page.get_by_role("link", name="closed", exact=True).click()
    expect(page.get_by_text("Point 21 of")).to_be_visible()
    page.get_by_role("link", name="the same half bowl").click()
    expect(page.get_by_text("Point 113 of")).to_be_visible()
    page.get_by_role("link", name="the network’s own order").click()
    expect(page).to_have_url(re.compile("order=Network"))
    page.get_by_role("link", name="these rows").click()
    expect(page).to_have_url(re.compile(r"rows=\d+-\d+"))
    page.get_by_role("button", name="Write here").click()
    expect(page.get_by_role("heading", name="Your hand", exact=True)).to_be_visible()
    expect(page.get_by_text("To do here")).to_be_visible()


def test_a_link_to_the_page_that_was_first_before_leads_there(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/?write_seed=12&write_bias=1.5")
    expect(page).to_have_url(re.compile(r"/write\?.*ink_seed=12"))


def test_a_page_in_a_frame_leaves_out_what_its_link_says(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/model?ink_source=Circle&embed=true&hide=sidebar,controls,tour")
    expect(page.get_by_role("heading", name="One step")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_role("slider", name="Step of the ink")).to_be_hidden()
    expect(page).to_have_url(re.compile("hide=sidebar"))
