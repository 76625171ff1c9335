"""The live sheet in a real Chromium on the running dashboard: mouse, finger and keys on one page."""

from __future__ import annotations

import math
import re

from playwright.sync_api import Browser, Locator, Page, WebSocket, expect

from tests.browser.conftest import PATIENCE_MS, wait_for, wait_frames

MINE = re.compile(r"drawn by hand · [\d,]+ points")


def sheet(page: Page) -> Locator:
    return page.locator(".sheet")


def ready(page: Page) -> None:
    expect(page.locator(".sheet[data-ready=true]")).to_be_visible()


def wave(page: Page, share: float) -> list[tuple[float, float]]:
    """Places of a stroke of loops on the page, which begins at a share of the sheet's width."""
    sheet(page).scroll_into_view_if_needed()
    box = sheet(page).bounding_box()
    assert box is not None
    size = box["height"] / 7
    x, y = box["x"] + share * box["width"], box["y"] + 0.6 * box["height"]
    angles = [2 * math.pi * i / 14 for i in range(43)]
    return [(x + size * (0.16 * a + 0.4 * math.sin(a)), y - 0.5 * size + 0.5 * size * math.cos(a)) for a in angles]


def colours(page: Page, which: str) -> int:
    """How many different colours are painted."""
    return int(
        page.locator(which).evaluate(
            "canvas => new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size"
        )
    )


def points(page: Page) -> int:
    """Number of points of the session's ink, as the sidebar says; 0 where it is not drawn."""
    line = page.get_by_text(MINE)
    return int(re.sub(r"\D", "", line.text_content() or "")) if line.count() else 0


def test_the_network_answers_a_moving_pen_without_the_server(browser: Browser, app_url: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []
    frames: list[int] = []
    fetched: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda _: frames.append(1))

    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("websocket", listen)
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{app_url}/your_hand")
    ready(page)
    undo, take = (page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Take the guess"))

    # A mouse: futures at the tip and cells below while it is down, and not a word to the server.
    places = wave(page, 0.05)
    sent, none = len(frames), colours(page, ".moving")
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places:
        page.mouse.move(*place)
    wait_for(page, lambda: colours(page, ".moving") > none + 20 and colours(page, ".cells") > 50, "no futures, or no cells, while the pen is down")
    assert len(frames) == sent, "a message went to the server during a stroke"
    page.mouse.up()
    expect(take).to_be_enabled()
    wait_for(page, lambda: points(page) > 20, "the ink did not come to the session")
    by_hand = points(page)

    # Keys: Enter takes the guess, Control and Z takes it back, whole.
    sheet(page).press("Enter")
    wait_for(page, lambda: points(page) > by_hand, "the guess is not in the ink")
    sheet(page).press("Control+z")
    wait_for(page, lambda: points(page) == by_hand, "the guess is still in the ink")

    # A cell that is chosen colours the ink.
    plain = colours(page, ".ink")
    page.locator(".map").press("ArrowDown")
    wait_for(page, lambda: colours(page, ".ink") > plain + 20, "the cell does not colour the ink")
    page.locator(".map").press("Escape")

    # A finger writes, and does not scroll the page.
    session = context.new_cdp_session(page)
    touches = [{"x": x, "y": y} for x, y in wave(page, 0.4)]
    scrolled = page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": touches[:1]})
    for touch in touches[1:]:
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [touch]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    wait_for(page, lambda: points(page) > by_hand, "the finger's stroke is not in the ink")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == scrolled

    # Another page looks at the ink; the sheet still has it afterwards, and fetches no weights again.
    both = points(page)
    page.get_by_role("link", name="Activations").click()
    expect(page.get_by_role("heading", level=1, name="Your hand")).to_have_count(0)
    assert points(page) == both
    page.get_by_role("link", name="Your hand").click()
    ready(page)
    wait_frames(page, 2)
    expect(undo).to_be_enabled()
    assert colours(page, ".ink") > 3 and points(page) == both
    assert sum("/media/" in url and url.endswith(".bin") for url in fetched) == 1

    # Without a pen: clear, and the network writes.
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(undo).to_be_disabled()
    page.get_by_role("button", name="Write on for me").click()
    take.click()
    expect(undo).to_be_enabled()
    context.close()
    assert not errors, f"errors in the browser: {errors}"
