"""The one ink for every page, in the sidebar."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from hwmodel.formats.link import pack, unpack
from hwmodel.formats.registry import write_ink
from hwmodel.ink.limits import MAX_POINTS
from hwmodel.ink.shapes import SHAPES, shape
from hwmodel.ink.strokes import Strokes, from_polylines
from hwmodel.sampling.showcase import showcase
from pages.ui.shell.ink_source import Ink, thumbnail
from tests.support.lines import wavy_offsets
from tests.support.pages import PATIENCE, as_read, with_link

FIRST = "seed {0.seed}, bias {0.bias:g}".format(showcase("iam"))  # the line that a visitor finds


def small_page() -> None:
    """The sidebar with a page that only says which ink it got."""
    import streamlit as st

    from pages.ui.shell import ink_source

    place = ink_source.sidebar()
    st.session_state.got = ink_source.current_ink()
    ink_source.show(place)


def opened(**link: str) -> AppTest:
    return with_link(AppTest.from_function(small_page, default_timeout=PATIENCE), link).run()


def got(at: AppTest) -> Ink:
    assert not at.exception
    return at.session_state["got"]


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ({"ink_seed": "3", "ink_bias": "1.5"}, "seed 3, bias 1.5"),
        ({"write_text": "a letter"}, "“a letter”"),
        ({"write_text": "a letter that is long enough"}, "“a letter that is lon …”"),
        ({"ink_source": "Circle"}, "circle"),
    ],
)
def test_what_is_looked_at_stands_on_one_line(link: dict[str, str], words: str) -> None:
    def script() -> None:
        import streamlit as st

        from pages.ui.shell import ink_source

        st.write(ink_source.looked_at())

    assert with_link(AppTest.from_function(script), link).run().markdown[0].value == words


def test_without_a_choice_there_is_a_generated_line() -> None:
    at = opened()
    ink = got(at)
    assert ink.label == FIRST and len(ink.strokes) > 100
    assert "ink" not in at.query_params, "its seed is all that a link needs"


def test_the_sidebar_stands_before_torch_is_loaded() -> None:
    code = "import sys, pages.ui.shell.ink_source, pages.ui.hand.canvas, hwmodel.network.familiarity; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, timeout=PATIENCE).returncode == 0


def test_what_was_left_as_it_was_follows_the_network() -> None:
    other = showcase("unipen")
    at = opened(checkpoint="unipen")
    assert got(at).label == f"seed {other.seed}, bias {other.bias:g}" and other.licence in at.sidebar.caption[0].value.replace("\\", "")
    at.slider(key="ink_bias").set_value(2.0).run()
    at.selectbox(key="checkpoint").select("iam").run()
    assert got(at).label == f"seed {showcase('iam').seed}, bias 2"
    assert "checkpoint" not in at.query_params, "the default does not stand in a link"


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_is_chosen_by_its_name(name: str) -> None:
    at = opened()
    at.selectbox(key="ink_source").select(name).run()
    assert got(at).strokes == shape(name) and got(at).label == name.lower()


def test_a_link_chooses_the_source() -> None:
    assert got(opened(ink_source="Zigzag")).label == "zigzag"


def test_a_link_carries_drawn_ink() -> None:
    written = Strokes(wavy_offsets(100), (2.0, 3.0))
    text = pack(written)
    assert text is not None
    at = opened(ink_source="Drawn", ink=text)
    assert got(at).strokes == unpack(text) and got(at).label == "drawn by hand"
    assert at.query_params["ink"] == text


@pytest.mark.parametrize("source", ["Uploaded", "Made here"])
def test_a_link_carries_uploaded_and_made_ink(source: str) -> None:
    text = pack(Strokes(wavy_offsets(100)))
    assert text is not None
    at = opened(ink_source=source, ink=text)
    assert got(at).strokes == unpack(text) and got(at).label == "from a link"
    assert at.selectbox(key="ink_source").value == source and at.query_params["ink"] == text


def test_nothing_made_yet_is_said() -> None:
    at = opened(ink_source="Made here")
    assert "Futures" in at.info[0].value and got(at).label == FIRST


def test_a_broken_link_gives_one_sentence_and_a_line_all_the_same() -> None:
    at = opened(ink_source="Drawn", ink="nonsense")
    assert got(at).label == FIRST
    assert [warning.value for warning in at.warning if "cannot be read" in warning.value]
    assert "ink" not in at.query_params


def test_nothing_drawn_yet_is_said() -> None:
    at = opened(ink_source="Drawn")
    assert "Your hand" in at.info[0].value and got(at).label == FIRST


def test_ink_too_long_for_a_link_can_be_downloaded() -> None:
    at = AppTest.from_function(small_page, default_timeout=PATIENCE)
    at.session_state["drawn_ink"] = Strokes(wavy_offsets(4000))
    at.session_state["ink_source"] = "Drawn"
    at.run()
    assert "too long for the link" in at.sidebar.caption[-1].value and "ink" not in at.query_params
    assert at.sidebar.get("download_button")


def test_another_source_takes_the_ink_out_of_the_link() -> None:
    text = pack(Strokes(wavy_offsets(60)))
    assert text is not None
    at = opened(ink_source="Drawn", ink=text)
    at.selectbox(key="ink_source").select("Circle").run()
    assert "ink" not in at.query_params
    at.selectbox(key="ink_source").select("Drawn").run()
    assert at.query_params["ink"] == text, "and it is not forgotten"


def test_what_ink_says_is_kept_with_it_and_travels_in_the_link() -> None:
    text = pack(Strokes(wavy_offsets(60)))
    assert text is not None
    at = opened(ink_source="Drawn", ink=text, ink_says="hello")
    assert got(at).text == "hello" and at.query_params["ink_says"] == "hello"
    at.selectbox(key="ink_source").select("Circle").run()
    assert got(at).text == "" and "ink_says" not in at.query_params
    at.selectbox(key="ink_source").select("Drawn").run()
    assert got(at).text == "hello" and at.query_params["ink_says"] == "hello"


def test_a_told_line_says_its_text() -> None:
    assert got(opened(write_text="thank you")).text == "thank you"


@pytest.mark.parametrize(("name", "words"), [("ink.csv", b"x,y\n1,2\n3,4\n5,6\n"), ("ink.svg", b'<svg><path d="M0 0L9 9L18 0"/></svg>')])
def test_an_uploaded_file_becomes_the_ink(name: str, words: bytes) -> None:
    at = opened(ink_source="Uploaded")
    at.file_uploader(key="ink_file").upload(name, words).run()
    assert got(at).label == name and len(got(at).strokes) == 2
    at.toggle(key="ink_respaced").set_value(True).run()
    assert "spaced anew" in got(at).label and len(got(at).strokes) > 2


def test_ink_whose_points_cannot_be_spaced_anew_stays_as_it_is_and_says_why() -> None:
    at = opened(ink_source="Uploaded")
    scrawl = np.random.default_rng(0).normal(0, 0.4, (MAX_POINTS - 1, 3))
    scrawl[:, 2] = 0
    at.file_uploader(key="ink_file").upload("scrawl.json", write_ink(Strokes(scrawl), "JSON")).run()
    given = got(at).strokes
    at.toggle(key="ink_respaced").set_value(True).run()
    assert got(at).strokes == given and "left as they are: " in got(at).label


NAMES = [
    "![x](https://evil.example/p.png).csv",
    "[press](https://evil.example).csv",
    ":red[x] $a$ <b>&amp;.csv",
    ":material/home:|a`b`*c*_d_~e~#.csv",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_files_name_is_shown_as_it_is_and_never_rendered(name: str) -> None:
    at = opened(ink_source="Uploaded")
    at.file_uploader(key="ink_file").upload(name, b"x,y\n1,2\n3,4\n5,6\n").run()
    shown = at.sidebar.caption[-1].value
    assert as_read(shown).startswith(name) and not re.search(r"(?<!\\)[\[\]()<$:`*_~|]", shown.split(" · ")[0])
    at.file_uploader(key="ink_file").upload(name, b"[no ink](https://evil.example)").run()
    assert at.error and as_read(at.error[0].value).startswith(f"{name}: ") and "](" not in at.error[0].value


def test_a_bad_file_is_explained_and_changes_nothing() -> None:
    at = opened(ink_source="Uploaded")
    at.file_uploader(key="ink_file").upload("ink.csv", b"x,y\n1,2\n3,4\n").run()
    before = got(at)
    at.file_uploader(key="ink_file").upload("bad.json", b"{]").run()
    assert at.error and as_read(at.error[0].value).startswith("bad.json: ")
    assert got(at).strokes == before.strokes
    at.file_uploader(key="ink_file").upload("ink.csv", b"x,y\n1,2\n3,4\n").run()
    assert not at.error


@pytest.mark.parametrize(
    "strokes",
    [
        from_polylines([np.array([[0.0, 0.0]])]),
        from_polylines([np.array([[0.0, 0.0], [1e4, 0.0]])]),
        Strokes(wavy_offsets(50)),
        Strokes(np.zeros((0, 3), np.float32)),
    ],
)
def test_any_ink_has_a_small_picture(strokes: Strokes) -> None:
    html = thumbnail(strokes)
    assert "currentColor" in html and "nan" not in html and 'role="img"' in html
