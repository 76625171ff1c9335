"""The js of the components, in a real Chromium on a blank page: each file is tried as the loader makes it, without Streamlit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from hwmodel.views.colours import BRBG, ramp_colour
from hwmodel.views.packing import TOP, pack
from hwmodel.views.script import script
from hwmodel.views.squeezing import squeezed
from pages.ui.components.loader import HERE

Run = Callable[..., Any]


@pytest.fixture
def run(page: Page) -> Run:
    """run(file, body, given): what the body of a function returns, which knows the file as `js` and the value `given`."""
    page.set_content("<p>blank</p>")

    def call(file: str, body: str, argument: Any = None) -> Any:
        return page.evaluate(
            """async ([source, body, argument]) => {
                const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
                return new Function("js", "given", body)(await import(url), argument);
            }""",
            [script(HERE / file), body, argument],
        )

    return call


@pytest.mark.parametrize("folder", ["ink_view", "cell_view", "futures_view", "width", "remote"])
def test_every_component_is_one_script_with_one_function(run: Run, folder: str) -> None:
    assert run(f"{folder}/view.js", "return typeof js.default") == "function"
    assert run(f"{folder}/view.js", "return Object.keys(globalThis).filter((name) => /^[$]|rampOf|layInk|View$/.test(name))") == []


def test_the_colour_ramp_is_that_of_python(run: Run) -> None:
    shades = run("shared/colour.js", "return js.rampOf(given.ramp, given.top).map(js.cssOf)", {"ramp": list(BRBG), "top": TOP})
    ours = [tuple(bytes.fromhex(ramp_colour(level, 0, TOP)[1:])) for level in range(TOP + 1)]
    assert shades == [f"rgb({r},{g},{b})" for r, g, b in ours]


def test_a_ramp_of_one_colour_and_a_share_beyond_the_ends_are_no_surprise(run: Run) -> None:
    assert run(
        "shared/colour.js", 'return [js.mixed(["#102030"], 0.5), js.mixed(["#000000", "#ffffff"], 7), js.mixed(["#000000", "#ffffff"], -1)]'
    ) == [
        [16, 32, 48],
        [255, 255, 255],
        [0, 0, 0],
    ]


def test_what_python_packs_is_unpacked_whole(run: Run) -> None:
    arrays: dict[str, np.ndarray] = {
        "bytes": np.arange(5, dtype=np.uint8),
        "signs": np.array([-3, 7], np.int8),
        "words": np.array([[1, 65535]], np.uint16),
        "paths": np.array([-32768, 32767, 1], np.int16),
        "rows": np.array([-1, 2**31 - 1], np.int32),
        "values": np.array([[0.5, -1.25], [3, 4]], np.float32),
    }
    found = run(
        "shared/packing.js",
        """const bytes = Uint8Array.from(given), { header, arrays } = js.unpack(bytes);
        return { header, arrays: Object.entries(arrays).map(([name, array]) => [name, array.constructor.name, [...array]]) };""",
        list(pack({"name": "naïve “ink”", "share": None, "steps": 3}, **arrays)),
    )
    assert found["header"] == {"name": "naïve “ink”", "share": None, "steps": 3}
    assert found["arrays"] == [[name, f"{array.dtype.name.title()}Array", array.ravel().tolist()] for name, array in arrays.items()]


LAY = """const { x, y, row, scale, height } = js.layInk(Float32Array.from(given.points), Uint8Array.from(given.inked), given.room);
    return { x: [...x], y: [...y], row: [...row], scale, height };"""
ROOM = {"width": 316, "margin": 8, "leastRow": 44, "most": 10, "least": 10, "filledAt": 10}  # px; 30 model units fit beside the margins


def lay(run: Run, strokes: list[list[tuple[float, float]]], **room: Any) -> dict[str, Any]:
    points = [place for stroke in strokes for place in stroke]
    inked = [int(i > 0) for stroke in strokes for i in range(len(stroke))]
    return run("shared/ink_layout.js", LAY, {"points": np.ravel(points).tolist(), "inked": inked, "room": ROOM | room})


def bar(left: float, width: float = 10) -> list[tuple[float, float]]:
    return [(left, 0), (left + width, 6)]


def test_ink_that_fits_stands_in_one_row(run: Run) -> None:
    found = lay(run, [bar(100), bar(115)])
    assert found["scale"] == 10 and found["row"] == [0, 0, 0, 0]
    assert found["x"] == pytest.approx([8, 108, 158, 258]) and found["y"] == pytest.approx([8, 68, 8, 68]) and found["height"] == pytest.approx(76)


def test_ink_that_is_too_wide_goes_on_below(run: Run) -> None:
    found = lay(run, [bar(0), bar(20), bar(40)])
    assert found["row"] == [0, 0, 0, 0, 1, 1]
    assert found["x"][4] == pytest.approx(8) and min(found["y"][4:]) > max(found["y"][:4]) and max(found["x"]) <= ROOM["width"] - 8


def test_a_word_is_not_broken_where_a_gap_is_near(run: Run) -> None:
    found = lay(run, [bar(0, 6), bar(7, 6), bar(17, 6), bar(24, 8)])  # two letters, a gap, two letters
    assert found["row"] == [0, 0, 0, 0, 1, 1, 1, 1]
    found = lay(run, [bar(0, 6), bar(10, 6), bar(17, 6), bar(24, 8)])  # the gap is too early: the row would be left half empty
    assert found["row"] == [0, 0, 0, 0, 0, 0, 1, 1]


def test_a_cross_drawn_late_stays_with_its_letter(run: Run) -> None:
    found = lay(run, [bar(0), bar(20), bar(40), [(3, 2), (7, 2)]])
    assert found["row"] == [0, 0, 0, 0, 1, 1, 0, 0]
    assert found["x"][6] == pytest.approx(8 + 30) and found["y"][6] == pytest.approx(8 + 20)


def test_ink_is_squeezed_a_little_before_it_is_broken(run: Run) -> None:
    assert lay(run, [bar(0), bar(25)])["row"] == [0, 0, 1, 1]
    squeezed = lay(run, [bar(0), bar(25)], least=8)
    assert squeezed["row"] == [0, 0, 0, 0] and squeezed["scale"] == pytest.approx(300 / 35)


def test_rows_that_may_grow_are_made_equally_wide(run: Run) -> None:
    strokes = [bar(0), bar(20), bar(40), bar(60)]
    assert lay(run, strokes, width=66 * 5)["row"] == [0, 0, 0, 0, 1, 1, 1, 1]
    found = lay(run, strokes, width=5 * 55 + 16, most=18, least=5, filledAt=5)  # 50 units of ink would fill the first row
    assert found["row"] == [0, 0, 0, 0, 1, 1, 1, 1] and found["scale"] == pytest.approx(275 / 30)


def test_what_one_looks_at_fills_a_given_height_and_the_rest_goes_along(run: Run) -> None:
    found = lay(run, [bar(0), bar(20), bar(40)], height=76, span=[2, 3], most=18, least=5, filledAt=5)
    assert found["height"] == 76 and found["x"][2] == pytest.approx(8) and found["scale"] == pytest.approx(10)
    assert min(found["y"][2:4]) >= 8 - 1e-3 and max(found["y"][2:4]) <= 68 + 1e-3 and set(found["row"]) == {0}


def test_ink_of_one_point_has_a_place(run: Run) -> None:
    found = lay(run, [[(5, 5)]])
    assert found["height"] == 44 and found["x"] == [8] and found["y"] == [22]


def test_a_camera_that_zooms_keeps_what_is_under_the_pointer(run: Run) -> None:
    camera, at = {"scale": 8, "x": 30, "y": -12}, (200, 90)
    near = run("futures_view/camera.js", "return js.zoomed(given, 2.5, 200, 90, 1)", camera)
    assert near["scale"] == 20
    for axis, place in zip("xy", at, strict=True):
        assert (place - near[axis]) / near["scale"] == pytest.approx((place - camera[axis]) / camera["scale"])
    assert run("futures_view/camera.js", "return js.zoomed(given, 0.01, 200, 90, 3).scale", camera) == 3


def test_a_fitted_camera_shows_its_box_in_the_middle(run: Run) -> None:
    box = {"left": -10, "right": 30, "top": 5, "bottom": 15}
    found = run("futures_view/camera.js", "return js.fitted(given, 400, 300)", box)
    assert found["scale"] == 10
    assert (found["scale"] * 10 + found["x"], found["scale"] * 10 + found["y"]) == (200, 150)


def test_a_camera_cannot_lose_its_box(run: Run) -> None:
    box = {"left": 0, "right": 10, "top": 0, "bottom": 10}
    found = run("futures_view/camera.js", "return js.kept({ scale: 10, x: 9999, y: -9999 }, given, 400, 300)", box)
    assert found["x"] == 400 - 40 and found["y"] == 40 - 100


def test_wheel_and_fingers_mean_the_same_everywhere(run: Run) -> None:
    assert run("shared/hands.js", "return js.wheelFactor(-100)") == pytest.approx(1 / run("shared/hands.js", "return js.wheelFactor(100)"))
    assert run("shared/hands.js", "return js.wheelFactor(-100) > 1 && js.wheelFactor(-5000) === js.wheelFactor(-120)")
    pinch = run("shared/hands.js", "return js.pinched([[0, 0], [100, 0]], [[20, 10], [220, 10]])")
    assert pinch == {"dx": 70, "dy": 10, "factor": 2, "x": 120, "y": 10}


def test_a_window_on_the_map_keeps_its_place_and_stays_inside(run: Run) -> None:
    size = {"steps": 200, "cells": 500}
    zoomed = run("cell_view/window.js", "return js.zoomed(js.whole(given), 0.25, 0.5, 2, 2, given)", size)
    assert zoomed == {"x0": 25, "x1": 125, "y0": 125, "y1": 375}
    moved = run("cell_view/window.js", "return js.within(js.shifted({ x0: 25, x1: 125, y0: 125, y1: 375 }, 999, -999), given)", size)
    assert moved == {"x0": 100, "x1": 200, "y0": 0, "y1": 250}
    assert run("cell_view/window.js", "return js.within({ x0: 50, x1: 51, y0: 3, y1: 4 }, given)", size) == {"x0": 50, "x1": 60, "y0": 3, "y1": 11}


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({"a.js": 'import { b } from "./b.js";', "b.js": 'import { a } from "./a.js";'}, "imports itself through"),
        ({"a.js": 'import { b, c } from "./b.js";', "b.js": "export const b = 1;"}, "imports c, which b.js does not export"),
        ({"a.js": 'import * as b from "./b.js";', "b.js": ""}, "a.js says"),
        ({"a.js": 'import { b } from "./b.js";', "b.js": "const b = 1;\nexport default b;"}, "default export"),
    ],
)
def test_imports_that_the_loader_cannot_follow_are_named(tmp_path: Path, files: dict[str, str], complaint: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ValueError, match=complaint):
        script(tmp_path / "a.js")


def test_a_file_keeps_to_itself_what_it_does_not_export(run: Run, page: Page, tmp_path: Path) -> None:
    (tmp_path / "b.js").write_text("const hidden = 1;\nexport const shown = hidden + 1;\n", "utf-8")
    (tmp_path / "a.js").write_text('import { shown } from "./b.js";\nexport const found = [shown, typeof hidden];\n', "utf-8")
    assert run(str(tmp_path / "a.js"), "return js.found") == [2, "undefined"]


# ---- The view of futures


def test_a_long_line_stands_in_rows_that_fill_the_width(run: Run) -> None:
    """Twenty words of 20 units: two fit beside one another; what is inside a word stays as it was."""
    words = [bar(22 * i, 20) for i in range(20)]
    points = [place for word in words for place in word]
    pen_up = [int(i % 2 == 1) for i in range(1, len(points))]
    body = "return [...js.inRows(Float32Array.from(given.points), Uint8Array.from(given.penUp), 1000)]"
    found = np.reshape(run("futures_view/rows.js", body, {"points": np.ravel(points).tolist(), "penUp": pen_up}), (-1, 2))
    tops = found[::2, 1].round(2)
    assert len(set(tops.tolist())) == 10 and (np.diff(sorted(set(tops.tolist()))) > 6).all(), "each row is below the one before"
    np.testing.assert_allclose(found[1::2] - found[::2], [(20, 6)] * 20, atol=1e-4)
    assert found[:, 0].min() > 0 and np.ptp(found[:, 0]) == pytest.approx(42, abs=0.01)


SIDES = """const { sides, counts, ...rest } = given;
    const data = { side: Int8Array.from(sides), samples: sides.length, no_side: 127, start: [10], steps: 30, last: 100, ...rest };
    return js.sidesOf(data, 0, (n) => !counts || counts.includes(n));"""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"sides": [-50, -1, 20, 0]}, "50 % end left of where the pen went, 25 % right, 25 % on its way"),
        ({"sides": [-50, 127, 20, 127], "last": 30}, "25 % end left of where the pen went, 25 % right, 50 % not known, as the ink ends before them"),
        ({"sides": [5, 127]}, "0 % end left of where the pen went, 50 % right, 50 % not known, as the pen stood still"),
        ({"sides": [127, 127], "last": 30}, "left or right is not known: the ink ends before them"),
        ({"sides": [-50, 60, 127], "counts": [0]}, "100 % end left of where the pen went, 0 % right"),
    ],
)
def test_futures_are_said_with_what_is_not_known(run: Run, given: dict[str, Any], words: str) -> None:
    assert run("futures_view/words.js", SIDES, given) == words


def test_a_dot_leaves_the_ink_before_it_on_the_paper(run: Run) -> None:
    """A dot is a path of its own."""
    body = """const canvas = new OffscreenCanvas(60, 20), pen = canvas.getContext("2d");
        const data = { points: Float32Array.from([5, 10, 15, 10, 25, 5, 35, 10, 45, 10]), pen_up: Uint8Array.from([1, 1, 1, 0]) };
        js.drawInk(pen, data, { scale: 1, x: 0, y: 0 }, 0, 4, 3, () => "#000");
        return [[10, 10], [25, 5], [40, 10]].map(([x, y]) => pen.getImageData(x, y, 1, 1).data[3] > 100);"""
    assert run("futures_view/paint.js", body) == [True, True, False], "the way through the air is none"


def test_a_pen_of_svg_keeps_styles_paths_and_circles(run: Run) -> None:
    body = """const pen = new js.SvgPen();
        Object.assign(pen, { strokeStyle: "#123456", lineWidth: 1.25, globalAlpha: 0.5 });
        for (const y of [1, 2]) { pen.beginPath(); pen.lineTo(0.04, y); pen.lineTo(3, y); pen.stroke(); }
        pen.beginPath(); pen.stroke();
        pen.fillStyle = "#abcdef"; pen.beginPath(); pen.arc(5, 5, 2, 0, 7); pen.fill();
        document.body.innerHTML = pen.svg(10, 8, "#ffffff");
        const boxes = [...document.querySelectorAll("path")].map((path) => path.getBBox());
        const ofGroup = (group) => [group.getAttribute("stroke"), group.getAttribute("fill"), group.children.length];
        return { groups: [...document.querySelectorAll("g")].map(ofGroup), boxes: boxes.map(({ x, y, width, height }) => [x, y, width, height]) };"""
    found = run("shared/svg_pen.js", body)
    assert found["groups"] == [["#123456", "none", 2], [None, "#abcdef", 1]], "a path of nothing is none"
    assert np.allclose(found["boxes"], [(0, 1, 3, 0), (0, 2, 3, 0), (3, 3, 4, 4)], atol=1e-3)


def test_what_is_squeezed_for_a_file_is_there_again(run: Run) -> None:
    """Futures as far as they are drawn, with leaps as large as there can be; and levels."""
    rng = np.random.default_rng(3)
    paths = rng.integers(-300, 300, (3, 4, 5, 2)).cumsum(axis=2).astype(np.int16)
    paths[0, 1, 2] = (-32768, 32767)
    lengths = rng.integers(1, 6, (3, 4)).astype(np.uint16)
    levels = rng.integers(0, 255, (4, 5), np.uint8)
    blob = pack({"samples": 4, "steps": 5}, paths=paths, lengths=lengths, levels=levels)
    header, found, again = run(
        "standalone/squeezed.js",
        "return js.unsqueezed(given).then(({ header, arrays }) => [header, [...arrays.paths], [...arrays.levels]])",
        squeezed(blob),
    )
    drawn = np.arange(5) < lengths[..., None]
    np.testing.assert_array_equal(np.reshape(found, paths.shape)[drawn], paths[drawn])
    assert header == {"samples": 4, "steps": 5} and again == levels.ravel().tolist()
