import json
from xml.etree import ElementTree

import numpy as np
import pytest

from hwmodel.data.lines import load_lines
from hwmodel.formats.registry import READ, WRITTEN, read_ink, write_ink
from hwmodel.ink.letter_size import writing_size
from hwmodel.ink.limits import MAX_POINTS
from hwmodel.ink.strokes import Strokes, from_polylines, to_polylines
from hwmodel.ink.units import X_HEIGHT
from tests.conftest import SHARED, needs_shared
from tests.support.lines import wavy_offsets

IAM = "data/iam_ondb_lines.npz"
FORMATS = [format.name for format in WRITTEN if format in READ]
SQUARE = [np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]]), np.array([[20.0, 5.0], [25.0, 5.0]])]


def lines_in(data: bytes | str, filename: str = "ink") -> list[np.ndarray]:
    """Polylines of a file in the file's own units."""
    ink = read_ink(data.encode() if isinstance(data, str) else data, filename)
    return [line * ink.units_per_offset for line in to_polylines(ink.strokes)]


def assert_lines(data: str, expected: list) -> None:
    found = lines_in(data)
    assert len(found) == len(expected)
    for line, wanted in zip(found, expected, strict=True):
        np.testing.assert_allclose(line, wanted, rtol=1e-5, atol=1e-4)


def inks() -> dict[str, Strokes]:
    wavy = wavy_offsets(600)
    unfinished = wavy.copy()
    unfinished[-1, 2] = 0
    dots = wavy_offsets(50, 3)
    dots[[0, 10, 11, 12, 30], 2] = 1
    dots[0, :2] = 0
    small, large = wavy.copy(), wavy.copy()
    small[:, :2] *= 1e-3
    large[:, :2] *= 20
    return {
        "a line": Strokes(wavy),
        "elsewhere": Strokes(wavy, (-123.456, 987.654)),
        "unfinished": Strokes(unfinished, (3.0, 4.0)),
        "dots": Strokes(dots, (1 / 3, 2 / 3)),
        "small": Strokes(small),
        "large": Strokes(large),
        "one offset": Strokes(np.array([[1.25, -0.1, 1]])),
        "standing still": Strokes(np.array([[0, 0, 0], [0, 0, 0], [0.1, 0, 1], [0, 0, 1]])),
    }


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", inks())
def test_ink_survives_a_round_trip_to_the_last_bit(name: str, format: str) -> None:
    ink = read_ink(write_ink(inks()[name], format), f"ink.{format}")
    assert ink.strokes == inks()[name]
    assert ink.units_per_offset == 1 and not ink.estimated


@pytest.mark.parametrize("format", FORMATS)
def test_a_second_round_trip_gives_the_same_file(format: str) -> None:
    file = write_ink(inks()["dots"], format)
    assert write_ink(read_ink(file, "ink").strokes, format) == file


@pytest.mark.parametrize("format", FORMATS)
def test_the_longest_ink_fits_into_a_file_that_can_be_read(format: str) -> None:
    strokes = Strokes(np.concatenate([wavy_offsets(MAX_POINTS - 1, 1)]), (500.0, 500.0))
    assert read_ink(write_ink(strokes, format), "ink").strokes == strokes


def test_exported_inkml_and_svg_are_xml_of_their_standard() -> None:
    inkml = ElementTree.fromstring(write_ink(inks()["a line"], "InkML"))
    assert inkml.tag == "{http://www.w3.org/2003/InkML}ink"
    svg = ElementTree.fromstring(write_ink(inks()["a line"], "SVG"))
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    x, y, width, height = map(float, svg.attrib["viewBox"].split())
    points = inks()["a line"].points
    assert x <= points[:, 0].min() and y <= points[:, 1].min()
    assert x + width >= points[:, 0].max() and y + height >= points[:, 1].max()


# Files of others


def test_inkml_of_others_with_more_channels_hovering_and_y_upwards() -> None:
    assert_lines(
        """<?xml version="1.0"?><inkml:ink xmlns:inkml="http://www.w3.org/2003/InkML"><inkml:definitions><inkml:context><inkml:inkSource>
        <inkml:traceFormat><inkml:channel name="F"/><inkml:channel name="Y" orientation="-ve"/><inkml:channel name="X"/><inkml:channel name="T"/>
        </inkml:traceFormat></inkml:inkSource></inkml:context></inkml:definitions>
        <inkml:trace type="penUp">0 900 900 0, 0 901 901 0</inkml:trace>
        <inkml:traceGroup><inkml:trace>9 0 0 1, 9 0 10 2, 9 -10 10 3</inkml:trace><inkml:trace>9 -5 20 1,9 -5 25 2</inkml:trace></inkml:traceGroup>
        </inkml:ink>""",
        SQUARE,
    )


def test_inkml_differences_and_their_differences() -> None:
    """The example of the InkML recommendation, section 3.2.1, in its X and Y."""
    assert_lines(
        """<ink><trace>1125 18432,'23'43,"7"-8,3-5,7 -3,6 2,6 8,3 6,2 4,*10</trace></ink>""",
        [np.array([[1125, 18432], [1148, 18475], [1178, 18510], [1211, 18540], [1251, 18567], [1297, 18596], [1349, 18633], [1404, 18676],
                   [1461, 18723], [1461, 18780]])],
    )  # fmt: skip


def test_continued_inkml_traces_are_one_stroke() -> None:
    text = '<ink><trace>0 0, 10 0</trace><trace continuation="begin">1 1, 2 2</trace><trace continuation="end">3 3, 4 9</trace></ink>'
    assert [len(line) for line in lines_in(text)] == [2, 4]
    unended = text.replace('continuation="end"', 'continuation="middle"')
    assert read_ink(unended.encode(), "ink").strokes.finished is False


@pytest.mark.parametrize(
    "value",
    [
        [[[0, 0], [10, 0], [10, 10]], [[20, 5], [25, 5]]],
        {"strokes": [[[0, 0, 1], [10, 0, 2], [10, 10, 3]], [[20, 5, 4], [25, 5, 5]]]},
        {"strokes": [[{"x": 0, "y": 0, "t": 7}, {"x": 10, "y": 0}, {"x": 10, "y": 10.0}], [{"x": "20", "y": 5}, {"x": 25, "y": 5}]], "by": "me"},
    ],
)
def test_json_of_others(value: object) -> None:
    assert_lines(json.dumps(value), SQUARE)


@pytest.mark.parametrize(
    "table",
    [
        "stroke,x,y\n0,0,0\n0,10,0\n0,10,10\n1,20,5\n1,25,5\n",
        "x;y;stroke\r\n0;0;a\r\n10;0;a\r\n10;10;a\r\n20;5;b\r\n25;5;b\r\n",
        "X\tY\tpen_up\tt\n0\t0\t0\t1\n10\t0\t0\t2\n10\t10\t1\t3\n20\t5\t0\t4\n25\t5\t1\t5",
        ' "x" , "y" ,stroke\n\n0,0,1\n1e1,0,1\n10,10,1\n\n20,5,2\n25,5,2\n\n',
    ],
)
def test_tables_of_others(table: str) -> None:
    assert_lines(table, SQUARE)


def test_a_table_without_strokes_is_one_stroke() -> None:
    assert_lines("x,y\n0,0\n1,1\n2,0\n", [[[0, 0], [1, 1], [2, 0]]])


def test_a_line_of_iam_ondb_is_in_whiteboard_units() -> None:
    text = """<?xml version="1.0" encoding="ISO-8859-1"?><WhiteboardCaptureSession><WhiteboardDescription/><StrokeSet>
    <Stroke colour="black"><Point x="800" y="400" time="1.0"/><Point x="840" y="440" time="1.1"/></Stroke>
    <Stroke><Point x="880" y="400" time="2.0"/></Stroke></StrokeSet></WhiteboardCaptureSession>"""
    ink = read_ink(text.encode("latin-1"), "line.xml")
    assert ink.strokes == from_polylines([np.array([[20.0, 10.0], [21.0, 11.0]]), np.array([[22.0, 10.0]])])
    assert ink.units_per_offset == 40 and not ink.estimated


@pytest.mark.parametrize(
    ("svg", "expected"),
    [
        ('<path d="M0 0 10 0 10 10M20,5h5"/>', SQUARE),
        ('<path d="m0,0 l10,0 0,10m10-5h5"/>', SQUARE),
        ('<path d="M0 0H10V10"/><path d="M20 5L25 5"/>', SQUARE),
        ('<polyline points="0,0 10,0 10,10"/><line x1="20" y1="5" x2="25" y2="5"/>', SQUARE),
        ('<g transform="translate(100 -50) scale(2)"><polyline points="-50 25 -45 25 -45 30"/></g><path d="M20 5h5"/>', SQUARE),
        ('<g transform="rotate(90)"><g transform="matrix(0 -1 1 0 0 0)"><path d="M0 0h10v10M20 5h5"/></g></g>', SQUARE),
        ('<path transform="rotate(90 5 5)" d="M0 0h10"/><path d="M0 0l1 1"/>', [[[10, 0], [10, 10]], [[0, 0], [1, 1]]]),
        ('<defs><path d="M9 9L99 99"/></defs><path d="M0 0h10v10zl5 5"/>', [[[0, 0], [10, 0], [10, 10], [0, 0]], [[0, 0], [5, 5]]]),
        ('<polygon points="0 0 10 0 10 10"/>', [[[0, 0], [10, 0], [10, 10], [0, 0]]]),
        ('<path d="M.5.5-1-1e1"/>', [[[0.5, 0.5], [-1, -10]]]),
        ('<path d="M1 1z M0 0l9 9"/>', [[[1, 1]], [[0, 0], [9, 9]]]),
    ],
)
def test_svg_paths_of_others(svg: str, expected: list) -> None:
    assert_lines(f'<svg xmlns="http://www.w3.org/2000/svg">{svg}</svg>', expected)


@pytest.mark.parametrize(
    "path",
    [
        "M10 0A10 10 0 1 1 10 -1e-9",  # all round, nearly
        "M10 0A10 10 0 0 1 0 10A10 10 0 0 1 -10 0 10 10 0 0 1 0-10a10 10 0 0110 10",  # quarters, the last one's flags without spaces
        "M10 0A10 10 45 0 0-10 0A10 10 0 1 0 10 0",  # halves, the other way round
        "M10 0C10 5.5228 5.5228 10 0 10S-10 5.5228-10 0-5.5228-10 0-10 10-5.5228 10 0",
    ],
)
def test_circles_as_arcs_and_curves(path: str) -> None:
    (line,) = lines_in(path)
    np.testing.assert_allclose(np.hypot(*line.T), 10, atol=0.02)
    angle = np.unwrap(np.arctan2(line[:, 1], line[:, 0]))
    assert abs(angle[-1] - angle[0]) == pytest.approx(2 * np.pi, abs=1e-3) and len(line) > 40
    assert (np.diff(angle) > 0).all() or (np.diff(angle) < 0).all()


@pytest.mark.parametrize(("large", "sweep", "centre"), [(0, 1, (0, 0)), (1, 0, (0, 0)), (0, 0, (10, 10)), (1, 1, (10, 10))])
def test_an_arcs_flags_choose_one_of_four(large: int, sweep: int, centre: tuple[int, int]) -> None:
    """From (10, 0) to (0, 10), one circle about the origin and one about (10, 10): SVG 1.1, section 8.3.8."""
    (line,) = lines_in(f"M10 0A10 10 0 {large} {sweep} 0 10")
    np.testing.assert_allclose(np.hypot(*(line - centre).T), 10, atol=0.02)
    turned = np.unwrap(np.arctan2(*(line - centre).T[::-1]))
    assert turned[-1] - turned[0] == pytest.approx((1 if sweep else -1) * (1.5 if large else 0.5) * np.pi, abs=1e-3)


def test_radii_that_are_too_small_grow() -> None:
    (line,) = lines_in("M-10 0A1 1 0 0 1 10 0")
    np.testing.assert_allclose(np.hypot(*line.T), 10, atol=0.02)


def test_quadratic_curves_and_their_smooth_followers() -> None:
    (line,) = lines_in("M0 0Q10 20 20 0T40 0")
    x, y = line.T
    np.testing.assert_allclose(np.abs(y), np.abs(x % 20 * (20 - x % 20) / 10), atol=0.02)
    assert y.max() == pytest.approx(10, abs=0.1) and y.min() == pytest.approx(-10, abs=0.1)


def test_curves_get_as_many_points_at_any_size() -> None:
    small, large = (lines_in(f"M0 0C0 {s} {s} {s} {s} 0l1e-9 0") for s in (0.01, 1e6))
    assert len(small[0]) == len(large[0]) > 30


# Sizes


@pytest.mark.parametrize("px_per_unit", [0.01, 4.0, 300.0])
@pytest.mark.parametrize("slope", [0.0, 0.3])
def test_ink_of_unknown_unit_is_scaled_by_its_letters(px_per_unit: float, slope: float) -> None:
    x = np.arange(0, 240, 0.2)
    waves = np.array_split(np.stack((x, 2 * np.sin(x) + slope * x), axis=1) * px_per_unit + 1000, 8)
    ink = read_ink(json.dumps([line.tolist() for line in waves]).encode(), "ink.json")
    assert ink.estimated and ink.units_per_offset == pytest.approx(4 * px_per_unit / X_HEIGHT, rel=0.15 + slope)
    assert len(ink.strokes.points) == sum(map(len, waves))


@needs_shared(IAM)
def test_the_scale_of_held_out_lines_is_found_again() -> None:
    lines = load_lines(SHARED / IAM)
    found = []
    for index in lines.choose("validation")[::6]:
        polylines = to_polylines(Strokes(lines.offsets(index)))
        size = writing_size(polylines)
        assert size is not None
        data = json.dumps([(line * 17).tolist() for line in polylines]).encode()
        found.append(read_ink(data, "ink").units_per_offset / (17 * size.x_height / X_HEIGHT))
    assert np.median(found) == pytest.approx(1, abs=0.1) and np.percentile(found, 5) > 0.6 and np.percentile(found, 95) < 1.4


@pytest.mark.parametrize("px_per_unit", [0.01, 300.0])
def test_ink_without_letters_gets_a_usual_size(px_per_unit: float) -> None:
    ink = read_ink(f"M0 0L{px_per_unit} 0".encode(), "ink.svg")
    assert ink.estimated and np.ptp(ink.strokes.points[:, 0]) == pytest.approx(10 * X_HEIGHT)
    standing = read_ink(b"x,y\n5,5\n5,5\n", "ink.csv")
    assert standing.strokes.offsets.tolist() == [[0, 0, 1]]


@needs_shared(IAM)
def test_held_out_lines_survive_a_round_trip() -> None:
    lines = load_lines(SHARED / IAM)
    for index in lines.choose("validation")[::40]:
        strokes = Strokes(lines.offsets(index))
        for format in FORMATS:
            assert read_ink(write_ink(strokes, format), "ink").strokes == strokes
