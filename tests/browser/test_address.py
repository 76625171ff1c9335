"""The address and the browser's Back in a real Chromium."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from hwmodel.formats.link import pack
from hwmodel.ink.strokes import Strokes
from pages.ui.shell import address
from tests.browser.conftest import faults, open_page, rest, settle, wait_for
from tests.support.lines import wavy_offsets

PAGES = {  # as the menu calls them -> (address, title)
    "Write": ("/write", "Handwriting that nobody wrote"),
    "Your hand": ("/your_hand", "Your hand"),
    "Futures": ("/futures", "What else could have been written"),
    "Activations": ("/activations", "What every cell does"),
    "Cell order": ("/cell_order", "Cells, sorted by what they do"),
    "Model": ("/model", "How the network works"),
}
CIRCLE = {"ink_source": "Circle"}
WRITTEN = Strokes(wavy_offsets(120), (4.0, 11.0))  # fits on a phone
SAYING = {"ink_source": "Drawn", "ink": pack(WRITTEN) or "", "ink_says": "hello"}
LINKS = {  # what each page's link can say, all other than by default
    "Write": {
        "ink_seed": "3",
        "ink_bias": "1.25",
        "write_sample": "2",
        "write_lines": "3",
        "write_steps": "200",
        "write_pen_bias": "0.5",
        "write_colour": "Order",
        "write_size": "5",
        "write_thickness": "2.5",
    },
    "Your hand": {
        "ink_source": "Drawn",
        "ink": pack(WRITTEN) or "",
        "sheet": "Plain",
        "hand_length": "30",
        "hand_bias": "1.25",
        "hand_guesses": "2",
        "hand_seed": "3",
        "hand_size": "20",
    },
    "Futures": SAYING
    | {
        "reading": "Without its text",
        "futures_kind": "Sure or lost",
        "futures_bias": "1.25",
        "futures_samples": "20",
        "futures_steps": "4",
        "futures_seed": "3",
        "futures_measure": "Surprise",
        "step": "12",
    },
    "Activations": CIRCLE
    | {
        "activation": "candidate",
        "cell": "7",
        "step": "9",
        "rows": "10-20",
        "scale": "same",
        "only": "direction",
        "hold": "true",
        "hold_at": "zero",
        "hold_seed": "4",
        "hold_bias": "1.25",
    },
    "Cell order": SAYING | {"cell": "7", "step": "9", "order": "PCA", "only": "pen lift", "order_perplexity": "20", "order_seed": "3"},
    "Model": CIRCLE | {"checkpoint": "unipen", "step": "12"},
}


def go_to(page: Page, name: str) -> None:
    """By the menu; until the page has run through."""
    page.locator(".st-key-menu").get_by_text(name, exact=True).click()
    stands(page, name)


def stands(page: Page, name: str) -> None:
    """This page is there, has its own address, and has run through."""
    path, title = PAGES[name]
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(page).to_have_title(f"{name} · Handwriting, seen from inside")
    expect(page).to_have_url(re.compile(rf"^http://[^/]+{path}(\?.*)?$"))
    settle(page)


SETTINGS = """() => {
  const widgets = ["Slider", "NumberInput", "Selectbox", "ButtonGroup", "Checkbox", "TextArea"].map((name) => `[data-testid=st${name}]`).join();
  const said = (widget) => [
    widget.textContent,
    ...[...widget.querySelectorAll("input, textarea")].map(({ value, checked }) => `${value} ${checked}`),
    ...[...widget.querySelectorAll("[role=slider]")].map((slider) => slider.ariaValueNow),
    ...[...widget.querySelectorAll("[aria-checked=true]")].map((choice) => choice.textContent),
  ].join("|");
  return [...document.querySelectorAll(widgets)].map(said);
}"""


def what_stands(page: Page) -> list[str]:
    """The settings, the ink in the sidebar, the meter's sentence, and what is chosen in the view."""
    texts = [
        page.get_by_text(re.compile(r"· [\d,]+ points")),
        page.get_by_text("network learnt from"),
        page.locator(".view .at, .view .readout").first,
    ]
    return [*page.evaluate(SETTINGS), *(text for each in texts for text in each.all_text_contents())]


@pytest.mark.parametrize("name", LINKS)
def test_a_link_opens_the_same_on_a_phone_is_kept_through_the_menu_and_left_by_one_press_of_back(
    name: str, page: Page, app_url: str, browser: Browser
) -> None:
    open_page(page, f"{app_url}{PAGES[name][0]}?{urlencode(LINKS[name])}")
    stands(page, name)
    expect(page.get_by_text(re.compile(r"· [\d,]+ points"))).to_be_visible()
    assert said(page) == LINKS[name]
    phone = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark").new_page()
    open_page(phone, page.url)
    wait_for(page, lambda: what_stands(phone) == what_stands(page), f"{what_stands(phone)} on a phone, {what_stands(page)} on a desk")
    assert faults(page) + faults(phone) == []
    phone.context.close()
    other = "Activations" if name != "Activations" else "Cell order"
    go_to(page, other)
    ink = {key: text for key, text in LINKS[name].items() if key in address.TABLE[address.PAGES]}
    wait_for(page, lambda: said(page).items() >= ink.items(), f"the link's ink is lost on another page: {said(page)}")
    go_to(page, name)
    wait_for(page, lambda: said(page) == LINKS[name], f"the link is another after a visit to another page: {said(page)}")
    rest(page)
    page.go_back()
    stands(page, other)


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
        rest(page)
        page.go_back()
        stands(page, "Activations")
        assert arguments(page.url) == arguments(chosen)


def said(page: Page) -> dict[str, str]:
    """What the address says."""
    return {name: texts[0] for name, texts in arguments(page.url).items()}


def arguments(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def test_a_link_without_sense_opens_the_page_and_is_mended(page: Page, app_url: str) -> None:
    open_page(page, f"{app_url}/futures?ink_source=Circle&futures_kind=&futures_seed=Infinity&futures_bias=2")
    stands(page, "Futures")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?(?!.*(futures_kind|Infinity)).*futures_bias=2"))
