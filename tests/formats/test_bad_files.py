import gzip
import json
import time

import numpy as np
import pytest

from hwmodel.formats.reading import MAX_BYTES
from hwmodel.formats.registry import READ, WRITTEN, InkError, read_ink, write_ink
from hwmodel.ink.limits import MAX_POINTS
from hwmodel.ink.strokes import Strokes
from tests.support.lines import wavy_offsets

OBJECTS, CUT = (b"\x93NUMPY\x01\x00\x46\x00{'descr': '%s', 'fortran_order': False, 'shape': (3, 3), }" % kind for kind in (b"|O", b"<f4"))
BAD = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n\t ", "the file is empty"),
    "garbage": (bytes(range(256)) * 4, "this is no text file"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "this is no text file"),
    "utf-16 without a mark": ("<ink/>".encode("utf-16-le"), "UTF-16 without its mark"),
    "utf-16 cut in half": ("[[[1,2],[3,4]]]".encode("utf-16")[:-1], "this is no text file"),
    "encoding of fancy": (b'<?xml version="1.0" encoding="zlib"?>\xff', "this is no text file"),
    "prose": (b"Dear Sir, here is my ink.", "neither XML nor JSON, and as a table it lacks x and y"),
    "other xml": (b"<html><body/></html>", "a 'html' and no ink"),
    "truncated xml": (b"<ink><trace>1 2, 3 4</tra", "no valid XML, or it was cut short"),
    "entities": (b'<!DOCTYPE ink [<!ENTITY a "1 2,">]><ink><trace>&a;</trace></ink>', "declares XML entities"),
    "laughs": (b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><ink><trace>&b;</trace></ink>', "declares XML entities"),
    "entities in utf-16": ('<!DOCTYPE ink [<!ENTITY % a SYSTEM "file:///etc/passwd">]><ink/>'.encode("utf-16"), "declares XML entities"),
    "defaults": (b'<!DOCTYPE ink [<!ATTLIST trace x CDATA "y">]><ink><trace/></ink>', "there is no ink in it"),
    "undeclared entity": (b"<ink><trace>&x;</trace></ink>", "no valid XML"),
    "no traces": (b"<ink></ink>", "there is no ink in it"),
    "one point inkml": (b"<ink><trace>1 2</trace></ink>", "one point; at least two are needed"),
    "letters in inkml": (b"<ink><trace>1 2, a b</trace></ink>", "a point of trace 1 is 'a b'"),
    "half a point": (b"<ink><trace>1 2, 3</trace></ink>", "a point of trace 1 is '3'; expected 2 numbers"),
    "no commas": (b"<ink><trace>1 2 3 4 5 6</trace></ink>", "expected 2 numbers, and commas between points"),
    "unknown value": (b"<ink><trace>1 2, ? 3</trace></ink>", "a value of trace 1 is '\\?' and not a number"),
    "channels": (b'<ink><traceFormat><channel name="A"/></traceFormat><trace>1</trace></ink>', "the channels A; X and Y are needed"),
    "iam without a coordinate": (b'<StrokeSet><Stroke><Point x="1"/></Stroke></StrokeSet>', "y of a Point is 'None' and not a number"),
    "iam without strokes": (b"<WhiteboardCaptureSession/>", "there is no ink in it"),
    "truncated json": (b"[[[1, 2], [3", "no valid JSON, or it was cut short"),
    "deep json": (b"[" * 100_000, "no valid JSON"),
    "json number": (b"[1, 2, 3]", "this is JSON, but no ink"),
    "json object": (b'{"a": 1}', "this is JSON, but no ink"),
    "json null": (b'{"strokes": null}', "this is JSON, but no ink"),
    "json points": (b"[[1, 2], [3, 4]]", "a point of stroke 1 is 1; expected"),
    "json words": (b'[[["a", "b"], ["c", "d"]]]', "x of a point of stroke 1 is 'a' and not a number"),
    "json text point": (b'[["ab", "cd"]]', "a point of stroke 1 is ab; expected"),
    "json nan": (b"[[[NaN, 1], [2, 3]]]", "not a number, or a thousand million"),
    "json infinity": (b"[[[1e999, 1], [2, 3]]]", "not a number, or a thousand million"),
    "json huge": (b"[[[1" + b"0" * 400 + b", 1], [2, 3]]]", "and not a number"),
    "json one point": (b"[[[1, 2]]]", "one point; at least two are needed"),
    "json nothing": (b"[]", "there is no ink in it"),
    "ours without offsets": (b'{"format": "handwriting-ink-1", "start": [0, 0]}', "has no 'offsets' in it"),
    "ours with two columns": (b'{"format": "handwriting-ink-1", "start": [0, 0], "offsets": [[1, 2]]}', "was the pen column dropped"),
    "ours with nan": (b'{"format": "handwriting-ink-1", "start": [0, 0], "offsets": [[NaN, 2, 0]]}', "offsets must be finite"),
    "ours without a start": (b'{"format": "handwriting-ink-1", "start": 3, "offsets": [[1, 2, 0]]}', "start must be two finite numbers"),
    "ours empty": (b'{"format": "handwriting-ink-1", "start": [0, 0], "offsets": []}', "at least two are needed"),
    "ours of text": (b'{"format": "handwriting-ink-1", "start": [0, 0], "offsets": "abc"}', "offsets and start must be numbers"),
    "no header": (b"1,2\n3,4\n", "the first row must name|first row must name the columns x and y"),
    "missing column": (b"x,stroke\n1,2\n", "as a table it lacks y"),
    "short row": (b"x,y,stroke\n1,2,0\n3,4\n", "row 3 has 2 fields where the first row names 3"),
    "commas for thousands": (b"x;y\n1.234,5;2\n2;3\n", "x in row 2 is '1.234,5' and not a number; write numbers with a decimal point"),
    "table nan": (b"x,y\nnan,2\n2,3\n", "not a number, or a thousand million"),
    "table one point": (b"x,y\n1,2\n", "one point; at least two are needed"),
    "table of nothing": (b"x,y\n", "there is no ink in it"),
    "huge field": (b"x,y\n" + b"1" * 200_000 + b",2\n3,4\n", "no table of points"),
    "odd pen": (b"x,y,pen_up\n1,2,down\n3,4,up\n", "pen_up in row 2 is 'down' and not a number"),
    "svg of text": (b"<svg><text>hello</text></svg>", "no path, polyline or line in it"),
    "svg path of nothing": (b'<svg><path d=""/></svg>', "no path, polyline or line in it"),
    "svg one point": (b'<svg><path d="M1 2"/></svg>', "no path, polyline or line in it that is drawn"),
    "svg dot": (b'<svg><path d="M1 2Z"/></svg>', "one point; at least two are needed"),
    "svg without M": (b'<svg><path d="L1 2 3 4"/></svg>', "a path begins with 'L'; it must begin with M"),
    "svg odd count": (b'<svg><path d="M1 2L3"/></svg>', "L takes 2 numbers at a time"),
    "svg words": (b'<svg><path d="M1 2L3 foo"/></svg>', "a path has|is not a number"),
    "svg flag": (b'<svg><path d="M1 2A1 1 0 2 0 3 3"/></svg>', "is not a number"),
    "svg transform": (b'<svg><path transform="scale()" d="M1 2L3 4"/></svg>', "wrong number of values"),
    "svg other transform": (b'<svg><path transform="fly(3)" d="M1 2L3 4"/></svg>', "cannot be understood"),
    "svg overflow": (b'<svg><path transform="scale(1e300) scale(1e300)" d="M1 2L3 4"/></svg>', "not a number, or a thousand million"),
    "undefined": (b'<?xml version="1.0" encoding="undefined"?>\xff<ink/>', "this is no text file"),
    "punycode": (b'<?xml version="1.0" encoding="punycode"?>\xff' + b"a-" * 9000, "this is no text file"),
    "ours of 400 digits": (
        b'{"format": "handwriting-ink-1", "start": [0, 0], "offsets": [[1' + b"0" * 400 + b", 2, 0]]}",
        "larger than any pen goes",
    ),
    "ours far away": (b'{"format": "handwriting-ink-1", "start": [0, 0], "offsets": [[1e6, 0, 0], [1, 1, 1]]}', "farther than any page"),
    "gzip cut": (gzip.compress(b"<ink/>")[:-4], "a gzip file that was cut short"),
    "npy of objects": (
        b"\x93NUMPY\x01\x00\x46\x00{'descr': '|O', 'fortran_order': False, 'shape': (3, 3), }".ljust(79) + b"\n",
        "does not name plain numbers in rows",
    ),
    "npy cut": (CUT.ljust(79) + b"\n", "it was cut"),
    "svg line": (b'<svg><line x1="50%" y1="0" x2="1" y2="1"/></svg>', "x1 of a line is '50%' and not a number"),
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_one_clear_sentence(name: str) -> None:
    data, says = BAD[name]
    with pytest.raises(InkError, match=says) as raised:
        read_ink(data, "my ink.txt")
    message = str(raised.value)
    assert message.startswith("my ink.txt: ") and "\n" not in message and len(message) < 300


def test_too_large_a_file_says_how_large_it_may_be() -> None:
    with pytest.raises(InkError, match=r"has 2\.5 MB; at most 2 MB can be read"):
        read_ink(b" " * 2_500_000, "ink")


MANY = {
    "inkml": f"<ink><trace>{','.join(['1 2'] * (MAX_POINTS + 1))}</trace></ink>",
    "json": json.dumps([[[1, 2]] * (MAX_POINTS + 1)]),
    "csv": "x,y\n" + "1,2\n" * (MAX_POINTS + 1),
    "svg": f'<svg><path d="M0 0{"h1" * (MAX_POINTS + 1)}"/></svg>',
    "svg curves": f'<svg><path d="M0 0{"C0 9 9 9 0 0" * 2000}"/></svg>',
    "iam": "<StrokeSet><Stroke>" + '<Point x="1" y="2"/>' * (MAX_POINTS + 1) + "</Stroke></StrokeSet>",
    "ours": json.dumps({"format": "handwriting-ink-1", "start": [0, 0], "offsets": [[1, 2, 0]] * (MAX_POINTS + 1)}),
}


@pytest.mark.parametrize("name", MANY)
def test_too_many_points_say_how_many_there_may_be(name: str) -> None:
    with pytest.raises(InkError, match="at most 20,000 can be read"):
        read_ink(MANY[name].encode(), "ink")


HOSTILE = {
    "deep xml": b"<a>" * 600_000,
    "deep groups": b"<svg>" + b"<g>" * 100_000 + b'<path d="M0 0L1 1"/>' + b"</g>" * 100_000 + b"</svg>",
    "digits": b'<svg><path d="M' + b"1" * 1_900_000 + b'x"/></svg>',
    "arc of digits": b'<svg><path d="M0 0A' + b"9" * 1_900_000 + b'"/></svg>',
    "spaces": b"<ink><trace>1 2," + b" " * 1_900_000 + b"x</trace></ink>",
    "open brackets": b'<svg><path transform="' + b"scale(" * 300_000 + b'" d="M0 0L1 1"/></svg>',
    "quotes": b'x,y\n"' + b'""' * 900_000,
    "many traces": b"<ink>" + b"<trace>1 2,3 4</trace>" * 90_000 + b"</ink>",
    "nested traces": b"<ink>" + b"<trace>1 2,3 4" * 85_000 + b"</trace>" * 85_000 + b"</ink>",
    "nested strokes": b"<StrokeSet>" + b"<Stroke>" * 110_000 + b"</Stroke>" * 110_000 + b"</StrokeSet>",
    "trace formats": b"<ink>" + b'<traceFormat><channel name="X"/></traceFormat>' * 43_000 + b"<trace>1 2,3 4</trace></ink>",
    "closings": b'<svg><path d="M0 0' + b"Z" * 1_900_000 + b'"/></svg>',
    "lines": b'<svg><path d="M0 0' + b"h1" * 950_000 + b'"/></svg>',
    "movetos": b"M0 0" * 490_000,
    "empty lists": b"[" + b"[]," * 660_000 + b"[]]",
    "use of use": b'<svg><g id="a0"/>' + b"".join(b'<g id="a%d">%s</g>' % (i + 1, b'<use href="#a%d"/>' % i * 10) for i in range(8)) + b"</svg>",
    "views of a trace in the air": b"<ink><definitions><traceFormat><channel name='X'/><channel name='Y'/><channel name='S'/></traceFormat>"
    + b"<trace xml:id='a'>"
    + b"1 2 0," * 19_000 + b"</trace></definitions>" + b"<traceView traceDataRef='#a'/>" * 30_000 + b"</ink>",
    "open comments": b"<svg><style>" + b"/*a" * 600_000 + b"</style></svg>",
    "transforms": b'<svg><path d="M0 0L1 1" transform="' + b"scale(1)" * 240_000 + b'"/></svg>',
    "a large attribute by default": b'<!DOCTYPE ink [<!ATTLIST trace x CDATA "' + b"y" * 1_000_000 + b'">]><ink>' + b"<trace/>" * 50_000 + b"</ink>",
    "empty rows": b"x,y" + b"\n" * 1_900_000 + b"1,2",
    "semicolons": b";" * 1_900_000,
    "names": b"x y" + b" a" * 900_000,
    "gzip of much": gzip.compress(b"0" * 50_000_000),
    "numpy's promise": b"\x93NUMPY\x01\x00\x76\x00" + b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000, 3), }".ljust(117) + b"\n",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_takes_no_longer_than_another(name: str) -> None:
    assert len(HOSTILE[name]) < MAX_BYTES
    began = time.process_time()
    try:
        read_ink(HOSTILE[name], "ink")
    except InkError as error:
        assert len(str(error)) < 400 and "\n" not in str(error)
    assert time.process_time() - began < 2


def test_any_broken_off_file_is_read_or_refused_in_words() -> None:
    """Whatever is cut away from the end of a good file, and whichever byte is changed: ink or an InkError, nothing else."""
    rng = np.random.default_rng(0)
    for format in set(WRITTEN) & set(READ):
        good = write_ink(Strokes(wavy_offsets(30)), format.name)
        for _ in range(150):
            bad = bytearray(good[: rng.integers(1, len(good))] if rng.random() < 0.5 else good)
            bad[rng.integers(len(bad))] = rng.integers(256)
            try:
                read_ink(bytes(bad), "ink")
            except InkError as error:
                assert str(error).startswith("ink: ")
