"""What of an SVG is ink: what is drawn, where it is drawn, a stroke a time."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from hwmodel.formats.registry import InkError, read_ink
from hwmodel.ink.strokes import to_polylines

TICK = [[0, 0], [10, 20], [30, 5]]  # drawn by '<path d="M0 0L10 20L30 5"/>'
PEN = 'fill="none" stroke="#000"'


def lines_in(inner: str, attributes: str = "") -> list[np.ndarray]:
    """Strokes of an SVG in its own units."""
    ink = read_ink(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inner}</svg>'.encode(), "ink.svg")
    return [line * ink.units_per_offset for line in to_polylines(ink.strokes)]


def assert_tick_alone(inner: str, attributes: str = "") -> None:
    (line,) = lines_in(inner, attributes)
    np.testing.assert_allclose(line, TICK, atol=1e-3)


@pytest.mark.parametrize("before", ["M0,0 ", "M7 7m3 3M-900 900", "m5 5 m0 0 "])
@pytest.mark.parametrize("behind", ["", " M400 400", "m0 0"])
def test_a_moveto_alone_draws_nothing(before: str, behind: str) -> None:
    assert_tick_alone(f'<path d="{before}M0 0L10 20L30 5{behind}"/>')


def test_a_moveto_that_is_closed_is_a_dot() -> None:
    assert [len(line) for line in lines_in('<path d="M9 9M8 8ZM0 0L10 20L30 5"/>')] == [1, 3]


@pytest.mark.parametrize(
    "unseen",
    [
        '<path d="M0 0L99 99" display="none"/>',
        '<g style="fill:red; display : none"><path d="M0 0L99 99"/></g>',
        '<path d="M0 0L99 99" visibility="hidden"/>',
        '<path d="M0 0L99 99" opacity="0"/>',
        '<g opacity="0.0"><path d="M0 0L99 99"/></g>',
        '<path d="M0 0L99 99" style="opacity:0%"/>',
        '<path d="M0 0L99 99" fill="none"/>',
        '<path d="M0 0L99 99" fill="transparent" stroke="none"/>',
        '<path d="M0 0L99 99" fill="none" stroke="red" stroke-opacity="0"/>',
        '<path d="M0 0L99 99" fill="none" stroke="red" stroke-width="0"/>',
        '<path d="M0 0L99 99" style="fill:none;stroke:rgba(0,0,0,0)"/>',
        '<style>/* layers */ path.off, #x { display: none }</style><path class="on off" d="M0 0L99 99"/>',
        '<style>#off{visibility:hidden}</style><path id="off" d="M0 0L99 99"/>',
        '<style><![CDATA[.bare{fill:none}]]></style><path class="bare" d="M0 0L99 99"/>',
        '<rect width="100%" height="100%" fill="white"/>',
        '<symbol id="s"><path d="M0 0L99 99"/></symbol>',
        '<clipPath><path d="M0 0L99 99"/></clipPath>',
    ],
)
def test_what_is_not_painted_is_no_ink(unseen: str) -> None:
    assert_tick_alone(f'{unseen}<path d="M0 0L10 20L30 5" {PEN}/>')


def test_what_is_made_visible_again_is_ink() -> None:
    assert_tick_alone('<g visibility="hidden"><path d="M0 0L10 20L30 5" visibility="visible"/></g>')
    assert_tick_alone('<style>path{fill:none} .pen{stroke:blue}</style><path class="pen" d="M0 0L10 20L30 5"/>')


@pytest.mark.parametrize(
    "moved",
    [
        '<g transform="translate(5 5)"><path d="M-5 -5L5 15L25 0"/></g>',
        '<g style="transform: translate(5px, 5px)"><path d="M-5 -5L5 15L25 0"/></g>',
        '<path style="transform:rotate(90deg)" d="M0 0L20 -10L5 -30"/>',
        '<path style="transform:rotate(0.25turn)" d="M0 0L20 -10L5 -30"/>',
        '<path style="transform: translateX(30px) scaleX(-1)" d="M30 0L20 20L0 5"/>',
        '<path transform="scale(-1 1)" transform-origin="15 0" d="M30 0L20 20L0 5"/>',
        '<svg viewBox="0 0 100 100" width="50" height="50"><path d="M0 0L20 40L60 10"/></svg>',
        '<svg x="5" y="5" viewBox="5 5 10 10" width="10" height="10"><path d="M0 0L10 20L30 5"/></svg>',
        '<svg viewBox="0 0 10 10" width="20" height="10" preserveAspectRatio="xMinYMin"><path d="M0 0L10 20L30 5"/></svg>',
        '<svg viewBox="0 0 10 10" width="20" height="10"><path d="M-5 0L5 20L25 5"/></svg>',
        '<svg viewBox="0 0 10 10" width="20" height="10" preserveAspectRatio="none"><path d="M0 0L5 20L15 5"/></svg>',
        '<use href="#a"/><defs><path id="a" d="M0 0L10 20L30 5"/></defs>',
        '<defs><g id="a"><path d="M0 0L10 20L30 5"/></g></defs><use xlink:href="#a"/>',
        '<defs><path id="a" d="M-5 -5L5 15L25 0"/></defs><use href="#a" x="5" y="5"/>',
        '<symbol id="a" viewBox="0 0 10 10"><path d="M0 0L5 10L15 2.5"/></symbol><use href="#a" width="20" height="20"/>',
    ],
)
def test_ink_is_where_it_is_drawn(moved: str) -> None:
    assert_tick_alone(moved)


def test_a_drawing_whose_sides_are_stretched_is_read_stretched() -> None:
    assert_tick_alone('<path d="M0 0L5 20L15 5"/>', 'viewBox="0 0 10 10" width="20" height="10" preserveAspectRatio="none"')


def test_shapes_with_an_outline_are_lines() -> None:
    box, ellipse = lines_in(f'<g {PEN}><rect x="1" y="2" width="30" height="20"/><ellipse cx="60" cy="30" rx="20" ry="10"/></g>')
    np.testing.assert_allclose(box, [[1, 2], [31, 2], [31, 22], [1, 22], [1, 2]], atol=1e-3)
    np.testing.assert_allclose((((ellipse - (60, 30)) / (20, 10)) ** 2).sum(axis=1), 1, atol=0.01)


def test_a_filled_circle_is_a_dot() -> None:
    lines = lines_in(f'<path d="M0 0L10 20L30 5" {PEN}/><circle cx="40" cy="2" r="1.5" fill="black"/>')
    assert [len(line) for line in lines] == [3, 1]
    np.testing.assert_allclose(lines[1], [[40, 2]], atol=1e-3)


@pytest.mark.parametrize(
    "piece",
    [
        "<path d='M{0} {1}L{2} {3}'/>",
        "<line x1='{0}' y1='{1}' x2='{2}' y2='{3}'/>",
        "<path stroke-width='3' d='M {0}.000,{1}.000 C {0} {1} {2} {3} {2} {3}'/>",
    ],
)
def test_a_stroke_in_pieces_is_one_stroke(piece: str) -> None:
    places = [(0, 0), (3, 9), (5, 2), (8, 8), None, (20, 0), (22, 9), (24, 1)]
    pieces = [piece.format(*a, *b) for a, b in itertools.pairwise(places) if a and b]
    lines = lines_in(f"<g {PEN}>{''.join(pieces)}</g>")
    assert len(lines) == 2
    np.testing.assert_allclose([lines[0][0], lines[0][-1], lines[1][0], lines[1][-1]], [(0, 0), (8, 8), (20, 0), (24, 1)], atol=1e-3)


def test_dots_and_closed_shapes_are_joined_to_nothing() -> None:
    assert len(lines_in(f'<g {PEN}><path d="M0 0L9 9"/><path d="M9 9Z"/><path d="M9 9L20 0"/></g>')) == 3
    assert len(lines_in(f'<g {PEN}><path d="M0 0L9 9L0 9Z"/><path d="M0 0L-9 -9"/></g>')) == 2


def test_declared_attributes_and_words_in_comments_are_harmless() -> None:
    for head in ("<!DOCTYPE svg [<!ATTLIST path kind CDATA #IMPLIED>]>", "<!-- <!ENTITY is a word -->"):
        assert len(read_ink(f'{head}<svg><path d="M0 0L10 20L30 5"/></svg>'.encode(), "ink.svg").strokes) == 2


@pytest.mark.parametrize(
    "d", ["M0 0A1e-320 1e-320 0 0 1 1e-321 0L9 9", "M0 0A1e300 1 0 0 1 3 3L9 9", "M0 0A5 5 1e400 0 1 3 3L9 9", "M0 0A1e-200 1e200 9 1 0 5 5"]
)
def test_arcs_with_numbers_that_run_away_are_ink_or_a_sentence(d: str) -> None:
    try:
        assert np.isfinite(read_ink(f'<svg><path d="{d}"/></svg>'.encode(), "ink.svg").strokes.points).all()
    except InkError as error:
        assert "\n" not in str(error)
