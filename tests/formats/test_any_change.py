"""Whatever is done to a good file of any format: ink or one sentence, nothing else, and soon."""

from __future__ import annotations

import gzip
import io
import json
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hwmodel.formats.registry import READ, InkError, read_ink, write_ink
from hwmodel.ink.limits import check_reach
from hwmodel.ink.strokes import Strokes
from tests.support.changes import CHANGES, ENDS, Changes, changed
from tests.support.lines import wavy_offsets

INK = Strokes(wavy_offsets(12), (1.5, -2.0))


def npy() -> bytes:
    file = io.BytesIO()
    np.save(file, np.array([[0, 0, 0], [3, -4, 1], [5, 1, 0], [2, 2, 1]], np.float32), allow_pickle=False)
    return file.getvalue()


SVG = b"""<svg viewBox="0 0 9 9" width="18"><style>.a{fill:none}#b{display:none}</style>
<defs><g id="g"><path d="M1 1C2 2 3 3 4 1A2 1 9 0 1 5 5z"/></g>
</defs><use href="#g" x="2" transform="rotate(9deg 1 1)"/><svg x="1" viewBox="0 0 9 9" height="4">
<circle cx="1" cy="2" r="3" style="stroke:red"/></svg>
<polyline class="a" stroke="red" points="0 0 1 1 2,5"/><rect x="1" y="2" width="3" height="4" stroke="red"/><line x2="4mm" stroke="#000"/></svg>"""
INKML = b"""<ink><definitions><context xml:id="c"><inkSource><traceFormat><channel name="X"/><channel name="Y" orientation="-ve"/>
<intermittentChannels><channel name="S"/></intermittentChannels></traceFormat></inkSource></context>
<trace xml:id="t">1 2,'3'4,"5"6</trace></definitions>
<trace contextRef="#c" xml:id="u" continuation="begin">1 2 T, #1F -3, 4 5 F</trace><traceGroup>
<trace priorRef="#u" continuation="end">7 8</trace></traceGroup>
<traceView traceDataRef="#t"/></ink>"""
FABRIC = {"type": "path", "stroke": "#000", "left": 3, "top": 4, "angle": 5, "path": [["M", 0, 0], ["Q", 1, 1, 2, 0], ["L", 3, 3]]}
XOURNAL = b'<xournal><page height="9"><layer><stroke tool="pen">1 2 3 4 5 1</stroke></layer></page></xournal>'
GOOD = {
    "numpy": [npy()],
    "SVG": [SVG],
    "JSON": [
        json.dumps(value).encode()
        for value in (
            [[[1, 2, 0], [3, 4, 0], [5, -6, 1], [7, 8, 1]]],
            {"drawing": [[[1, 2, 3], [4, 5, 6]], [[7, 8], [9, 1]]]},
            {"objects": [FABRIC, {"type": "group", "objects": [FABRIC]}], "version": "7"},
            {"type": "excalidraw", "elements": [{"type": "freedraw", "x": 1, "y": 2, "angle": 1, "points": [[0, 0], [3, 4]]}]},
            {
                "records": [
                    {"id": "a", "type": "draw", "x": 1, "parentId": "b", "props": {"segments": [{"points": [{"x": 1, "y": 2}, {"x": 3, "y": 9}]}]}}
                ]
            },
            [{"x": 1, "y": 2, "stroke": 0}, {"x": 3, "y": 4, "stroke": 0}, {"x": 3, "y": 4, "stroke": 1}],
        )
    ],
    "InkML": [INKML],
    "IAM-OnDB": [b'<StrokeSet><Stroke><Point x="1" y="2"/><Point x="3" y="4"/></Stroke></StrokeSet>'],
    "Xournal++": [XOURNAL, gzip.compress(XOURNAL, mtime=0)],
    "SVG path data": [b"M1 1h3v4C1 2 3 4 5 6S1 2 3 4Q1 2 3 4T5 6a1 2 3 01 4 5z m1 1 2 2"],
    "SVC2004": [b"3\n1 2 3 1 0 0 5\n4 5 6 1 0 0 5\n7 8 9 0 0 0 0\n"],
    "UNIPEN": [b".COORD X Y T\n.PEN_DOWN\n1 2 3\n4 5 6\n.PEN_UP\n7 8 9\n"],
    "UJIpenchars": [b"WORD a b\n NUMSTROKES 2\n POINTS 2 # 1 2 3 4\n POINTS 1 # 5 6\n"],
    "CSV": [
        b"# x y\nstroke;x [mm];y [mm];pen_up;event\n0;1,5;2;0;down\n0;3;4;1;up\n;;;;\n1;NaN;NaN;0;move\n1;5;6;True;move\n",
        b"x,y,p\n1,2,0\n3,4,.5\n5,6,1\n",
    ],
}


def test_every_format_that_is_read_has_a_good_file() -> None:
    assert set(GOOD) == {format.name for format in READ}
    for files in GOOD.values():
        for file in files:
            assert len(read_ink(file, "ink").strokes) > 0


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("format", READ, ids=lambda format: format.name)
@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(which=st.integers(0, 9), changes=CHANGES, end=ENDS)
def test_a_changed_file_is_ink_or_one_sentence(format, which: int, changes: Changes, end: int) -> None:  # type: ignore[no-untyped-def]  # pytest fills it in
    files = [*GOOD[format.name], *([write_ink(INK, format.name)] if format.write else [])]
    data = changed(files[which % len(files)], changes, end)
    began = time.process_time()
    try:
        ink = read_ink(data, "ink")
    except InkError as error:
        assert "\n" not in str(error) and len(str(error)) < 400
    else:
        assert np.isfinite(ink.strokes.points).all()
        check_reach(ink.strokes)
    assert time.process_time() - began < 2
