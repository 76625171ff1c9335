"""Pages that stand in frames of another."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from hwmodel.views.article import article_page, of_dashboard
from pages.ui.shell import address, embed


def test_the_article_asks_the_dashboard_for_what_it_has() -> None:
    frames = of_dashboard("https://example.org/pen/")
    assert all(f'src="{each.replace("&", "&amp;")}"' in article_page(frames) for each in frames.values())
    for page, each in frames.items():
        link = urlsplit(each)
        assert link.path == f"/pen/{page}" and page in address.PAGES
        asked = {name: values[0] for name, values in parse_qs(link.query).items()}
        assert asked.pop("embed") == "true"
        assert set(asked["hide"].split(",")) == set(embed.PARTS)
        assert all(address.PARAMETERS[name].read(value) is not None for name, value in asked.items())
