"""Views as one HTML file that is alive without a server and without a network: the components' own html, css and js, and the data they are sent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from hwmodel.views.engine import EngineParts
from hwmodel.views.futures_anew import DrawnWith
from hwmodel.views.ink_anew import WrittenWith
from hwmodel.views.script import EXPORT, script, without_comments
from hwmodel.views.squeezing import squeezed, zipped

COMPONENTS = Path(__file__).parents[2] / "pages" / "ui" / "components"
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")  # [words](name of an action, or an address)
POLICY = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:; style-src 'unsafe-inline'; img-src data: blob:"
ADDRESS = re.compile(r"https://|[\w-]+\.html$")
NETWORK = "network"  # id of the element that holds the weights
ANEW = {"futures_view": ("futures_anew/anew.js", "drawAnew"), "ink_view": ("ink_anew/anew.js", "writeAnew")}  # what makes a view's data anew


@dataclass(frozen=True)
class AloneNetwork:
    """A network that goes along, for views in which it reads and writes."""

    fingerprint: str  # of its checkpoint
    weights: bytes  # as `weights_bytes` packs them
    parts: EngineParts
    told: str  # what it is and whose, for the reader


@dataclass(frozen=True)
class AloneView:
    """A component with its data."""

    folder: str  # in pages/ui/components
    key: str  # as its data call it
    data: tuple[bytes, ...]  # several to choose from; the first is shown
    chosen: Mapping[str, Any] = field(default_factory=dict)  # what is chosen at first, where the component listens to choices
    made: DrawnWith | WrittenWith | None = None  # with what futures were drawn, or ink was written, so that the page's network makes them anew


@dataclass(frozen=True)
class Section:
    """A part of the page; what is left out is not there."""

    heading: str = ""
    prose: str = ""  # words in `[these](name)` do the action of that name, or lead to an address
    view: AloneView | None = None
    after: str = ""  # prose below the view


def alone_page(
    title: str,
    sections: Sequence[Section],
    actions: Mapping[str, Mapping[str, Any]] = {},
    network: AloneNetwork | None = None,
    framed: bool = False,
) -> str:
    """An HTML page; one that is `framed` leaves its title to the page around it. `actions` are what links do, as page.js of
    components/standalone describes them. Raises ValueError where a link names none.

    The weights come last: what needs no network is alive before they are there.
    """
    views = [section.view for section in sections if section.view]
    body = "\n".join(_section(section, actions) for section in sections)
    css = (COMPONENTS / "standalone/page.css").read_text("utf-8")
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<link rel="icon" href="data:,">
<title>{escape(title)}</title>
<style>{css}</style>
<main>
{"" if framed else f"<h1>{escape(title)}</h1>"}
{body}
{f"<footer><small>{escape(network.told)}</small></footer>" if network else ""}
</main>
<script>
(() => {{
"use strict";
{_program(views, actions, network)}
}})();
</script>
{f'<script type="text/plain" id="{NETWORK}">{zipped(network.weights)}</script>' if network else ""}
</html>
"""


def _section(section: Section, actions: Mapping[str, Mapping[str, Any]]) -> str:
    parts = [f"<h2>{escape(section.heading)}</h2>"] if section.heading else []
    parts += [f"<p>{_linked(section.prose, actions)}</p>"] if section.prose else []
    parts += [f'<div id="{escape(section.view.key)}"></div>'] if section.view else []
    parts += [f"<p>{_linked(section.after, actions)}</p>"] if section.after else []
    return "\n".join(parts)


def _linked(text: str, actions: Mapping[str, Mapping[str, Any]]) -> str:
    def link(found: re.Match[str]) -> str:
        words, name = found.groups()
        if ADDRESS.match(name):
            return f'<a href="{name}">{words}</a>'
        if name not in actions:
            raise ValueError(f"a link names {name!r}, which is none of the actions {', '.join(actions)}")
        return f'<a href="#{name}" data-choice="{name}">{words}</a>'

    return LINK.sub(link, escape(text, quote=False))


def _program(views: Sequence[AloneView], actions: Mapping[str, Mapping[str, Any]], network: AloneNetwork | None) -> str:
    folders = dict.fromkeys(view.folder for view in views)
    lines = [f"const {folder} = {_function(COMPONENTS / folder / 'view.js', 'default')};" for folder in folders]
    for file, name in dict.fromkeys(ANEW[view.folder] for view in views if view.made):
        lines.append(f"const {name} = {_function(COMPONENTS / file, name)};")
    mounted = ", ".join(map(_mounted, views))
    engine = {"fingerprint": network.fingerprint, "worker": network.parts.worker, "kernel": zipped(network.parts.kernel)} if network else None
    page = _function(COMPONENTS / "standalone/page.js", "mountPage")
    return "\n".join([*lines, f"{page}([{mounted}], {_data(dict(actions))}, {_data(engine)});"])


def _mounted(view: AloneView) -> str:
    """What page.js calls a Mounted."""
    parts = {
        "key": _data(view.key),
        "component": view.folder,
        "html": _text(view.folder, "view.html"),
        "css": _text(view.folder, "view.css"),
        "data": _data([squeezed(blob) for blob in view.data]),
        "chosen": _data(dict(view.chosen)),
        **({"made": _data(view.made), "makeAnew": ANEW[view.folder][1]} if view.made else {}),
    }
    return f"{{ {', '.join(f'{name}: {code}' for name, code in parts.items())} }}"


def _function(file: Path, name: str) -> str:
    """A function that a js file exports, as an expression."""
    code = without_comments(script(file))
    code = EXPORT.sub("", code.replace("\nexport default ", "\nreturn "))
    return _safe(f"(() => {{\n{code}\n{'' if name == 'default' else f'return {name};'}\n}})()")


def _text(folder: str, name: str) -> str:
    return _data((COMPONENTS / folder / name).read_text("utf-8"))


def _data(value: object) -> str:
    return _safe(json.dumps(value))


def _safe(text: str) -> str:
    """Text that cannot end the script it stands in."""
    return text.replace("</", "<\\/").replace("<!--", "<\\!--")
