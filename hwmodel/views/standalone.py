"""Views as one HTML file that is alive without a server and without a network: the components' own html, css and js, and the data they are sent."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from hwmodel.views.script import EXPORT, script

COMPONENTS = Path(__file__).parents[2] / "pages" / "ui" / "components"
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")  # [words](name of an action, or an address)
POLICY = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:; style-src 'unsafe-inline'; img-src data: blob:"
ADDRESS = re.compile(r"https://|[\w-]+\.html$")


@dataclass(frozen=True)
class AloneView:
    """A component with its data."""

    folder: str  # in pages/ui/components
    key: str  # as its data call it
    data: tuple[bytes, ...]  # several to choose from; the first is shown
    chosen: Mapping[str, Any] = field(default_factory=dict)  # what is chosen at first, where the component listens to choices


@dataclass(frozen=True)
class Section:
    """A part of the page; what is left out is not there."""

    heading: str = ""
    prose: str = ""  # words in `[these](name)` do the action of that name, or lead to an address
    view: AloneView | None = None
    after: str = ""  # prose below the view


def alone_page(title: str, sections: Sequence[Section], actions: Mapping[str, Mapping[str, Any]] = {}) -> str:
    """An HTML page. `actions` are what links do, as page.js of components/standalone describes them. Raises ValueError where a link names none."""
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
<h1>{escape(title)}</h1>
{body}
</main>
<script type="module">
{_program(views, actions)}
</script>
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


def _program(views: Sequence[AloneView], actions: Mapping[str, Mapping[str, Any]]) -> str:
    folders = dict.fromkeys(view.folder for view in views)
    lines = [f"const {folder} = (() => {{\n{_component(folder)}\n}})();" for folder in folders]
    mounted = ", ".join(
        f"{{ key: {json.dumps(view.key)}, component: {view.folder}, html: {_text(view.folder, 'view.html')}, css: {_text(view.folder, 'view.css')}, "
        f"data: {json.dumps([b64encode(gzip.compress(blob, 9, mtime=0)).decode() for blob in view.data])}, chosen: {json.dumps(dict(view.chosen))} }}"
        for view in views
    )
    page = script(COMPONENTS / "standalone/page.js").replace("export function mountPage", "function mountPage")
    return "\n".join([*lines, page, f"mountPage([{mounted}], {_safe(json.dumps(dict(actions)))});"])


def _component(folder: str) -> str:
    return _safe(EXPORT.sub("", script(COMPONENTS / folder / "view.js").replace("\nexport default ", "\nreturn ")))


def _text(folder: str, name: str) -> str:
    return _safe(json.dumps((COMPONENTS / folder / name).read_text("utf-8")))


def _safe(text: str) -> str:
    """Text that cannot end the script it stands in."""
    return text.replace("</", "<\\/")
