"""The first page in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from hwmodel.cells.atlas import load_cell_map
from hwmodel.views import story_parts as parts
from hwmodel.views.story import load_story
from tests.browser.conftest import darken, faults, open_page, wait_for


@pytest.fixture(scope="module")
def actions() -> Mapping[str, Mapping[str, Any]]:
    """What the story's links do."""
    story = load_story()
    return parts.story_actions(story, load_cell_map(story.checkpoint, story.fingerprint))


def follow_all(page: Page, actions: Mapping[str, Mapping[str, Any]]) -> None:
    """Follow every link of the story: what it names stands in the view, in sight, and the link says so."""
    points = [int(moment.fan.futures.points[0]) + 1 for moment in load_story().moments]
    links = page.locator(".prose a")
    expect(links).to_have_count(len(actions))
    names = [link.get_attribute("data-choice") or "" for link in links.all()]
    assert sorted(names) == sorted(actions)
    for name in reversed(names):  # so that none stands already
        link, action = page.locator(f'.prose a[data-choice="{name}"]'), actions[name]
        link.click()
        expect(link).to_have_attribute("aria-current", "true")
        if action["to"] == parts.FORK:
            expect(page.get_by_text(f"Point {points[action['show']]} of")).to_be_visible()
            expect(page.locator(".stage")).to_be_in_viewport(ratio=0.5)
            continue
        view, choice = page.locator(f".st-key-{parts.CELLS}"), action["choose"]
        if "order" in choice:
            button = view.get_by_role("button", name="t-SNE" if choice["order"] == parts.SORTED else "Network’s order", exact=True)
            expect(button).to_have_attribute("aria-pressed", "true")
        if choice["band"]:
            expect(view.locator(".at")).to_contain_text(f"rows, {choice['band'][0] + 1} to {choice['band'][1] + 1}")
        elif "cell" in choice:
            expect(view.locator(".at")).to_contain_text(f"cell {choice['cell']}")
        expect(view.locator(".map")).to_be_in_viewport(ratio=0.5)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_every_link_of_the_story_sets_its_view_on_a_dark_phone(browser: Browser, app_url: str, actions: Mapping[str, Mapping[str, Any]]) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, color_scheme="dark", reduced_motion="reduce").new_page()
    phone.goto(app_url)
    follow_all(phone, actions)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.context.close()


def test_the_story_moves_its_links_set_its_views_and_one_writes_there(page: Page, app_url: str, actions: Mapping[str, Mapping[str, Any]]) -> None:
    weights: list[str] = []
    page.on("request", lambda request: weights.append(request.url) if request.url.endswith(".bin") else None)
    page.goto(app_url)
    pause = page.get_by_role("button", name="Pause")
    expect(pause).to_be_visible()  # the ink writes itself
    pause.click()
    follow_all(page, actions)
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
    page.evaluate("location.hash = 'words'")
    expect(page.get_by_role("heading", name="Words", exact=True)).to_be_in_viewport()  # the glossary can be linked to
