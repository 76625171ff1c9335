"""The very first visitor of a server."""

from playwright.sync_api import Page, expect

from hwmodel.benchmarks.dashboard import fresh_server


def test_the_first_visitor_may_come_to_a_page_by_its_own_address(page: Page) -> None:
    with fresh_server() as server:
        page.goto(f"{server.url}/your_hand?hand_bias=2")
        expect(page.locator(".st-key-menu").get_by_text("Cell order", exact=True)).to_be_visible()
        expect(page.get_by_role("heading", name="Your hand")).to_be_visible()
        expect(page.get_by_role("slider", name="Bias").last).to_have_value("2")
        expect(page.get_by_text("Page not found")).to_have_count(0)
