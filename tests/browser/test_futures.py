"""The page Futures in a real Chromium."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from hwmodel.views.colours import SIDES
from tests.browser.conftest import open_page, settle, wait_for, wait_until_still, watch_scrolling

LIGHTEST = 4  # of a pixel's opacity: what counts as painted
PAINTED = f"""(canvas) => {{
  const {{ data }} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 3; i < data.length; i += 4) count += data[i] > {LIGHTEST};
  return count;
}}"""


def open_futures(page: Page, app_url: str, kind: str, more: str = "") -> Locator:
    """The stage of the view, with its picture painted."""
    open_page(page, f"{app_url}/futures?ink_source=Circle&futures_samples=20&futures_kind={kind.replace(' ', '+')}{more}")
    stage = page.locator(".stage")
    expect(stage).to_be_visible()
    if kind in ("Hairs", "Main paths"):
        expect(stage).to_have_attribute("data-painted", re.compile("."))
    expect(page.locator(".readout")).to_contain_text(" of ")
    return stage


def painted(stage: Locator, layer: str) -> int:
    return int(stage.locator(layer).evaluate(PAINTED))


@pytest.mark.parametrize("kind", ["Hairs", "Main paths"])
def test_the_futures_are_painted_and_stay_sharp_when_zoomed(page: Page, app_url: str, kind: str) -> None:
    stage = open_futures(page, app_url, kind)
    before, key = painted(stage, ".haze"), stage.get_attribute("data-painted")
    assert before > 1000
    watch_scrolling(page)
    stage.hover()
    wait_until_still(page)
    page.mouse.wheel(0, -400)
    expect(stage).not_to_have_attribute("data-painted", key or "")
    expect(stage.locator(".haze")).to_have_attribute("style", re.compile(r"^$|transform: ?;|^(?!.*transform)"))
    assert painted(stage, ".haze") > 0


def test_left_and_right_have_their_colours(page: Page, app_url: str) -> None:
    """A circle drawn clockwise: both colours are there, and orange is lighter than green."""
    stage = open_futures(page, app_url, "Hairs")
    counts = stage.locator(".haze").evaluate(
        """(canvas) => {
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height), counts = { orange: 0, green: 0 };
          for (let i = 0; i < data.length; i += 4) {
            if (data[i + 3] < 40) continue;
            if (data[i] > data[i + 1] + 60) counts.orange++;
            if (data[i + 1] > data[i] + 60) counts.green++;
          }
          return counts;
        }"""
    )
    assert counts["orange"] > 50 and counts["green"] > 50
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    drawing = ElementTree.parse(download.value.path()).getroot()
    lines = {group.get("stroke", "").lower(): len(group) for group in drawing.iter("{http://www.w3.org/2000/svg}g")}
    assert download.value.suggested_filename == "futures-hairs.svg"
    assert all(lines.get(colour.lower(), 0) > 50 for colour in SIDES["light"][::2]), "as lines, too"


def test_a_point_is_picked_and_a_branch_chosen(page: Page, app_url: str) -> None:
    """Click on the overview, then on the first branch: the model goes on, the link says so, and undoing takes it back."""
    stage = open_futures(page, app_url, "Fan at one point", "&futures_fan_steps=20")
    overview = page.locator(".overview")
    box = overview.bounding_box()
    assert box
    first = page.locator(".readout").inner_text()
    page.mouse.click(box["x"] + box["width"] / 2 + 12, box["y"] + box["height"] / 2)
    expect(page.locator(".readout")).not_to_have_text(first)
    expect(page).to_have_url(re.compile(r"step=\d+"))
    expect(stage).not_to_have_class(re.compile("waiting"))
    branch = page.locator(".branch").first
    expect(branch).to_contain_text("lift the pen")
    branch.click()
    expect(page).to_have_url(re.compile(r"way=\d+\.1"))
    undo = page.get_by_role("button", name="Undo the last branch")
    expect(undo).to_be_visible()
    settle(page)
    undo.click()
    expect(undo).to_have_count(0)
    expect(page).not_to_have_url(re.compile("way="))


def test_arrow_keys_move_the_point_and_numbers_choose_a_branch(page: Page, app_url: str) -> None:
    stage = open_futures(page, app_url, "Fan at one point", "&futures_fan_steps=20&step=50")
    expect(page.locator(".readout")).to_contain_text("Point 50")
    stage.press("ArrowRight")
    stage.press("Shift+ArrowRight")
    expect(page.locator(".readout")).to_contain_text("Point 61")
    expect(page).to_have_url(re.compile("step=61"))
    expect(page.locator(".readout")).to_contain_text("the next 20 steps, 20 times")
    stage.press("1")
    expect(page).to_have_url(re.compile(r"way=61\.1"))


def test_the_chosen_point_stays_when_the_view_changes(page: Page, app_url: str) -> None:
    open_futures(page, app_url, "Fan at one point", "&step=42")
    page.get_by_role("radio", name="Sure or lost").click()
    expect(page.locator(".curve")).to_be_visible()
    expect(page.locator(".readout")).to_contain_text("Point 42")


def test_measures_change_the_curve_and_forks_are_jumped_to(page: Page, app_url: str) -> None:
    stage = open_futures(page, app_url, "Sure or lost", "&futures_steps=16&ink_source=Generated&ink_seed=3")
    assert painted(page.locator(".view"), ".curve") > 500
    spread = page.locator(".curve").screenshot()
    page.get_by_role("button", name="Surprise").click()
    expect(page.get_by_role("button", name="Surprise")).to_have_attribute("aria-pressed", "true")
    wait_for(page, lambda: page.locator(".curve").screenshot() != spread, "the curve stayed as it was")
    expect(page).to_have_url(re.compile("futures_measure=Surprise"))
    stage.press("Home")
    stage.press("f")
    expect(page.locator(".readout")).to_contain_text("the futures fork here")


def test_hairs_fit_a_phone_and_touch_picks_a_point(browser: Browser, app_url: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, color_scheme="dark")
    page = context.new_page()
    stage = open_futures(page, app_url, "Sure or lost")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    before = page.locator(".readout").inner_text()
    box = stage.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2 + 30, box["y"] + box["height"] / 2)
    expect(page.locator(".readout")).not_to_have_text(before)
    context.close()
