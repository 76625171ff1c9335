"""The first page in a real Chromium."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import darken, faults, open_page, wait_for


def test_the_story_moves_its_links_set_its_views_and_one_writes_there(page: Page, app_url: str) -> None:
    weights: list[str] = []
    page.on("request", lambda request: weights.append(request.url) if request.url.endswith(".bin") else None)
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
    assert not weights, "the first page fetches no network"
    assert faults(page) == []
    darken(page)
    wait_for(page, lambda: not faults(page), "the first page has faults in the dark theme")
    page.get_by_role("button", name="Write here").click()
    box = page.locator(".sheet[data-ready=true]").bounding_box()
    assert box is not None and weights, "the network comes with the sheet"
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 90, steps=20)
    page.mouse.up()
    expect(page.get_by_text("Looking at: your own writing")).to_be_visible()
    page.get_by_role("button", name="More of your hand").click()
    expect(page.get_by_role("heading", name="Your hand", exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile(r"drawn by hand · \d\d"))).to_be_visible()
    assert len(weights) == 1


def test_a_link_to_the_page_that_was_first_before_leads_there(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/?write_seed=12&write_bias=1.5")
    expect(page).to_have_url(re.compile(r"/write\?.*ink_seed=12"))


def test_a_page_in_a_frame_leaves_out_what_its_link_says(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/model?ink_source=Circle&embed=true&hide=sidebar,controls,tour")
    expect(page.get_by_role("heading", name="One step")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_role("slider", name="Step of the ink")).to_be_hidden()
    expect(page).to_have_url(re.compile("hide=sidebar"))
