"""The words of the field in plain words: said once here, shown where one points at a word, touches it or reaches it by Tab, and in a glossary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from pages.ui.shell.address import ACTIVATIONS, CELL_ORDER, CELLS, FRONT, FUTURES, MODEL, PAGES, WRITE, YOUR_HAND

WITH_CELLS = (FRONT, *CELLS)
ANCHOR = "words"  # of the whole glossary, on Model


@dataclass(frozen=True)
class Term:
    """A word and what it means."""

    name: str  # as the glossary has it
    says: str
    pages: tuple[str, ...]  # that use it
    found: str = ""  # pattern of the ways in which they write it; none: the name, and its plural
    everyday: bool = False  # it stands everywhere: only a page's first sentences mark it


TERMS = (
    Term("95 % interval", "Measured again on other lines, 95 of 100 such intervals would hold the true number.", WITH_CELLS),
    Term("AUC", "How often a cell is higher at a step with the event than at one without it. 0.5 is chance, 1 always, 0 never.", WITH_CELLS),
    Term(
        "bias",
        "How tidy the writing is. At 0 the network writes as it learnt to; the higher, the more it keeps to what is likely: tidier, more alike.",
        PAGES,
    ),
    Term("candidate", "What a cell would like to add to its memory at this step.", (ACTIVATIONS,)),
    Term(
        "cell",
        "One of 500 numbers in the network that change a little with each step of the pen. Together they are its memory.",
        PAGES,
        everyday=True,
    ),
    Term("cell state", "What a cell remembers: its number.", CELLS),
    Term(
        "correlation",
        "How closely two things go together (r): 1 fully, 0 not at all, −1 one up where the other goes down.",
        WITH_CELLS,
        "correlations?|r",
    ),
    Term("curvature", "How sharply the pen turns; with a sign, also to which side.", WITH_CELLS),
    Term("entropy", "How many ways the next step could go, in nats: low where one is nearly sure.", (FUTURES,)),
    Term("fork", "A point of the ink from which the futures part in two ways.", (FUTURES,)),
    Term("future", "One way to go on from a point, drawn by chance from what the network expects.", (FRONT, FUTURES), everyday=True),
    Term("gate", "Three numbers from 0 to 1 beside each cell: how much it lets in, keeps, and shows.", (ACTIVATIONS, CELL_ORDER)),
    Term("Gaussian", "A bell-shaped cloud: dense in its middle, thinner outwards.", (FRONT, FUTURES, MODEL)),
    Term("held", "Kept at one value while the network writes, so that one sees what the cell is for.", WITH_CELLS, everyday=True),
    Term("hidden state", "What a cell tells the others and the output: its memory, as far as it shows it.", (ACTIVATIONS,)),
    Term(
        "hierarchical",
        "An order of the cells: the two that are most alike are joined, again and again, and the row is read off the tree.",
        (CELL_ORDER,),
    ),
    Term("logit", "The logarithm of a share, before all shares are made to add up to 1.", (WRITE,)),
    Term("LSTM", "Long short-term memory: a network that reads step by step and keeps a memory, in cells with gates.", (MODEL,), "LSTM|recurrent"),
    Term(
        "mixture",
        "What the network says of the next movement: 20 clouds (Gaussians), added up. Where they are dense the pen is likely to go.",
        (FRONT, FUTURES, MODEL),
    ),
    Term(
        "model unit",
        "The length that the network counts in. A small x is about three high.",
        (FRONT, YOUR_HAND, FUTURES, MODEL),
        "model units?|units?",
    ),
    Term(
        "nat",
        "The unit of surprise: one more says that the network held what came 2.7 times less likely. Lower is better, and below 0 is no fault.",
        (YOUR_HAND, FUTURES, *CELLS, MODEL),
    ),
    Term(
        "PCA",
        "An order of the cells: along the one line on which they differ most (principal component).",
        (CELL_ORDER,),
        "PCA|[Pp]rincipal component",
    ),
    Term("perplexity", "How many neighbours t-SNE keeps each cell near to, about.", (CELL_ORDER,)),
    Term("R²", "Which share of a cell’s ups and downs the thing explains: 0 none, 1 all.", WITH_CELLS),
    Term("sampling law", "The rule by which a slider makes the network’s guess sharper before a movement is drawn from it.", (WRITE,)),
    Term("seed", "The number that chance begins with: the same seed writes the same ink.", (WRITE, *CELLS, FUTURES, MODEL), everyday=True),
    Term("spectral", "An order of the cells: by how they hang together with their neighbours, and these with theirs.", (CELL_ORDER,)),
    Term("spread", "How far apart the futures of a point end.", (FUTURES,)),
    Term("standard deviation", "How far from their middle things usually lie.", (MODEL,)),
    Term("step", "One small movement of the pen. The network guesses them one by one.", PAGES, everyday=True),
    Term(
        "surprise",
        "How little the network expected what came: minus the logarithm of the chance that it gave it.",
        (WRITE, YOUR_HAND, FUTURES, MODEL),
        "surpris(?:es?|ed|ing)",
    ),
    Term("t-SNE", "A way to lay things out so that those that are alike stand together; here the cells, in one row.", WITH_CELLS),
    Term("temperature", "How wild the writing is: 1 as it learnt to write, lower is tidier.", (WRITE,)),
    Term("update", "One small change of all weights, so that some lines are guessed a little better.", (MODEL,)),
    Term("validation lines", "Lines of people from whom the network learnt nothing, to try it on.", (MODEL,), "validation(?: lines)?"),
    Term("weights", "The million numbers that a network learnt; a file of them is a network.", PAGES, "weights|checkpoints?", everyday=True),
    Term("π and σ", "Share and width of each cloud of the mixture.", (WRITE,), "[πσ]"),
)

# A word that is explained. Its card is placed at the word where the browser can do so, else at the foot of the window.
STYLE = """
.term { font-style: inherit; text-decoration: underline dotted; text-underline-offset: 0.2em; cursor: help; }
.term:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
.term:is(:hover, :focus)::after {
  content: attr(aria-description); position: fixed; inset: auto 1rem 1rem; z-index: 1000; width: max-content; max-width: min(22rem, 100vw - 2rem);
  padding: 0.5rem 0.75rem; color: CanvasText; background: Canvas; border: 1px solid color-mix(in srgb, CanvasText 30%, transparent);
  border-radius: 0.5rem; box-shadow: 0 2px 12px rgb(0 0 0 / 25%); font-weight: 400; font-size: 0.875rem; line-height: 1.45; text-align: left;
  white-space: normal;
}
@supports (position-area: bottom span-right) {
  .term:is(:hover, :focus)::after {
    inset: auto; margin: 0.25rem 0.5rem; position-area: bottom span-right; position-try-fallbacks: flip-inline, flip-block;
  }
}
"""
MARK = '<dfn class="term"'
AS_IT_IS = r"`[^`]*`|\[[^\]]*\]\([^)]*\)"  # code and links


def pattern(term: Term) -> str:
    """Finds the term in a text."""
    words = term.found or re.escape(term.name).replace("\\-", "\\\\?-") + "s?"  # a dash may be escaped
    return rf"(?<![\w-])(?{'i' if term.name.islower() else ''}:{words})(?![\w-])"


# Of the alternatives that begin at one place the first counts: the longest name, so that a cell state is no cell.
BY_GROUP = {f"term{number}": term for number, term in enumerate(sorted(TERMS, key=lambda term: -len(term.name)))}
ANY = re.compile("|".join([AS_IT_IS, *(f"(?P<{group}>{pattern(term)})" for group, term in BY_GROUP.items())]))


def explained(text: str, everyday: bool = False) -> str:
    """Markdown in which each term says what it means, where it stands first; the everyday ones too if asked for. Streamlit must render its HTML, so
    the text must be ours."""
    parts, end, seen = [], 0, set[str]()
    for found in ANY.finditer(text):
        term = BY_GROUP.get(found.lastgroup or "")
        if term is None or term.name in seen or (term.everyday and not everyday):
            continue
        seen.add(term.name)
        parts += [text[end : found.start()], f'{MARK} tabindex="0" aria-description="{escape(term.says)}">{found[0]}</dfn>']
        end = found.end()
    return "".join([*parts, text[end:]])


def markdown(text: str, everyday: bool = False) -> None:
    """Our words as Markdown, with their terms explained."""
    text = explained(text, everyday)
    st.markdown(text, unsafe_allow_html=MARK in text)  # for HTML the browser must fetch a parser first


def caption(text: str) -> None:
    """The same, small."""
    st.caption(explained(text), unsafe_allow_html=True)


def meaning(name: str) -> str:
    """What a term means, for the help of a widget that is called so."""
    return next(term.says for term in TERMS if term.name == name)


def glossary(page: str) -> None:
    """The end of a page: the terms that it uses; on Model all of them, under a heading that a link can name."""
    if page == MODEL:
        st.header("Words", anchor=ANCHOR)
        middle = (len(TERMS) + 1) // 2
        for place, half in zip(st.columns(2, gap="medium"), (TERMS[:middle], TERMS[middle:]), strict=True):
            place.markdown(listed(half))
        return
    with st.expander("Words on this page"):
        st.markdown(f"{listed([term for term in TERMS if page in term.pages])}\n\n[All words](model#{ANCHOR})")


def listed(terms: Sequence[Term]) -> str:
    """Terms and what they mean, as a list in Markdown."""
    return "\n".join(f"- **{term.name}**: {term.says}" for term in terms)
