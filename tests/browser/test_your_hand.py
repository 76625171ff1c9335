"""The plain sheet of Your hand in a real Chromium: writing with mouse and finger, leaving, coming back, undo, clear, and files in the sidebar."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests.browser.conftest import PATIENCE_MS, darken, open_page, settle, wait_for

MINE = re.compile(r"drawn by hand · [\d,]+ points")


def open_sheet(page: Page, app_url: str) -> None:
    """Go to the page by the menu, as a visitor does, and wait until the sheet is as wide as the page."""
    open_page(page, app_url)
    phone = page.viewport_size is not None and page.viewport_size["width"] < 700
    if phone:
        page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Your hand").click()
    if phone:
        expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")  # by itself
    expect(page.get_by_role("heading", level=1, name="Your hand")).to_be_visible()
    page.get_by_role("radio", name="Plain").click()
    expect(sheet(page)).to_be_visible()
    wait_for_lines(page)
    settle(page)


def sheet(page: Page) -> Locator:
    return page.locator("canvas.upper-canvas")


def loops(letters: int, x: float, y: float, size: float) -> list[tuple[float, float]]:
    """Places of a pen that writes a row of loops, in canvas pixels, the first one at (x, y)."""
    angles = [2 * math.pi * i / 12 for i in range(12 * letters + 1)]
    return [(x + size * (0.18 * a + 0.5 * math.sin(a)), y + size * (0.5 * math.cos(a) - 0.5)) for a in angles]


def write(page: Page, places: list[tuple[float, float]]) -> None:
    """One stroke with the mouse."""
    box = sheet(page).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + places[0][0], box["y"] + places[0][1])
    page.mouse.down()
    for x, y in places:
        page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.up()


def touch(page: Page, places: list[tuple[float, float]]) -> None:
    """One stroke with a finger."""
    box = sheet(page).bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    where = [{"x": box["x"] + x, "y": box["y"] + y} for x, y in places]
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": where[:1]})
    for place in where[1:]:
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [place]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def picture(page: Page, which: str) -> str:
    return str(page.locator(which).first.evaluate("canvas => canvas.toDataURL()"))


def written(page: Page) -> str:
    """The reader's ink on the canvas."""
    return picture(page, "canvas.dc-canvas.lower-canvas")


BEHIND = "canvas.dc-background-canvas.lower-canvas, canvas.dc-background-canvas"


def behind(page: Page) -> str:
    """Guide lines and continuations."""
    return picture(page, BEHIND)


def wait_for_lines(page: Page) -> None:
    """Wait until the sheet's guide lines are painted, which is after the sheet itself stands."""
    painted = "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean)"
    wait_for(page, lambda: bool(page.locator(BEHIND).first.evaluate(painted)), "the sheet has no lines")


def wait_for_other(page: Page, look: Callable[[Page], str], than: str) -> str:
    wait_for(page, lambda: look(page) != than, f"{look.__name__}: it stayed as it was")
    return look(page)


def points(page: Page) -> int:
    """Number of points of the drawn ink, as the sidebar says."""
    line = page.get_by_text(MINE)
    expect(line).to_be_visible()
    return int(re.sub(r"\D", "", line.inner_text()))


def press(page: Page, name: str) -> None:
    page.get_by_test_id("stButton").get_by_role("button", name=name).click()


def test_after_each_stroke_the_network_goes_on_and_the_cells_are_shown(page: Page, app_url: str) -> None:
    open_sheet(page, app_url)
    empty = behind(page)
    expect(page.get_by_text("all 500 cells of the network will appear here")).to_be_visible()
    write(page, loops(4, 30, 130, 34))
    first = wait_for_other(page, behind, empty)
    settle(page)
    count = points(page)
    expect(page.get_by_text("the network learnt from")).to_be_visible()
    expect(page.get_by_text(re.compile(f"of {count}, pen at"))).to_be_visible()
    ink = written(page)
    write(page, loops(2, 260, 130, 34))
    wait_for_other(page, behind, first)
    wait_for(page, lambda: points(page) > count, "the second stroke is not in the ink")
    assert written(page) != ink
    expect(page).to_have_url(re.compile("ink_source=Drawn.*ink=e"))


def test_the_drawing_survives_another_page_a_rerun_and_the_link(page: Page, app_url: str, browser: Browser) -> None:
    open_sheet(page, app_url)
    write(page, loops(4, 30, 130, 34))
    count = points(page)
    settle(page)
    before = written(page)
    page.get_by_role("link", name="Activations").click()
    expect(page.get_by_text(MINE)).to_be_visible()
    assert points(page) == count, "every page looks at the drawn ink"
    page.get_by_role("link", name="Your hand").click()
    expect(sheet(page)).to_be_visible()
    wait_for(page, lambda: written(page) == before, "the drawing is not there again")
    settle(page)
    assert points(page) == count
    write(page, loops(1, 300, 130, 34))
    wait_for(page, lambda: points(page) > count, "one cannot write on after coming back")
    page.get_by_role("slider", name="Bias").first.focus()
    page.keyboard.press("ArrowRight")
    settle(page)
    more = points(page)
    other = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    open_page(other, page.url)
    wait_for(other, lambda: points(other) == more, "the link brings other ink")
    other.context.close()


def test_the_drawing_survives_a_change_of_theme(page: Page, app_url: str) -> None:
    open_sheet(page, app_url)
    write(page, loops(4, 30, 130, 34))
    count = points(page)
    settle(page)
    before = written(page)
    darken(page)
    wait_for(page, lambda: written(page) == before and points(page) == count, "the drawing is not as it was")
    write(page, loops(1, 300, 130, 34))
    wait_for(page, lambda: points(page) > count, "one cannot write on in the other theme")


def test_keep_undo_and_clear(page: Page, app_url: str) -> None:
    open_sheet(page, app_url)
    write(page, loops(3, 30, 130, 34))
    count = points(page)
    settle(page)
    before = written(page)
    press(page, "Keep it")
    wait_for(page, lambda: points(page) > count, "the continuation did not become ink")
    wait_for_other(page, written, before)
    settle(page)
    press(page, "Undo")
    wait_for(page, lambda: points(page) == count, "undo did not take the continuation back")
    wait_for(page, lambda: written(page) == before, "the canvas is not as it was")
    settle(page)
    sheet(page).evaluate("canvas => (canvas.dataset.before = 'clear')")
    press(page, "Clear")
    expect(page.get_by_text("all 500 cells of the network will appear here")).to_be_visible()
    settle(page)
    expect(sheet(page)).not_to_have_attribute("data-before", "clear")
    wait_for_lines(page)  # it takes no ink before that
    write(page, loops(2, 30, 130, 34))
    assert 0 < points(page) < count, "one can begin again"


def test_a_guess_stands_out_where_it_or_its_button_is_pointed_at_and_the_widget_has_no_buttons(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/your_hand?sheet=Plain&hand_guesses=3")
    wait_for_lines(page)
    empty = behind(page)
    write(page, loops(4, 30, 130, 34))
    wait_for_other(page, behind, empty)
    expect(shown_guesses(page)).to_have_count(0)
    expect(page.locator(".dc-toolbar")).to_be_hidden()
    page.get_by_role("button", name="Keep 2").hover()
    expect(shown_guesses(page)).to_have_count(3)  # two of them in the paper's colour
    expect(page.locator("[data-told]")).to_have_class(re.compile("st-key-keep_2"))
    x, y = shown_guesses(page).last.evaluate(
        """(path) => {
            const { x, y } = path.getPointAtLength(path.getTotalLength());
            return [x, y];
        }"""
    )
    box = sheet(page).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    expect(shown_guesses(page)).to_have_count(0)
    page.mouse.move(box["x"] + x, box["y"] + y)
    expect(page.locator("[data-told]")).to_have_class(re.compile("st-key-keep_2"))


def shown_guesses(page: Page) -> Locator:
    """What stands out or recedes on the sheet, what stands out last."""
    return page.locator("svg.guesses path:visible")


def test_a_phone_has_a_sheet_that_fits_and_takes_a_finger(browser: Browser, app_url: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, device_scale_factor=2)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    open_sheet(page, app_url)
    wait_for(page, lambda: (sheet(page).bounding_box() or {"width": 999})["width"] <= 390, "the sheet is wider than the phone")
    settle(page)
    box = sheet(page).bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["width"] > 300
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    scrolled, empty = page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop"), behind(page)
    touch(page, loops(3, 20, 0.6 * box["height"], box["height"] / 6))
    wait_for_other(page, behind, empty)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == scrolled, "a finger that writes must not scroll the page"
    settle(page)
    expect(page.get_by_text("of the network will appear here")).to_have_count(0)
    context.close()


def give(page: Page, name: str, text: str) -> None:
    """Upload a file in the sidebar."""
    file: FilePayload = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(file)


def test_files_good_and_bad(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/write?ink_source=Uploaded")
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_text("No file yet")).to_be_visible()
    rows = "\n".join(f"{x:.2f},{y:.2f}" for x, y in loops(6, 0, 0, 30))
    give(page, "loops.csv", f"x,y\n{rows}\n")
    expect(sidebar.get_by_text("loops.csv · 72 points")).to_be_visible()
    for name, text, words in [
        ("broken.json", "{]", "broken.json: "),
        ("empty.svg", "", "empty.svg: the file is empty"),
        ("list.csv", "milk\nbread\n", "list.csv: "),
        ("page.xml", "<html></html>", "page.xml: this is XML, but"),
    ]:
        page.get_by_test_id("stFileUploader").get_by_role("button").last.click()
        settle(page)
        give(page, name, text)
        expect(sidebar.get_by_test_id("stAlert").get_by_text(words)).to_be_visible()
        expect(sidebar.get_by_text("loops.csv · 72 points")).to_be_visible()
    settle(page)
    with page.expect_download() as download:
        sidebar.get_by_role("button", name="Download ink").click()
    again = download.value.path().read_text("utf-8")
    page.get_by_test_id("stFileUploader").get_by_role("button").last.click()
    settle(page)
    give(page, "again.json", again)
    expect(sidebar.get_by_text("again.json · 72 points")).to_be_visible()
    expect(sidebar.get_by_test_id("stAlert")).to_have_count(0)
