"""InkML by its contexts, trace formats, continuations, views and switches (W3C InkML 2011), and what we write of it."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from hwmodel.formats.registry import READ, WRITTEN, InkError, read_ink, write_ink
from hwmodel.ink.strokes import Strokes, from_polylines, to_polylines
from tests.support.lines import wavy_offsets

WANTED = [[[0, 0], [5, 10], [20, 8]], [[30, 2], [40, 9]]]
XY, YX = ('<traceFormat{}><channel name="' + '"/><channel name="'.join(names) + '"/></traceFormat>' for names in ("XY", "YX"))
UPWARDS = '<traceFormat{}><channel name="X"/><channel name="Y" orientation="-ve"/></traceFormat>'
PRESSED = '<traceFormat{}><channel name="F"/><channel name="X"/><channel name="Y"/></traceFormat>'
NAMED = PRESSED.format(' xml:id="f"')
FIRST, SECOND = "0 0,5 10,20 8", "30 2,40 9"


def context(name: str, inner: str) -> str:
    return f'<context xml:id="{name}"><inkSource>{inner.format("")}</inkSource></context>'


@pytest.mark.parametrize(
    "inner",
    [
        f"<definitions>{context('a', YX)}{context('b', XY)}</definitions>"
        f'<trace contextRef="#a">0 0,10 5,8 20</trace><trace contextRef="#b">{SECOND}</trace>',
        f"<definitions>{context('a', UPWARDS)}{context('b', XY)}</definitions>"
        f'<traceGroup contextRef="#a"><trace>0 0,5 -10,20 -8</trace></traceGroup><trace contextRef="#b">{SECOND}</trace>',
        f"<definitions>{NAMED}<context xml:id='a' traceFormatRef='#f'/><context xml:id='b' contextRef='#a'/></definitions>"
        "<trace contextRef='#b'>9 0 0,9 5 10,9 20 8</trace><trace contextRef='#a'>9 30 2,9 40 9</trace>",
        f"<context>{YX.format('')}</context><trace>0 0,10 5,8 20</trace><context>{XY.format('')}</context><trace>{SECOND}</trace>",
        f'<trace xml:id="a" continuation="begin">0 0,5 10</trace><trace>{SECOND}</trace><trace continuation="end" priorRef="#a">20 8</trace>',
        "<trace>#0 #0,#5 #A,#14 #8</trace><trace>#1E #2,#28 #9</trace>",
        '<traceFormat><channel name="X"/><channel name="Y"/><intermittentChannels><channel name="B1"/></intermittentChannels></traceFormat>'
        f"<trace>0 0,5 10 T,20 8</trace><trace>{SECOND}</trace>",
        '<traceFormat><channel name="X"/><channel name="Y"/><channel name="S"/></traceFormat>'
        "<trace>9 9 F,0 0 T,5 10 T,20 8 T,25 5 F,26 4 F,30 2 1,40 9 1,99 9 0</trace>",
        f'<definitions><trace xml:id="d">{FIRST}</trace><trace>0 0,99 99</trace></definitions><traceView traceDataRef="#d"/><trace>{SECOND}</trace>',
        f'<trace xml:id="d">{FIRST}</trace><traceGroup><traceView traceDataRef="#d"/></traceGroup><trace>{SECOND}</trace>',
        "<trace>0 0 7 1,5 10 8 1,20 8 9 1</trace><trace>30 2 1 1,40 9 2 1</trace>",
    ],
)
def test_traces_mean_what_their_context_says(inner: str) -> None:
    ink = read_ink(f'<ink xmlns="http://www.w3.org/2003/InkML">{inner}</ink>'.encode(), "ink.inkml")
    found = [line * ink.units_per_offset for line in to_polylines(ink.strokes)]
    assert [len(line) for line in found] == [3, 2]
    for line, wanted in zip(found, WANTED, strict=True):
        np.testing.assert_allclose(line, wanted, atol=1e-3)


def test_a_view_of_a_part_of_a_trace_gets_a_sentence() -> None:
    text = '<ink><definitions><trace xml:id="d">1 2,3 4,5 6</trace></definitions><traceView traceDataRef="#d" from="2"/></ink>'
    with pytest.raises(InkError, match="a part of a trace"):
        read_ink(text.encode(), "ink")


def test_our_trace_format_stands_in_a_context_as_the_recommendation_wants_it() -> None:
    root = ElementTree.fromstring(write_ink(Strokes(wavy_offsets(20)), "InkML"))
    names = [element.tag.rpartition("}")[2] for element in root]
    assert set(names) == {"annotation", "context", "trace"} and [element.tag.rpartition("}")[2] for element in root[1]] == ["traceFormat"]


@pytest.mark.parametrize("format", [format.name for format in WRITTEN if format in READ])
def test_a_lone_dot_that_we_wrote_is_read(format: str) -> None:
    dot = from_polylines([np.array([[3.0, -4.5]])])
    assert read_ink(write_ink(dot, format), "dot").strokes == dot
