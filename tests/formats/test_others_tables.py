"""Tables of points as other programs and tablets write them: a stroke is what was one stroke on paper, and what is not understood gets a sentence."""

from __future__ import annotations

import numpy as np
import pytest

from hwmodel.formats.registry import InkError, read_ink
from hwmodel.ink.strokes import to_polylines

FIRST, SECOND = [(0, 0), (5, 10), (20, 8)], [(30, 2), (40, 9)]
WANTED = [FIRST, SECOND]


def lines_in(text: str) -> list[np.ndarray]:
    ink = read_ink(text.encode(), "points.csv")
    return [line * ink.units_per_offset for line in to_polylines(ink.strokes)]


def assert_both(text: str) -> None:
    found = lines_in(text)
    assert [len(line) for line in found] == [3, 2]
    for line, wanted in zip(found, WANTED, strict=True):
        np.testing.assert_allclose(line, wanted, atol=1e-3)


def numbered(head: str, form: str) -> str:
    return head + "\n" + "\n".join(form.format(i=i, x=x, y=y) for i, line in enumerate(WANTED) for x, y in line)


@pytest.mark.parametrize(
    "name", ["stroke", "stroke_id", "strokeId", "Stroke ID", "STROKE NR", "stroke#", "strokeIndex", "segment", "trace_no", "path id", "id_stroke"]
)
def test_a_strokes_number_has_many_names(name: str) -> None:
    assert_both(numbered(f"{name},x,y", "{i},{x},{y}"))


@pytest.mark.parametrize(
    ("x", "y"),
    [("posX", "posY"), ("x [mm]", "y [mm]"), ("X(px)", "Y(px)"), ("x_pos", "y_pos"), ("clientX", "clientY"), ("pen_x", "pen_y")],
)
def test_x_and_y_have_many_names(x: str, y: str) -> None:
    assert_both(numbered(f"tilt_x,tilt_y,stroke,{y},{x}", "7,8,{i},{y},{x}"))


@pytest.mark.parametrize("column", ["stroke_group_label_x2", "my stroke thing"])
def test_a_column_that_looks_like_a_strokes_number_is_never_passed_over(column: str) -> None:
    with pytest.raises(InkError, match="looks like a stroke's number"):
        lines_in(numbered(f"x,y,{column}", "{x},{y},{i}"))


def test_an_unknown_column_that_counts_on_is_never_passed_over() -> None:
    with pytest.raises(InkError, match="column 'part' counts on like a stroke's number"):
        lines_in(numbered("x,y,part", "{x},{y},{i}"))
    assert len(lines_in("x,y,t\n0,0,0\n1,5,1\n2,3,2\n4,4,3\n")) == 1


@pytest.mark.parametrize(
    "table",
    [
        "x,y,pen_down\n0,0,1\n5,10,1\n20,8,1\n25,5,0\n30,2,1\n40,9,1",
        "x,y,is_writing\n9,9,false\n0,0,true\n5,10,true\n20,8,true\n25,5,false\n30,2,true\n40,9,true\n99,0,false",
        "x,y,pen_up\n0,0,0\n5,10,0\n20,8,0\n25,5,1\n27,4,1\n30,2,0\n40,9,0",
        "x,y,pen_up\n0,0,False\n5,10,False\n20,8,True\n30,2,False\n40,9,True",
        "x,y,eos\n0,0,0\n5,10,0\n20,8,1\n30,2,0\n40,9,1",
        "T\tX\tY\tP\n0\t-9\t-9\t0\n1\t0\t0\t9\n2\t5\t10\t8\n3\t20\t8\t9\n4\t25\t0\t0\n5\t30\t2\t3\n6\t40\t9\t3\n7\t99\t99\t0",
        "x,y,event\n9,9,pointermove\n0,0,pointerdown\n5,10,pointermove\n20,8,pointerup\n25,5,pointermove\n30,2,pointerdown\n40,9,pointerup",
        "type,x,y\nmousedown,0,0\nmousemove,5,10\nmouseup,20,8\nmousedown,30,2\nmouseup,40,9",
        "x,y\n0,0\n5,10\n20,8\nNaN,NaN\n30,2\n40,9",
        "x,y\n0,0\n5,10\n20,8\n,\n30,2\n40,9",
        "x y\n0 0\n5 10\n20 8\n\n30 2\n40 9",
        "0,0,0\n5,10,0\n20,8,1\n30,2,0\n40,9,1",
    ],
)
def test_the_pen_in_the_air_parts_strokes_and_is_no_ink(table: str) -> None:
    assert_both(table)


@pytest.mark.parametrize(
    "text",
    [
        numbered("stroke x y", "{i} {x} {y}"),
        numbered("# made by hand\n// twice\nstroke,x,y", "{i},{x},{y}"),
        numbered("# stroke x y", "{i} {x} {y}"),
        numbered("sep=;\nstroke;x;y", "{i};{x},0;{y},0"),
        numbered("stroke|x|y", "{i}|{x}|{y}"),
        numbered("stroke,x,y", "{i},{x},{y}").replace("\n", "\r"),
        numbered("stroke,x,y", "{i},{x},{y}").replace("\n", "\r\n"),
        numbered("stroke,x,y,", "{i},{x},{y},"),
    ],
)
def test_tables_are_parted_and_written_in_many_ways(text: str) -> None:
    assert_both(text)


def test_a_mouses_pressure_of_0_throughout_is_ink() -> None:
    assert_both(numbered("stroke,x,y,pressure", "{i},{x},{y},0"))
    assert len(lines_in("x,y,pressure\n0,0,0\n5,10,0\n20,8,0\n")) == 1


def test_a_flag_at_single_points_is_not_taken_for_where_the_pen_writes() -> None:
    with pytest.raises(InkError, match="set at single points only"):
        lines_in("x,y,pen_down\n0,0,1\n5,10,0\n20,8,0\n30,2,1\n40,9,0\n50,9,0\n")


@pytest.mark.parametrize(
    "text",
    [
        "5\n0 0 1 1 0 0 5\n5 -10 2 1 0 0 5\n20 -8 3 1 0 0 5\n25 -5 4 0 0 0 0\n30 -2 5 1 0 0 5\n40 -9 6 1 0 0 5\n",
        ".COORD T X Y\n.COMMENT 9 9\n9 9 9\n.PEN_DOWN\n1 0 0\n2 5 -10\n3 20 -8\n.PEN_UP\n4 25 -5\n.PEN_DOWN\n5 30 -2\n6 40 -9\n.PEN_UP\n",
        "// made\nWORD a\n NUMSTROKES 2\n POINTS 3 # 0 0 5 10 20 8\n POINTS 2 # 30 2 40 9\nWORD b\n NUMSTROKES 1\n POINTS 2 # 0 0 99 99\n",
        '<xournal><page width="9" height="9"><layer><stroke tool="pen" width="1">0 0 5 10 20 8</stroke><stroke tool="eraser">0 0 99 99</stroke>'
        '<stroke tool="pen" width="1 2">30 2 40 9</stroke></layer></page></xournal>',
    ],
)
def test_tablets_and_notebooks_own_formats(text: str) -> None:
    assert_both(text)
