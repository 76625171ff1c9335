"""The page Write in a real Chromium."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from hwmodel.views.colours import ORDER_RAMP
from tests.browser.conftest import open_page, wait_for, wait_frames

CANVAS = ".panel canvas"


def picture(page: Page) -> str:
    return str(page.locator(CANVAS).first.evaluate("canvas => canvas.toDataURL()"))


def ink(page: Page) -> str:
    """The first line's picture, once it has arrived and has written itself to its end."""
    expect(page.locator(".count").first).to_have_text(re.compile(r"^([1-9]\d*) / \1$"))
    expect(page.get_by_role("button", name="Play the writing").first).to_be_visible()
    return picture(page)


def bias(page: Page) -> Locator:
    return page.get_by_test_id("stMain").get_by_test_id("stSlider").first.locator("input")


def test_moving_the_slider_shows_other_ink_and_the_link_brings_it_back(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/write?ink_seed=7&ink_bias=0.5")
    first = ink(page)
    bias(page).focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    note = page.locator(".note").filter(has_text="seed 7, bias 0.7 · ")
    expect(note).to_be_visible()
    second = ink(page)
    assert second != first
    expect(page).to_have_url(re.compile("ink_bias=0.7"))
    open_page(page, page.url)
    expect(note).to_be_visible()
    assert ink(page) == second


def test_the_writing_plays_pauses_and_can_be_wound_back(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/write")
    whole = ink(page)
    place = page.get_by_role("slider", name="Step of the writing")
    page.get_by_label("Speed").select_option("0.5")
    page.get_by_role("button", name="Play the writing").click()
    expect(place).not_to_have_value("600")
    page.get_by_role("button", name="Pause the writing").click()
    paused = picture(page)
    stood = place.input_value()
    assert paused != whole and 0 < int(stood) < 600
    wait_frames(page, 20)
    assert (picture(page), place.input_value()) == (paused, stood)
    place.focus()
    page.keyboard.press("End")
    assert ink(page) == whole


def test_a_chosen_piece_of_the_grid_stands_below_it_whole(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/write?write_view=Grid&ink_seed=7")
    piece = page.get_by_role("button", name="Choose seed 8, bias 2", exact=True)
    piece.click()
    expect(page.get_by_text("seed 8, bias 2 · ").first).to_be_visible()
    expect(page).to_have_url(re.compile("write_sample=8"))
    expect(piece).to_have_attribute("aria-pressed", "true")
    expect(page.locator(CANVAS)).to_have_count(17)


def test_the_whole_line_stays_on_a_phone(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/write?write_size=16&write_lines=1")
    ink(page)
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.get_by_test_id("stSidebar")).not_to_be_in_viewport()

    def fits() -> bool:
        width, rightmost = page.locator(CANVAS).first.evaluate(
            """canvas => {
              const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              return [width, data.reduce((most, value, i) => (i % 4 === 3 && value ? Math.max(most, ((i - 3) / 4) % width) : most), 0)];
            }"""
        )
        return bool(width <= 390 and width / 2 < rightmost < width - 1)  # CSS pixels are device pixels here

    wait_for(page, fits, "the ink was not laid out anew for the narrow page")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_ink_stands_out_from_the_paper_in_both_themes(page: Page, app_url: str) -> None:
    page.emulate_media(color_scheme="light")
    open_page(page, f"{app_url}/write")
    ink(page)

    def greys() -> tuple[int, int, int]:
        count, darkest, lightest = page.locator(CANVAS).first.evaluate(
            """canvas => {
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              const greys = [];
              for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 250) greys.push((data[i] + data[i + 1] + data[i + 2]) / 3);
              return [greys.length, Math.min(...greys), Math.max(...greys)];
            }"""
        )
        return count, darkest, lightest

    count, _, lightest = greys()
    assert count > 500 and lightest < 90
    page.emulate_media(color_scheme="dark")
    wait_for(page, lambda: greys()[1] > 160, "the ink was not painted anew for dark paper")
    assert greys()[0] > 500


def test_downloads_are_files_of_the_ink(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/write?ink_seed=7&write_colour=Order&write_thickness=4&write_size=8")
    opener = page.get_by_role("button", name="Download", exact=True)
    opener.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG", exact=True).click()
    svg = download.value.path().read_text("utf-8")
    assert 'stroke-width="0.5"' in svg and all(f'stroke="{colour}"' in svg for colour in (ORDER_RAMP["light"][0], ORDER_RAMP["light"][-1]))
    for name, start in (("PNG", b"\x89PNG"), ("JSON", b"{"), ("InkML", b"<")):
        opener.scroll_into_view_if_needed()  # what is above may have grown, and the list goes with its button
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        assert download.value.suggested_filename == f"handwriting-7.{name.lower()}"
        assert download.value.path().read_bytes().startswith(start)


def test_a_told_text_lights_up_letter_by_letter_and_shows_each_ones_ink(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/write")
    field, letters = page.get_by_label("What shall I write?"), page.locator(".letters i")
    expect(page.get_by_text("Type, and it writes at once")).to_be_visible()
    field.fill("thank")
    expect(page.get_by_text("Written here, in your browser")).to_be_visible()
    expect(letters).to_have_text(list("thank"))
    field.press("End")
    field.press_sequentially(" you")
    expect(letters).to_have_text(list("thank\u00a0you"))
    expect(page.get_by_role("button", name="Choose sample 2")).to_be_hidden()  # the server does not know of it yet
    page.get_by_role("button", name="Write", exact=True).click()
    expect(page.get_by_role("button", name="Choose sample 2")).to_be_visible()
    expect(letters).to_have_text(list("thank\u00a0you"))
    whole = ink(page)
    place = page.get_by_role("slider", name="Step of the writing").first
    place.focus()
    page.keyboard.press("Home")
    expect(letters.first).to_have_class("now")
    page.keyboard.press("End")
    expect(page.locator(".letters i.written")).to_have_count(9)
    letters.nth(3).hover()
    assert picture(page) != whole
    page.get_by_role("heading").first.hover()
    assert picture(page) == whole
    page.get_by_role("button", name="Choose sample 2").click()
    expect(page).to_have_url(re.compile("write_text=thank\\+you.*write_sample=2|write_sample=2.*write_text=thank\\+you"))
