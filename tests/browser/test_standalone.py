"""Files that need no server, opened from the disk in Chromium and in Firefox: each is alive, and asks for nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hwmodel import site
from hwmodel.futures.drawing import sample_futures
from hwmodel.futures.values import side_angles
from hwmodel.network.as_arrays import weights_of
from hwmodel.network.checkpoint import load_checkpoint, load_text_checkpoint
from hwmodel.sampling.laws import graves
from hwmodel.sampling.text_lines import write_texts
from hwmodel.views.article import WORDS
from hwmodel.views.engine import engine_parts
from hwmodel.views.futures_anew import drawn_with
from hwmodel.views.futures_view import KEPT_STEPS, kept_hairs_bytes
from hwmodel.views.ink_anew import written_with
from hwmodel.views.ink_view import Panel, ink_bytes
from hwmodel.views.network_weights import weights_bytes
from hwmodel.views.squeezing import squeezed
from hwmodel.views.standalone import COMPONENTS, AloneNetwork, AloneView, Section, alone_page
from hwmodel.views.story import load_story
from tests.support.firefox import FIREFOX, Firefox, firefox

WITH_WEIGHTS, WITHOUT = 2_500_000, 400_000  # bytes that a file may have
STAGE = 'document.getElementById("hairs").shadowRoot.querySelector(".stage")'
SHEET = '.sheet[data-ready="true"]'


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site's page: every kind of view, and the network."""
    folder = tmp_path_factory.mktemp("site")
    assert site.main([str(folder)]) == 0
    return folder / "index.html"


@pytest.fixture(scope="module")
def hairs_blob() -> bytes:
    """Futures at every point of a line, as Futures has them kept."""
    story = load_story()
    ink = story.ink
    futures = sample_futures(load_checkpoint(story.checkpoint).model, ink, n_samples=50, n_steps=8)
    return kept_hairs_bytes("hairs", "hairs", ink, futures, side_angles(futures, ink))


@pytest.fixture(scope="module")
def hairs(hairs_blob: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of these."""
    path = tmp_path_factory.mktemp("kept") / "hairs.html"
    path.write_text(alone_page("Futures", [Section(view=AloneView("futures_view", "hairs", (hairs_blob,)))]), "utf-8")
    return path


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of futures from some points, with the network that draws them anew."""
    story = load_story()
    model = load_checkpoint(story.checkpoint).model
    futures = sample_futures(model, story.ink, n_samples=10, n_steps=8, points=range(0, len(story.ink), 8))
    blob = kept_hairs_bytes("hairs", "hairs", story.ink, futures, side_angles(futures, story.ink))
    packed = weights_bytes(weights_of(model), story.fingerprint, model.config.units_per_offset)
    network = AloneNetwork(story.fingerprint, packed, engine_parts(COMPONENTS / "engine"), "The network in this file.")
    view = AloneView("futures_view", "hairs", (blob,), made=drawn_with(0.5, 0))
    path = tmp_path_factory.mktemp("kept") / "anew.html"
    path.write_text(alone_page("Futures", [Section(view=view)], network=network), "utf-8")
    return path


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a told line, with the network that writes others."""
    loaded = load_text_checkpoint("iam-text")
    (line,) = write_texts(loaded.model, ["thank you"], [3], graves(1.0))
    packed = weights_bytes(weights_of(loaded.model), loaded.fingerprint, loaded.model.config.units_per_offset)
    network = AloneNetwork(loaded.fingerprint, packed, engine_parts(COMPONENTS / "engine"), "The network in this file.")
    blob = ink_bytes([Panel(line.strokes, line.text, "", letters=line.letters, text=line.text)], 9, 2)
    view = AloneView("ink_view", "ink", (blob,), made=written_with(line.text, 1.0, 3, None))
    path = tmp_path_factory.mktemp("kept") / "written.html"
    path.write_text(alone_page("Ink", [Section(view=view)], network=network), "utf-8")
    return path


def test_kept_files_are_small(story: Path, hairs: Path, hairs_blob: bytes, written: Path) -> None:
    """Futures of the longest line that is kept whole are so many steps more."""
    drawn = len(load_story().ink) * 50 * 8
    of_data = len(squeezed(hairs_blob))
    assert story.stat().st_size < WITH_WEIGHTS and written.stat().st_size < WITH_WEIGHTS
    assert of_data * KEPT_STEPS / drawn + hairs.stat().st_size - of_data < WITHOUT


def test_files_are_alive_in_chromium_without_a_server(story: Path, hairs: Path, anew: Path, written: Path, page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(hairs.as_uri())
    expect(page.locator(".stage[data-painted]")).to_be_visible()
    page.locator(".stage").press("End")
    expect(page.get_by_text("Point 287 of 287")).to_be_visible()
    page.locator(".stage").hover(position={"x": 400, "y": 100})
    expect(page.get_by_text("Point 287 of 287")).to_be_hidden()

    page.goto(anew.as_uri())
    page.get_by_role("button", name="Other futures").click()
    expect(page.get_by_text("Drawn here, with bias 0.50 and seed 1")).to_be_visible()

    page.goto(written.as_uri())
    page.get_by_label("Type, and it writes").fill("thank you\nall \u2615")
    expect(page.get_by_text("with bias 1.00 and seed 3; left out, as the network has never seen it: \u2615")).to_be_visible()
    expect(page.locator(".letters i")).to_have_text(list("thank\u00a0youall"))
    page.get_by_role("button", name="Again").click()
    expect(page.get_by_text("with bias 1.00 and seed 4")).to_be_visible()

    page.goto(story.as_uri())
    page.get_by_role("link", name="the same half bowl").click()
    expect(page.get_by_text("Point 113 of")).to_be_visible()
    page.locator("#story_fork .stage").press("ArrowRight")
    expect(page.get_by_text("Drawn here, with bias 0.60 and seed 0")).to_be_visible()
    page.locator("#story_fork .stage").press("1")
    page.get_by_role("button", name="Back to the ink").click()
    expect(page.get_by_text("Point 113 of")).to_be_visible()
    page.get_by_role("link", name="these", exact=True).click()
    expect(page.get_by_text(re.compile(r"mean of \d+ rows"))).to_be_visible()
    page.get_by_role("button", name="Network’s order").click()
    expect(page.get_by_role("button", name="Network’s order")).to_have_attribute("aria-pressed", "true")
    sheet = page.locator(SHEET)
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 120)
    page.mouse.down()
    for step in range(20):
        page.mouse.move(box["x"] + 60 + 4 * step, box["y"] + 120 - 15 * (step % 4))
    page.mouse.up()
    expect(page.get_by_role("button", name="Take the guess")).to_be_enabled()  # the network goes on
    asked = [url for url in requests if not url.startswith("blob:")]
    assert asked == [hairs.as_uri(), anew.as_uri(), written.as_uri(), story.as_uri()] and complaints == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.goto(story.with_name("article.html").as_uri())
    requests.clear()
    futures, cells = (page.frame_locator(f"iframe[title='{title}']") for title in WORDS.values())
    futures.locator(".stage").press("ArrowRight")
    expect(futures.get_by_text("Point 12 of 287")).to_be_visible()
    cells.get_by_role("button", name="Network’s order").click()
    expect(cells.get_by_role("button", name="Network’s order")).to_have_attribute("aria-pressed", "true")
    assert {url.split(":")[0] for url in requests} <= {"file", "blob"} and complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def shows(window: Firefox, key: str, condition: str) -> bool:
    """Wait until the view's root, as `root`, meets a condition."""
    return bool(
        window.run(f"""new Promise((done) => {{
            const look = () => {{
                const root = document.getElementById("{key}").shadowRoot;
                if (root && ({condition})) done(true);
                else requestAnimationFrame(look);
            }};
            look();
        }})""")
    )


def place_of(window: Firefox, key: str, query: str) -> tuple[float, float]:
    """The corner of an element in a view, which is brought into sight."""
    found = window.run(f"""(() => {{
        const element = document.getElementById("{key}").shadowRoot.querySelector("{query}");
        element.scrollIntoView({{ block: "center", behavior: "instant" }});
        const {{ left, top }} = element.getBoundingClientRect();
        return left + "," + top;
    }})()""")
    left, top = map(float, found.split(","))
    return left, top


@pytest.mark.skipif(FIREFOX is None, reason="no Firefox: apt-get install firefox-esr")
def test_files_are_alive_in_firefox_without_a_server(story: Path, hairs: Path, anew: Path, written: Path) -> None:
    with firefox() as window:
        window.open(hairs.as_uri())
        assert shows(window, "hairs", 'root.querySelector(".stage").dataset.painted')
        window.run(f"{STAGE}.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'End' }}))")
        assert shows(window, "hairs", 'root.textContent.includes("Point 287 of 287")')

        window.open(anew.as_uri())
        window.run("[...document.querySelectorAll('button')].find((one) => one.textContent === 'Other futures').click()")
        assert shows(window, "hairs", 'root.host.nextElementSibling.textContent.includes("and seed 1")')

        window.open(written.as_uri())
        window.run("(field => { field.value = 'all'; field.dispatchEvent(new Event('input')); })(document.querySelector('textarea'))")
        assert shows(window, "ink", 'root.querySelector(".letters")?.textContent === "all"')

        window.open(story.as_uri())
        window.run("[...document.querySelectorAll('a')].find((link) => link.textContent === 'the same half bowl').click()")
        assert shows(window, "story_fork", 'root.textContent.includes("Point 113 of")')
        left, top = place_of(window, "story_cells", ".map")
        before = window.run('document.getElementById("story_cells").shadowRoot.querySelector(".readout").textContent')
        window.hand([(left + 80, top + 90), (left + 83, top + 93)])
        assert shows(window, "story_cells", f'root.querySelector(".readout").textContent !== {before!r}')
        assert shows(window, "story_sheet", "root.querySelector('.sheet').dataset.ready")
        left, top = place_of(window, "story_sheet", ".sheet")
        window.hand([(left + 60 + 4 * step, top + 120 - 15 * (step % 4)) for step in range(20)], down=True)
        assert shows(window, "story_sheet", '!root.querySelector(".take").disabled')
        asked = [url for url in window.requests if not url.startswith(("data:", "file:", "blob:"))]  # some that are inside are Firefox's own
        assert asked == [] and window.errors == []
