"""The words of the field in plain words, run without a browser."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.model import card
from pages.ui.shell import terms
from pages.ui.shell.address import PAGES
from tests.support.pages import ROOT

VIEWS = {"cells": "pages/ui/components/cell_view", "futures": "pages/ui/components/futures_view"}
ON_ALL = ("pages/ui/shell/ink_source.py", "pages/ui/shell/tour.py")
CELLS = ("pages/ui/cells/*.py", "hwmodel/cells/roles.py", "hwmodel/views/cell_view.py", "hwmodel/views/colours.py", f"{VIEWS['cells']}/*.*")
FUTURES = ("hwmodel/views/futures_view.py", f"{VIEWS['futures']}/*.*")
SOURCES = {  # page -> files whose texts it shows, with those ON_ALL
    "front": ("pages/ui/front/*.py", "hwmodel/views/story_parts.py", *FUTURES, *CELLS[1:]),
    "write": ("pages/ui/write/*.py",),
    "your_hand": ("pages/ui/hand/*.py", "hwmodel/network/familiarity.py"),
    "futures": FUTURES,
    "activations": (*CELLS, "pages/ui/shell/address.py"),  # which has the orders
    "cell_order": (*CELLS, "hwmodel/cells/ordering.py", "hwmodel/cells/article_claims.py"),
    "model": ("pages/ui/model/*.py", "hwmodel/checkpoints/iam.md"),
}
# Words that a reader from outside the field cannot be expected to know. Short forms and Greek letters are looked for by what they look like.
OF_THE_FIELD = (
    *("ablat", "activation function", "bias", "checkpoint", "correlation", "curvature", "eigen", "embedding", "entropy", "epoch", "gate"),
    *("gaussian", "gradient descent", "hidden state", "cell state", "hierarchical", "95 % interval", "latent", "logit", "log-likelihood", "mixture"),
    *("nats?", "overfit", "perplexity", "posterior", "principal component", "recurrent", "sampling law", "spectral", "softmax", "standard deviation"),
    *("surprise", "temperature", "validation", "variance", "weights"),
)
SHORT = r"\b[A-Z]{2,}\d?\b|\b[Rr]²|\bt-SNE\b|[α-ωσπμρ]"
KNOWN_SHORT = re.compile(
    "PNG|SVG|HTML|JSON|NPZ|CSV|XML|MB|CC|BY|IAM|UNIPEN|WASM|SIMD|BBN|OK|OSError|URL|ID|CD|ROM|DB|FILE|ML"  # files, collections, licences, the web
)


def texts(page: str) -> dict[str, str]:
    """What a page may show: file -> all its words, one after the other."""
    files = [path for glob in (f"pages/{page}.py", *ON_ALL, *SOURCES[page]) for path in ROOT.glob(glob) if path.suffix in READ]
    return {str(path.relative_to(ROOT)): READ[path.suffix](path) for path in files}


def python_words(path: Path) -> str:
    """Texts in Python, without what is for programmers."""
    tree = ast.parse(path.read_text("utf-8"))
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in aside]
    return "\n".join(text.value for text in texts if isinstance(text.value, str))


def js_words(path: Path) -> str:
    """Texts in js."""
    code = re.sub(r"(?s:/\*.*?\*/)|^\s*//.*$|\s// .*$|\$\{[^{}]*\}", "", path.read_text("utf-8"), flags=re.MULTILINE)
    return "\n".join(text for found in re.findall(r"`([^`]*)`|\"([^\"\n]*)\"", code) for text in found if text)


def html_words(path: Path) -> str:
    return re.sub(r"<[^>]*?(?:title|aria-label)=\"([^\"]*)\"[^>]*>|<[^>]*>", r"\1 ", path.read_text("utf-8"))


def card_words(path: Path) -> str:
    """What Model shows of a card."""
    parts = card.sections(path.stem)
    return parts["Data and licence"] + card.without_last_column(parts["How well it predicts"])


READ = {".py": python_words, ".js": js_words, ".html": html_words, ".md": card_words}


def unknown(words: str) -> list[str]:
    """The words of the field that the table does not have, in some texts; a single small word may be a name in the program."""
    shown = "\n".join(line for line in words.splitlines() if " " in line or not line[:1].islower())
    found = [each[0] for each in re.finditer(rf"{SHORT}|\b(?i:{'|'.join(OF_THE_FIELD)})\w*", shown)]
    return [each for each in found if not KNOWN_SHORT.fullmatch(each) and not any(re.fullmatch(terms.pattern(term), each) for term in terms.TERMS)]


def uses(words: str, term: terms.Term) -> bool:
    return re.search(terms.pattern(term), words) is not None


def test_the_search_finds_words_of_the_field() -> None:
    assert unknown("its AUC, by t-SNE, of the softmax and a KL: nats, SVG, π and ξ") == ["softmax", "KL", "ξ"]


@pytest.mark.parametrize("page", PAGES)
def test_every_word_of_the_field_on_a_page_is_in_the_table(page: str) -> None:
    assert {file: found for file, words in texts(page).items() if (found := unknown(words))} == {}


@pytest.mark.parametrize("page", PAGES)
def test_every_word_that_a_pages_foot_explains_is_on_the_page(page: str) -> None:
    shown = "\n".join(texts(page).values())
    assert [term.name for term in terms.TERMS if page in term.pages and not uses(shown, term)] == []


def test_a_meaning_has_no_words_that_are_not_explained_and_names_stand_in_order() -> None:
    assert {term.name: found for term in terms.TERMS if (found := unknown(term.says))} == {}
    names = [term.name for term in terms.TERMS]
    assert names == sorted(set(names), key=str.casefold)


def test_a_term_is_explained_where_it_stands_first_and_not_in_a_link_or_in_code() -> None:
    text = terms.explained("see [a cell](x) and `cell`: a cell state is what the cells, and other cells, keep; t\\-SNE", everyday=True)
    marked = re.findall(r'<dfn class="term" tabindex="0" aria-description="([^"]+)">([^<]+)</dfn>', text)
    assert [words for _, words in marked] == ["cell state", "cells", "t\\-SNE"]
    assert marked[0][0] == terms.meaning("cell state")
    assert re.sub(r"</?dfn[^>]*>", "", text) == "see [a cell](x) and `cell`: a cell state is what the cells, and other cells, keep; t\\-SNE"
    assert "<dfn" not in terms.explained("what a cell does at each step")


def test_a_page_ends_with_its_own_words_and_model_with_all() -> None:
    def script() -> None:
        from pages.ui.shell import terms

        terms.glossary("write")
        terms.glossary("model")

    at = AppTest.from_function(script).run()
    folded, whole = at.markdown[0].value, "\n".join(each.value for each in at.markdown[1:])
    assert at.expander[0].label == "Words on this page" and at.header[0].anchor == terms.ANCHOR
    assert "**temperature**" in folded and "**AUC**" not in folded and f"(model#{terms.ANCHOR})" in folded
    assert all(f"- **{term.name}**: {term.says}" in whole for term in terms.TERMS)
