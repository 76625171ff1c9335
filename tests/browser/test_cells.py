"""The cell view in a real Chromium."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from hwmodel.cells.atlas import load_cell_map
from hwmodel.formats.link import pack
from hwmodel.ink.shapes import shape
from hwmodel.network.checkpoint import load_checkpoint
from hwmodel.network.shipped import CheckpointError
from tests.browser.conftest import open_page, settle, wait_for, wait_until_still, watch_scrolling

SVG = "{http://www.w3.org/2000/svg}"
AT_REST = "window.still >= 30"  # frames in which the map stayed as it was


@pytest.fixture
def view(page: Page, app_url: str) -> Page:
    """The page Activations with a straight line as ink, which needs no writing."""
    open_page(page, f"{app_url}/activations?ink_source=Straight+line&order=Network’s+order&cell=0")
    expect(readout(page)).to_contain_text("Step 1 of 200")
    settle(page)
    return page


@pytest.fixture
def sorted_view(page: Page, app_url: str) -> Page:
    """The page Cell order with the same ink."""
    try:
        load_cell_map("unipen", load_checkpoint("unipen").fingerprint)
    except CheckpointError as error:
        pytest.skip(str(error))
    open_page(page, f"{app_url}/cell_order?ink_source=Straight+line&cell=100&step=50")
    expect(readout(page)).to_contain_text("Step 50 of 200")
    settle(page)
    return page


def readout(page: Page) -> Locator:
    return page.locator(".view .at")


def point_in(page: Page, part: str, across: float, down: float) -> tuple[float, float]:
    """A place in a part of the view, in shares of its width and height."""
    page.locator(f".view {part}").scroll_into_view_if_needed()
    box = page.locator(f".view {part}").bounding_box()
    assert box is not None
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def count_messages(page: Page) -> None:
    """From here on, `window.sent` is the number of messages that the browser has sent to Python."""
    page.evaluate(
        """() => {
            const send = WebSocket.prototype.send;
            window.sent = 0;
            WebSocket.prototype.send = function (...message) { window.sent++; return send.apply(this, message); };
        }"""
    )


def test_hovering_reads_values_and_asks_nobody(view: Page) -> None:
    count_messages(view)
    view.mouse.move(*point_in(view, ".map", 0.507, 0.501))
    expect(readout(view)).to_contain_text("Step 102 of 200")
    expect(view.locator(".view .under")).to_contain_text(re.compile("cell 250.*row 251"))
    assert view.evaluate("window.sent") == 0


def covered(page: Page, part: str) -> float:
    """The share of a part's upper canvas that is painted."""
    script = "canvas => { const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height); return painted(data); }"
    count = "const painted = (data) => data.reduce((sum, value, i) => sum + Number(i % 4 === 3 && value > 0), 0) / (data.length / 4);"
    return float(page.locator(f".view {part} .over").evaluate(f"canvas => {{ {count} return ({script})(canvas); }}"))


def test_hovering_told_ink_shows_its_column_and_letter_and_a_letter_its_ink_and_columns(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/activations?ink_source=Drawn&ink={pack(shape('Straight line'))}&ink_says=four&cell=0")
    expect(readout(page)).to_contain_text(re.compile("Step 1 of 200.*at “f”"))
    settle(page)
    page.mouse.move(*point_in(page, ".ink", 0.75, 0.5))
    expect(readout(page)).to_contain_text(re.compile(r"Step 1(49|5\d) of 200.*at “[four]”"))
    assert covered(page, ".map") < 0.1
    page.mouse.move(*point_in(page, ".letters", 0.01, 0.5))
    expect(readout(page)).to_contain_text(re.compile(r"Step [1-4] of 200.*at “f”"))
    assert covered(page, ".map") > 0.3 and covered(page, ".ink") > 0.9, "all but the letter is under a veil"
    page.mouse.move(*point_in(page, ".readout", 0.5, 0.5))
    wait_for(page, lambda: covered(page, ".map") < 0.1, "the veil stayed")
    (letters,) = (group for group in ElementTree.fromstring(saved(page, "SVG")).iter(f"{SVG}g") if group.get("class") == "letters")
    assert "f" in {text.text for text in letters.iter(f"{SVG}text")} <= set("four") and len(letters.findall(f"{SVG}path")) == 4


def test_a_click_chooses_cell_and_step_for_python_and_the_link(view: Page) -> None:
    view.mouse.click(*point_in(view, ".map", 0.2525, 0.201))
    expect(view).to_have_url(re.compile(r"cell=100&step=51"))
    expect(readout(view)).to_contain_text("cell 100")


def test_dragging_recolours_the_ink_before_python_hears_of_it(view: Page) -> None:
    ink = view.locator(".view .ink .paint")
    before = ink.evaluate("canvas => canvas.toDataURL()")
    view.mouse.move(*point_in(view, ".map", 0.1, 0.1))
    view.mouse.down()
    view.mouse.move(*point_in(view, ".map", 0.4, 0.9), steps=4)
    expect(readout(view)).to_contain_text("Step 81 of 200")
    wait_for(view, lambda: ink.evaluate("canvas => canvas.toDataURL()") != before, "the ink kept its colours")
    assert "step=81" not in view.url
    view.mouse.up()
    expect(view).to_have_url(re.compile("step=81"))


def test_arrow_keys_move_step_and_cell(view: Page) -> None:
    view.mouse.click(*point_in(view, ".map", 0.5025, 0.501))
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowLeft"):
        view.keyboard.press(key)
    expect(readout(view)).to_contain_text("Step 93 of 200")
    expect(view).to_have_url(re.compile("cell=251&step=93"))
    view.keyboard.press("End")
    expect(view).to_have_url(re.compile("step=200"))


def test_the_wheel_zooms_and_zero_shows_all_again(view: Page) -> None:
    whole = view.get_by_role("button", name="Whole view")
    expect(whole).to_be_hidden()
    watch_scrolling(view)
    view.mouse.move(*point_in(view, ".map", 0.5, 0.5))
    wait_until_still(view)
    view.mouse.wheel(0, -400)
    expect(whole).to_be_visible()
    view.mouse.click(*point_in(view, ".map", 0.5, 0.5))
    view.keyboard.press("0")
    expect(whole).to_be_hidden()


def test_a_band_is_drawn_on_the_strip_and_dropped_with_escape(view: Page) -> None:
    view.mouse.move(*point_in(view, ".strip", 0.5, 0.201))
    view.mouse.down()
    view.mouse.move(*point_in(view, ".strip", 0.5, 0.301), steps=3)
    view.mouse.up()
    expect(readout(view)).to_contain_text("mean of 51 rows, 101 to 151")
    expect(view).to_have_url(re.compile("rows=101-151"))
    view.locator(".view .heat").focus()
    view.keyboard.press("Escape")
    expect(view).not_to_have_url(re.compile("rows="))


def test_one_scale_for_all_cells_recolours_them(view: Page) -> None:
    heat = view.locator(".view .map .paint")
    before = heat.evaluate("canvas => canvas.toDataURL()")
    expect(view.locator(".view .high")).to_have_text("rarely higher")
    view.get_by_role("button", name="Same scale").click()
    expect(view.locator(".view .high")).to_have_text("≥ 3")
    expect(view).to_have_url(re.compile("scale=same"))
    wait_for(view, lambda: heat.evaluate("canvas => canvas.toDataURL()") != before, "the map kept its colours")


def test_the_list_moves_the_view(view: Page) -> None:
    cells = view.get_by_role("combobox", name="Cell")
    cells.click()
    cells.fill("444")
    view.keyboard.press("Enter")
    expect(readout(view)).to_contain_text("cell 444")
    settle(view)
    expect(view).to_have_url(re.compile("cell=444"))


def test_a_finger_chooses_by_a_tap(page: Page, app_url: str) -> None:
    touch = page.context.browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)  # type: ignore[union-attr]
    phone = touch.new_page()
    phone.set_default_timeout(60_000)
    open_page(phone, f"{app_url}/activations?ink_source=Straight+line")
    expect(readout(phone)).to_contain_text("Step 1 of 200")
    phone.touchscreen.tap(*point_in(phone, ".map", 0.5025, 0.501))
    expect(readout(phone)).to_contain_text("Step 101 of 200")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    touch.close()


def picture(page: Page) -> str:
    return page.locator(".view .map .paint").evaluate("canvas => canvas.toDataURL()")


def test_a_change_of_order_moves_the_rows_bit_by_bit_and_needs_no_data(sorted_view: Page) -> None:
    settle(sorted_view)
    sorted_view.evaluate(
        """() => {
            const paint = [...document.querySelectorAll("*")].map((e) => e.shadowRoot?.querySelector(".view .map .paint")).find(Boolean);
            let last = null;
            window.pictures = new Set();
            const look = () => {
                const picture = paint.toDataURL();
                window.still = picture === last ? window.still + 1 : 0; // frames without a change
                window.pictures.add((last = picture));
                window.looking = requestAnimationFrame(look);
            };
            look();
        }"""
    )
    sorted_view.wait_for_function(AT_REST)
    before = picture(sorted_view)
    sorted_view.evaluate("window.pictures.clear()")
    sorted_view.get_by_role("button", name="Network’s order").click()
    expect(sorted_view).to_have_url(re.compile("order=Network"))
    wait_for(sorted_view, lambda: picture(sorted_view) != before, "the rows did not move")
    sorted_view.wait_for_function(AT_REST)
    after = picture(sorted_view)
    seen = sorted_view.evaluate("() => { cancelAnimationFrame(window.looking); return [...window.pictures]; }")
    assert before != after
    assert len([each for each in seen if each not in (before, after)]) >= 2  # rows on their way
    expect(readout(sorted_view)).to_contain_text("cell 100")


def saved(page: Page, kind: str) -> bytes:
    """What the view is saved as."""
    with page.expect_download() as download:
        page.get_by_role("button", name=kind, exact=True).click()
    return download.value.path().read_bytes()


def test_the_saved_picture_says_what_the_screen_does(sorted_view: Page) -> None:
    names = [name for name in sorted_view.locator(".view .bands button").all_inner_texts() if name]
    assert saved(sorted_view, "PNG").startswith(b"\x89PNG")
    groups = {group.get("class"): group for group in ElementTree.fromstring(saved(sorted_view, "SVG")).iter(f"{SVG}g")}
    assert " ".join(text.text or "" for text in groups["bands"].iter(f"{SVG}text")) == " ".join(names) and len(names) > 3
    assert groups["lifts"][0].get("d", "").count("M") == 1, "a straight line lifts the pen once, at its end"
    assert len(groups["faded"]) == 0
    chip = sorted_view.get_by_role("group", name="What the cells respond to").get_by_role("button", name=re.compile(r"^direction \d"))
    count = int(re.sub(r"\D", "", chip.inner_text()))
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(sorted_view).to_have_url(re.compile("only=direction"))
    groups = {group.get("class"): group for group in ElementTree.fromstring(saved(sorted_view, "SVG")).iter(f"{SVG}g")}
    assert len(groups["faded"]) == 500 - count
