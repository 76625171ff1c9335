"""An article that embeds two views in frames: an example to copy from, of files beside it or of a running dashboard."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote, urlencode

from hwmodel.views.standalone import COMPONENTS

TITLE = "One pen, fifty futures"
FUTURES, CELLS = "futures", "activations"  # the frames, by the page of the dashboard that they show
HEIGHTS = {FUTURES: 1160, CELLS: 1080}  # px, of the views on a screen 1,000 px wide
WORDS = {FUTURES: "What else could have been written", CELLS: "What every cell does"}  # for readers who do not see the frames
HIDDEN = ("sidebar", "title", "controls", "tour")  # parts of the dashboard that a frame does without


def files() -> dict[str, str]:
    """The frames' addresses where their files lie beside the article."""
    return {page: f"{page}.html" for page in HEIGHTS}


def of_dashboard(address: str) -> dict[str, str]:
    """The frames' addresses on a running dashboard."""
    query = urlencode({"embed": "true", "hide": ",".join(HIDDEN)}, safe=",")
    return {
        FUTURES: f"{address.rstrip('/')}/{FUTURES}?{query}&futures_kind={quote('Fan at one point')}",
        CELLS: f"{address.rstrip('/')}/{CELLS}?{query}",
    }


def article_page(frames: Mapping[str, str]) -> str:
    """The article as HTML, with the views at these addresses."""
    lines = "\n".join(escape(_frame(frames, page)) for page in HEIGHTS)
    css = (COMPONENTS / "standalone/page.css").read_text("utf-8")
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>{TITLE}</title>
<style>{css}
iframe {{ width: 100%; border: 1px solid var(--st-border-color); border-radius: 8px; }}
pre {{ overflow-x: auto; font-family: var(--st-code-font); font-size: 13px; }}</style>
<main>
<h1>{TITLE}</h1>
<p>Somebody writes half a bowl. It may become an a, a g or an o, and until the pen has moved on nobody can tell. A network that has
learnt where pens go next cannot tell either, but it can say how likely each of these is. Below it goes on from one point of a line
fifty times; choose another point, and it does so from there.</p>
{_frame(frames, FUTURES)}
<p>To do this it has to remember what was written so far. Its memory is five hundred numbers, each in a cell of its own. Here they
are while the network reads the same line, a row for each cell and a column for each movement of the pen. Choose a row, and the ink
has its colours: some cells count how far the line has come, some follow the height of the pen, and a few know that it is about to
lift.</p>
{_frame(frames, CELLS)}
<p>The views stand here in frames. Each of them is a line of HTML, to be copied into a page of your own:</p>
<pre>{lines}</pre>
</main>
</html>
"""


def _frame(frames: Mapping[str, str], page: str) -> str:
    return f'<iframe src="{escape(frames[page])}" title="{WORDS[page]}" height="{HEIGHTS[page]}" loading="lazy"></iframe>'
