"""Pictures as files."""

import xml.etree.ElementTree as ElementTree

import numpy as np

from hwmodel.ink.strokes import Strokes
from hwmodel.views.svg import curve_svg, sheet_svg

SVG = "{http://www.w3.org/2000/svg}"


def test_a_sheet_draws_every_line_with_its_label_and_every_stroke() -> None:
    offsets = np.array([(1, 0, 0), (1, 1, 1), (3, 0, 0), (1, 0, 1)], np.float32)
    drawn = ElementTree.fromstring(sheet_svg([("first", Strokes(offsets)), ("second", Strokes(offsets[:2]))]))
    assert [text.text for text in drawn.iter(f"{SVG}text")] == ["first", "second"]
    assert [path.get("d", "").count("M") for path in drawn.iter(f"{SVG}path")] == [2, 1]


def test_a_curve_falls_where_its_values_fall() -> None:
    drawn = ElementTree.fromstring(curve_svg({"loss": [(0, 1.0), (10, 0.0)]}, "updates", "nats"))
    (curve,) = drawn.iter(f"{SVG}polyline")
    first, last = curve.get("points", "").split()
    assert float(first.split(",")[1]) < float(last.split(",")[1])
